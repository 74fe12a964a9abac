/* SPDX-License-Identifier: MIT */
/* The same operations under each release. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <stdio.h>
#include <string.h>

#include "model/base/mem.h"
#include "model/session/lifecycle.h"
#include "model/session/releases.h"
#include "tests/model/rig.h"

#include <cmocka.h>

static const struct releases *take(struct session *s)
{
	struct error err;
	const struct releases *r = session_releases(s, &err);

	if (!r)
		fail_msg("%s", err.msg);
	return r;
}

static const struct release_row *row_of(const struct releases *r, const char *name)
{
	for (unsigned i = 0; i < r->count; i++)
		if (strcmp(r->rows[i].release->name, name) == 0)
			return &r->rows[i];
	fail_msg("no row of %s", name);
	return NULL;
}

static void random_line(struct rig_dice *d, char *line, size_t size)
{
	unsigned key = (unsigned)rig_below(d, 60);

	switch (rig_below(d, 9)) {
	case 0:
		snprintf(line, size, "fill %u", 1 + (unsigned)rig_below(d, 40));
		break;
	case 1:
		snprintf(line, size, "grow");
		break;
	case 2:
		snprintf(line, size, "collide 0 %u", 1 + (unsigned)rig_below(d, 3));
		break;
	case 3:
		snprintf(line, size, "delete %u..%u", key, key + (unsigned)rig_below(d, 30));
		break;
	case 4:
		snprintf(line, size, "first %u grow", 1 + (unsigned)rig_below(d, 5));
		break;
	case 5:
		snprintf(line, size, "clear");
		break;
	default:
		snprintf(line, size, "insert %u", key);
	}
}

/* The row of the session's own release tells what the session has. */
static void one_row_is_the_session(void **state)
{
	static const char *const types[] = { "map[int]string", "map[int32][200]byte",
		"map[uint16]int8" };
	static const char *const releases[] = { "1.19", "1.21", "1.23", "1.24", "1.27",
		"1.27-X:mapsplitgroup" };
	struct rig_dice d = { 11 };

	(void)state;
	for (unsigned round = 0; round < 60; round++) {
		const char *name = releases[round % LENGTH(releases)];
		const struct release_row *row;
		struct lifecycle life;
		struct session s;
		struct error err;
		uint64_t most = 0, at;
		char line[64];

		rig_open(&s, types[rig_below(&d, LENGTH(types))], NULL, true);
		snprintf(line, sizeof line, "go %s", name);
		rig_run(&s, line);
		for (unsigned n = 2 + (unsigned)rig_below(&d, 10); n > 0; n--) {
			random_line(&d, line, sizeof line);
			session_run(&s, line, &err);
		}
		assert_true(session_ensure_map(&s, &err));
		if (s.time.total > 1 && rig_below(&d, 3) == 0)
			assert_true(session_goto(&s, s.time.total - 1, &err));
		at = s.time.now;
		row = row_of(take(&s), name);
		assert_int_equal(s.time.now, at);
		if (!s.world.map.header) {
			session_close(&s);
			continue;
		}
		assert_true(row->chosen);
		assert_int_equal(row->entries, map_count(&s.world.map));
		assert_int_equal(row->in_use.bytes, map_reached(&s.world.map).bytes);
		assert_int_equal(row->in_use.objects, map_reached(&s.world.map).objects);
		assert_int_equal(row->allocated.bytes, s.world.heap.state.alloc_bytes);
		assert_int_equal(row->allocated.objects, s.world.heap.state.alloc_objects);
		/* Nothing that is seen between operations is more than the most. */
		assert_true(lifecycle_take(&s, &life, &err));
		for (size_t i = 0; i < life.nsamples; i++)
			if (life.samples[i].op <= at && life.samples[i].in_use.bytes > most)
				most = life.samples[i].in_use.bytes;
		lifecycle_free(&life);
		if (row->most.bytes < most)
			fail_msg("%s: %llu at most, and %llu were seen", name,
				(unsigned long long)row->most.bytes, (unsigned long long)most);
		session_close(&s);
	}
}

/* Keys that were chosen for one release are those of all. */
static void all_have_the_same_keys(void **state)
{
	struct session s;
	const struct releases *r;

	(void)state;
	rig_open(&s, "map[int]int", NULL, true);
	rig_run(&s, "fill 5");
	rig_run(&s, "grow");
	rig_run(&s, "collide 0 3");
	rig_run(&s, "first 2 collide 1 3");
	r = take(&s);
	assert_true(r->count >= 10);
	for (unsigned i = 0; i < r->count; i++)
		assert_int_equal(r->rows[i].entries, map_count(&s.world.map));
	session_close(&s);
}

