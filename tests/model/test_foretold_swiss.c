/* SPDX-License-Identifier: MIT */
/* What is foretold and said of Swiss maps, against what then happens. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "model/figures/cell.h"
#include "model/figures/swiss/expect.h"
#include "model/figures/swiss/growths.h"
#include "model/session/verdict.h"
#include "tests/model/rig.h"
#include "tests/model/states.h"

#include <cmocka.h>

static const char *const types[] = { "map[int]string", "map[string]int", "map[int]int",
	"map[int64][200]byte", "map[[150]byte]int", "map[int32]int8" };

/* Inserts keys one by one until a table grows, splits, or the first one comes. */
static uint64_t inserts_until_growth(struct session *s, unsigned *key)
{
	struct extent was = map_extent(&s->world.map), is = was;
	uint64_t n = 0;

	while (is.directory == was.directory && is.arrays == was.arrays && is.units == was.units) {
		char line[64];

		snprintf(line, sizeof line, "insert %u..%u", *key, *key);
		++*key;
		n++;
		rig_run(s, line);
		is = map_extent(&s->world.map);
	}
	return n;
}

/* A growth comes when, and allocates what, was foretold; keys and elems apart come on top. */
static void growths_come_as_foretold(void **state)
{
	(void)state;
	for (size_t i = 0; i < LENGTH(types) * SWISS_RELEASES; i++) {
		struct session s;
		unsigned key = 0;

		rig_open_go(&s, types[i % LENGTH(types)], i % 2 ? "386" : NULL,
			swiss_releases[i / LENGTH(types)], false);
		rig_run(&s, "insert 0..0");
		key = 1;
		for (int round = 0; round < 11; round++) {
			uint64_t before = s.world.heap.state.alloc_bytes, n, apart;
			struct next_growth g;
			struct ledger l;

			ledger_take(&s.world.map, &l);
			next_growth(&s.world.map, &l, &g);
			n = inserts_until_growth(&s, &key);
			apart = n * cell_apart_bytes(s.world.map.type);
			assert_in_range(n, g.inserts.least, g.inserts.most);
			/* Which table it will be nobody knows where there are some. */
			if (g.inserts.least != g.inserts.most)
				continue;
			assert_int_equal(s.world.heap.state.alloc_bytes - before, g.alloc + apart);
			assert_int_equal(map_reached(&s.world.map).bytes, g.after);
		}
		assert_true(map_extent(&s.world.map).arrays > 1);
		session_close(&s);
	}
}

static bool within(uint64_t real, uint64_t about, unsigned percent)
{
	uint64_t off = real > about ? real - about : about - real;

	return off * 100 <= real * percent;
}

/* With one table the figures are exact, in use and allocated; with more within a few percent. */
static void expectations_hold(void **state)
{
	static const struct {
		unsigned hint, entries;
	} rows[] = { { 0, 0 }, { 0, 1 }, { 0, 8 }, { 0, 9 }, { 0, 15 }, { 0, 113 }, { 0, 896 },
		{ 0, 897 }, { 9, 9 }, { 100, 100 }, { 896, 896 }, { 100, 300 }, { 1000, 1000 },
		{ 0, 5000 }, { 5000, 5000 }, { 0, 20000 }, { 30000, 20000 } };

	(void)state;
	for (size_t i = 0; i < LENGTH(rows) * LENGTH(types); i++) {
		unsigned hint = rows[i / LENGTH(types)].hint, n = rows[i / LENGTH(types)].entries;
		struct expected e;
		struct session s;
		struct account real;
		char line[64];

		rig_open_go(&s, types[i % LENGTH(types)], i % 3 ? NULL : "386",
			swiss_releases[i % SWISS_RELEASES], false);
		rig_run_number(&s, "make", hint);
		snprintf(line, sizeof line, "insert 0..%u", n - 1);
		if (n)
			rig_run(&s, line);
		e = expect_map(s.world.map.type, hint, n);
		real = map_reached(&s.world.map);
		if (!within(real.bytes, e.in_use.bytes, e.about ? 8 : 0) ||
			!within(real.objects, e.in_use.objects, e.about ? 8 : 0) ||
			!within(s.world.heap.state.alloc_bytes, e.allocated.bytes,
				e.about ? 12 : 0) ||
			!within(s.world.heap.state.alloc_objects, e.allocated.objects,
				e.about ? 12 : 0))
			fail_msg("%s, hint %u, %u entries: %llu B in %llu, allocated %llu in %llu; "
				 "expected %llu in %llu, %llu in %llu", types[i % LENGTH(types)],
				hint, n, (unsigned long long)real.bytes,
				(unsigned long long)real.objects,
				(unsigned long long)s.world.heap.state.alloc_bytes,
				(unsigned long long)s.world.heap.state.alloc_objects,
				(unsigned long long)e.in_use.bytes,
				(unsigned long long)e.in_use.objects,
				(unsigned long long)e.allocated.bytes,
				(unsigned long long)e.allocated.objects);
		session_close(&s);
	}
}

/* The entries at which a map without a hint grows; the first split is the last exact one. */
static void points_ahead(void **state)
{
	static const uint64_t entries[] = { 9, 15, 29, 57, 113, 225, 449, 897 };
	struct growth_point list[8];
	struct session s;
	char line[64];

	(void)state;
	rig_open_go(&s, NULL, NULL, "1.26", false);
	rig_run(&s, "make");
	assert_int_equal(growth_points(&s.world.map, list, LENGTH(list)), LENGTH(list));
	for (size_t i = 0; i < LENGTH(entries); i++) {
		assert_int_equal(list[i].entry, entries[i]);
		snprintf(line, sizeof line, "insert 0..%u", (unsigned)entries[i] - 2);
		rig_run(&s, line);
		assert_int_equal(map_reached(&s.world.map).bytes, list[i].before);
		rig_run_number(&s, "insert", (unsigned)entries[i] - 1);
		assert_int_equal(map_reached(&s.world.map).bytes, list[i].after);
	}
	session_close(&s);
}

static void who_speaks(void **state)
{
	static const struct {
		const char *type, *lines, *kinds;
	} rows[] = {
		{ NULL, "make", "collector" },
		{ NULL, "fill 8", "collector" },
		{ NULL, "make 1000 ; fill 1000", "half empty, collector" },
		{ NULL, "make 1000 ; fill 10", "hint too large, collector" },
		{ NULL, "fill 800", "hint too small, collector" },
		{ NULL, "fill 800 ; delete 0..794", "emptied, tombstones, collector" },
		{ "map[int64][200]byte", "fill 3", "stored apart, collector" },
		{ "map[int]int", "make 100 ; fill 100 ; delete 0..39", "tombstones, collector" },
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(rows); i++) {
		struct text got = { 0 };
		struct verdicts v;
		struct ledger l;
		struct session s;

		rig_open_go(&s, rows[i].type, NULL, "1.24", false);
		rig_run(&s, rows[i].lines);
		ledger_take(&s.world.map, &l);
		verdicts_find(&s, &l, &v);
		for (int k = 0; k < VERDICTS; k++)
			if (v.holds[k])
				text_printf(&got, "%s%s", got.len ? ", " : "",
					verdict_name((enum verdict_kind)k));
		if (strcmp(text_str(&got), rows[i].kinds) != 0)
			fail_msg("row %zu: %s, not %s", i, text_str(&got), rows[i].kinds);
		text_free(&got);
		verdicts_free(&v);
		session_close(&s);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(growths_come_as_foretold),
		cmocka_unit_test(expectations_hold),
		cmocka_unit_test(points_ahead),
		cmocka_unit_test(who_speaks),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
