/* SPDX-License-Identifier: MIT */
/* Types beside each other: each row is what a session of its own has. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "model/base/mem.h"
#include "model/session/comparison.h"
#include "tests/model/rig.h"

#include <cmocka.h>

static const struct comparison *take(struct session *s)
{
	struct error err;
	const struct comparison *c = session_comparison(s, NULL, 0, &err);

	if (!c)
		fail_msg("%s", err.msg);
	return c;
}

/* The exact bytes of each are those of `fill N` with the same hint, target and release. */
static void rows_are_sessions(void **state)
{
	static const char *const types[] = { "map[int]int", "map[string][]byte", "map[int]*int",
		"map[int32][129]byte", "map[[16]byte]struct{ A int8; B int64; C int8 }" };
	static const struct {
		const char *arch, *release;
		unsigned hint, entries;
	} rows[] = { { "amd64", "1.19", 0, 1000 }, { "386", "1.23", 300, 300 },
		{ "amd64", "1.27", 0, 5000 }, { "s390x", "1.26", 50, 9 }, { "arm", "1.21", 0, 0 } };

	(void)state;
	for (size_t i = 0; i < LENGTH(rows); i++) {
		const struct comparison *c;
		struct session s, own;
		struct error err;

		rig_open_go(&s, NULL, rows[i].arch, rows[i].release, true);
		assert_true(session_set_hint(&s, rows[i].hint, &err));
		assert_true(session_compare(&s, types, LENGTH(types), rows[i].entries, &err));
		c = take(&s);
		assert_int_equal(c->count, LENGTH(types));
		for (size_t k = 0; k < LENGTH(types); k++) {
			struct account reached;

			rig_open_go(&own, types[k], rows[i].arch, rows[i].release, false);
			assert_true(session_set_hint(&own, rows[i].hint, &err));
			rig_run_number(&own, "fill", rows[i].entries);
			reached = map_reached(&own.world.map);
			assert_true(c->rows[k].filled);
			assert_int_equal(c->rows[k].in_use.bytes, reached.bytes);
			assert_int_equal(c->rows[k].in_use.objects, reached.objects);
			assert_int_equal(c->rows[k].allocated.bytes,
				own.world.heap.state.alloc_bytes);
			assert_int_equal(c->rows[k].together, reached.bytes + c->rows[k].led);
			session_close(&own);
		}
		session_close(&s);
	}
}

/* A pointer elem hides its object; with what it leads to it is no longer the smallest. */
static void what_pointers_lead_to_counts(void **state)
{
	struct session s;
	const struct comparison *c;

	(void)state;
	rig_open_go(&s, NULL, NULL, "1.23", true);
	rig_run(&s, "compare 1000 map[int]*[128]byte, map[int][16]byte");
	c = take(&s);
	assert_int_equal(c->entries, 1000);
	assert_int_equal(c->rows[0].led, 128000);
	assert_int_equal(c->rows[1].led, 0);
	assert_true(c->rows[0].in_use.bytes < c->rows[1].in_use.bytes);
	assert_ptr_equal(comparison_least(c), &c->rows[1]);
	assert_false(c->rows[0].leads_on);
	rig_run(&s, "compare 10 map[int]*struct{ S string }");
	assert_int_equal(take(&s)->rows[0].led_each, 16);
	assert_true(take(&s)->rows[0].leads_on);
	/* Strings of generated keys: "key-0" to "key-9" have 5 bytes, the others 6 and 7. */
	rig_run(&s, "compare 100 map[string]int");
	assert_int_equal(take(&s)->rows[0].led, 10 * 5 + 90 * 6);
	session_close(&s);
}

/* What cannot be had says so in its row, the others are there. */
static void a_row_may_say_why_not(void **state)
{
	struct session s;
	const struct comparison *c;

	(void)state;
	rig_open(&s, NULL, NULL, true);
	rig_run(&s, "compare 1e3 map[bool]int, map[int]int");
	c = take(&s);
	assert_true(c->rows[0].known);
	assert_false(c->rows[0].filled);
	assert_non_null(strstr(c->rows[0].why.msg, "it has 2 values"));
	assert_ptr_equal(comparison_least(c), &c->rows[1]);
	session_close(&s);
}

static void it_follows_the_session(void **state)
{
	struct session s;
	uint64_t before;

	(void)state;
	rig_open(&s, NULL, NULL, true);
	rig_run(&s, "type pair struct { A, B int32 } ; fill 20 ; "
		"compare map[pair]int, map[string]func(int, int) (int, error)");
	assert_int_equal(take(&s)->entries, 20);
	assert_int_equal(take(&s)->count, 2);
	before = take(&s)->rows[0].in_use.bytes;
	rig_run(&s, "go 1.27");
	assert_int_not_equal(take(&s)->rows[0].in_use.bytes, before);
	rig_run(&s, "arch 386");
	assert_int_equal(take(&s)->rows[0].elem, 4);
	rig_run(&s, "type pair struct { A, B, C int32 }");
	assert_int_equal(take(&s)->rows[0].key, 12);
	session_close(&s);
}

static void mistakes_change_nothing(void **state)
{
	struct session s;

	(void)state;
	rig_open(&s, NULL, NULL, true);
	rig_run(&s, "compare 7 map[int]int");
	rig_fails(&s, "compare", "compare: a type is missing: compare [N] TYPE, TYPE, ..");
	rig_fails(&s, "compare 5", "compare: a type is missing: compare [N] TYPE, TYPE, ..");
	rig_fails(&s, "compare map[int]int, int", "compare: int: type int is no map: it is "
		"written as map[KEY]ELEM");
	assert_int_equal(take(&s)->count, 1);
	assert_int_equal(take(&s)->entries, 7);
	session_close(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rows_are_sessions),
		cmocka_unit_test(what_pointers_lead_to_counts),
		cmocka_unit_test(a_row_may_say_why_not),
		cmocka_unit_test(it_follows_the_session),
		cmocka_unit_test(mistakes_change_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