/* As the runtime grows: recorded for 1.18 to 1.27, see tests/recordings and the swiss ones. */
static void they_grow_where_the_runtime_does(void **state)
{
	static const uint64_t to_120[] = { 9, 14, 27, 53, 105, 209, 417, 833 },
		in_121[] = { 9, 13, 25, 49, 97, 193, 385, 769 },
		swiss[] = { 9, 15, 29, 57, 113, 225, 449, 897 };
	struct session s;
	const struct releases *r;

	(void)state;
	rig_open(&s, "map[int64]int64", NULL, false);
	rig_run(&s, "fill 1000");
	r = take(&s);
	assert_memory_equal(row_of(r, "1.18")->grew_at, to_120, sizeof to_120);
	assert_memory_equal(row_of(r, "1.21")->grew_at, in_121, sizeof in_121);
	assert_memory_equal(row_of(r, "1.23")->grew_at, to_120, sizeof to_120);
	assert_memory_equal(row_of(r, "1.24")->grew_at, swiss, sizeof swiss);
	assert_memory_equal(row_of(r, "1.27")->grew_at, swiss, sizeof swiss);
	assert_int_equal(row_of(r, "1.18")->growths, 8);
	assert_int_equal(row_of(r, "1.27")->growths, 8);
	session_close(&s);
}

/* An operation under way: what it holds is old and new together. */
static void the_most_is_both_arrays(void **state)
{
	struct session s;
	const struct release_row *row;

	(void)state;
	rig_open(&s, "map[int][128]byte", NULL, false);
	rig_run(&s, "fill 14");
	row = row_of(take(&s), "1.19");
	/* hmap 48, two buckets of 1,104 in one of 2,304, and four in 4,864 */
	assert_int_equal(row->most.bytes, 48 + 2304 + 4864);
	assert_int_equal(row->most.entries, 14);
	session_close(&s);
}

/* One that has no such type says so in its row; the others are told. */
static void what_a_release_lacks_is_in_its_row(void **state)
{
	struct session s;
	struct error err;
	const struct releases *r;

	(void)state;
	rig_open(&s, "map[int]int", NULL, false);
	rig_run(&s, "go 1.27");
	rig_run(&s, "arch 386");
	rig_run(&s, "map map[int]atomic.Int64");
	rig_run(&s, "fill 5");
	r = take(&s);
	assert_true(row_of(r, "1.18")->refused);
	assert_non_null(strstr(row_of(r, "1.18")->why.msg, "undefined: atomic.Int64"));
	assert_true(row_of(r, "1.23")->refused);
	assert_non_null(strstr(row_of(r, "1.23")->why.msg, "internal compiler error"));
	assert_true(row_of(r, "1.24-X:noswissmap")->refused);
	assert_false(row_of(r, "1.24")->refused);
	assert_int_equal(row_of(r, "1.24")->entries, 5);
	assert_true(row_of(r, "1.27")->chosen);
	assert_false(session_run(&s, "go 1.20", &err).ok);
	assert_non_null(strstr(err.msg, "internal compiler error"));
	assert_string_equal(s.given.release->name, "1.27");
	session_close(&s);
}

/* What was opened and then worked on has no history that could be run: its entries are inserted. */
static void what_was_opened_and_worked_on(void **state)
{
	struct session s, again;
	struct error err;
	char *json;
	FILE *in;

	(void)state;
	rig_open(&s, "map[int]int", NULL, true);
	rig_run(&s, "fill 20");
	json = rig_document(&s);
	session_close(&s);
	in = fmemopen(json, strlen(json), "r");
	rig_open(&again, NULL, NULL, true);
	assert_true(session_open_stream(&again, in, "x.json", &err));
	fclose(in);
	rig_run(&again, "insert 70..79 ; delete 3");
	assert_true(take(&again)->anew);
	assert_int_equal(row_of(take(&again), "1.27")->entries, 29);
	session_close(&again);
	free(json);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(one_row_is_the_session),
		cmocka_unit_test(all_have_the_same_keys),
		cmocka_unit_test(they_grow_where_the_runtime_does),
		cmocka_unit_test(the_most_is_both_arrays),
		cmocka_unit_test(what_a_release_lacks_is_in_its_row),
		cmocka_unit_test(what_was_opened_and_worked_on),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
