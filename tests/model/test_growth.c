/* SPDX-License-Identifier: MIT */
/* When a map grows, how, and what that leaves behind. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "model/map/classic/reading.h"
#include "model/map/classic/rules.h"
#include "tests/model/peek.h"
#include "tests/model/rig.h"

#include <cmocka.h>

static void grows_at_known_entries(void **state)
{
	/* Go 1.21 alone grew at 6 entries a bucket. */
	static const struct {
		const char *arch, *go;
		unsigned at[9];
	} rows[] = {
		{ "amd64", "go 1.19", { 9, 14, 27, 53, 105, 209, 417, 833, 1665 } },
		{ "386", "go 1.18", { 9, 14, 27, 53, 105, 209, 417, 833, 1665 } },
		{ "s390x", "go 1.20", { 9, 14, 27, 53, 105, 209, 417, 833, 1665 } },
		{ "amd64", "go 1.21", { 9, 13, 25, 49, 97, 193, 385, 769, 1537 } },
		{ "386", "go 1.21.5", { 9, 13, 25, 49, 97, 193, 385, 769, 1537 } },
		{ "amd64", "go 1.22", { 9, 14, 27, 53, 105, 209, 417, 833, 1665 } },
		{ "arm64", "go 1.23", { 9, 14, 27, 53, 105, 209, 417, 833, 1665 } },
	};

	(void)state;
	for (size_t k = 0; k < LENGTH(rows); k++) {
		const unsigned *at = rows[k].at;
		struct session s;
		size_t grown = 0;

		rig_open(&s, "map[int32]int32", rows[k].arch, false);
		rig_run(&s, rows[k].go);
		for (unsigned i = 1; i <= 1700; i++) {
			uint64_t B = i > 1 ? peek(&s, HMAP_B) : 0;

			rig_run_number(&s, "insert", i);
			if (peek(&s, HMAP_B) == B)
				continue;
			assert_true(grown < LENGTH(rows[k].at));
			if (i != at[grown])
				fail_msg("%s, %s: growth %zu at entry %u, not %u", rows[k].arch,
					rows[k].go, grown, i, at[grown]);
			assert_int_equal(peek(&s, HMAP_B), grown + 1);
			grown++;
		}
		assert_int_equal(grown, LENGTH(rows[k].at));
		session_close(&s);
	}
}

static void inserts_left_is_told(void **state)
{
	struct session s;

	(void)state;
	rig_open(&s, "map[int]int", NULL, false);
	rig_run(&s, "make");
	for (unsigned i = 0; i < 500; i++) {
		uint64_t left = map_inserts_left(&s.world.map), B = peek(&s, HMAP_B);

		rig_run_number(&s, "insert", i);
		assert_int_equal(peek(&s, HMAP_B) != B, left == 0);
	}
	session_close(&s);
}

static void evacuation_goes_by_two(void **state)
{
	struct session s;
	uint64_t mark = 0;

	(void)state;
	rig_open(&s, "map[int]int8", NULL, true);
	rig_run(&s, "fill 208");
	assert_false(map_growing(&s.world.map));
	assert_int_equal(peek(&s, HMAP_B), 5);
	rig_run(&s, "insert 1000");
	assert_true(map_growing(&s.world.map));
	assert_int_equal(peek(&s, HMAP_B), 6);
	assert_int_equal(map_old_B(&s.world.map), 5);
	assert_true(rig_sound(&s));
	/* A lookup and a range move nothing. */
	mark = peek(&s, HMAP_NEVACUATE);
	rig_run(&s, "lookup 0..300 ; range");
	assert_int_equal(peek(&s, HMAP_NEVACUATE), mark);
	/* `evacuate` moves one on, a write one or two. */
	rig_run(&s, "evacuate");
	assert_true(peek(&s, HMAP_NEVACUATE) > mark);
	rig_run(&s, "delete 5000"); /* even a delete of what is not there */
	assert_true(rig_sound(&s));
	rig_run(&s, "evacuate 1000");
	assert_false(map_growing(&s.world.map));
	assert_int_equal(peek(&s, HMAP_NEVACUATE), 32);
	assert_true(rig_sound(&s));
	rig_fails(&s, "evacuate", "evacuate: no growth is under way");
	session_close(&s);
}

/*
 * nevacuate skips what was evacuated out of turn, 1024 buckets at a time. Followed here by a
 * plain simulation.
 */
static void the_mark_skips_at_most_1024(void **state)
{
	enum { OLD = 4096, FIRST = 1100 };
	bool evacuated[OLD], limited = false;
	struct session s;

	(void)state;
	rig_open(&s, "map[int32]struct{}", NULL, false);
	rig_run(&s, "fill 26624 ; insert 1000000");
	assert_int_equal(map_old_B(&s.world.map), 12);
	for (unsigned b = 0; b < OLD; b++)
		evacuated[b] = map_evacuated(&s.world.map, map_bucket(&s.world.map, true, b));
	for (unsigned b = FIRST; b < 2 * FIRST; b++) {
		uint64_t mark = peek(&s, HMAP_NEVACUATE), stop;

		rig_run_number(&s, "collide", b);
		/* The bucket that is written to, then the one whose turn it is. */
		for (unsigned turn = 0; turn < 2 && mark < OLD; turn++) {
			uint64_t bucket = turn ? mark : b;

			evacuated[bucket] = true;
			if (bucket != mark)
				continue;
			for (stop = ++mark + 1024; mark < OLD && mark != stop && evacuated[mark];
				mark++)
				continue;
			limited |= mark == stop && evacuated[mark];
		}
		if (peek(&s, HMAP_NEVACUATE) != mark)
			fail_msg("after bucket %u the mark is at %llu, not %llu", b,
				(unsigned long long)peek(&s, HMAP_NEVACUATE),
				(unsigned long long)mark);
	}
	assert_true(limited);
	session_close(&s);
}

/* Without pointers an evacuated bucket keeps its bytes; with them it is wiped, but its tophash. */
static void evacuated_buckets_are_wiped_for_the_collector(void **state)
{
	static const struct {
		const char *type, *flags;
		bool wiped;
	} rows[] = {
		{ "map[int]int", "", false },
		{ "map[int]*int", "", true },
		{ "map[int]*int", "range", false }, /* an iterator may still be on it */
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(rows); i++) {
		struct session s;
		const uint8_t *old;
		bool zero = true;

		rig_open(&s, rows[i].type, NULL, true);
		rig_run(&s, "make ; fill 52");
		rig_run(&s, rows[i].flags);
		rig_run(&s, "grow ; evacuate");
		assert_true(map_evacuated(&s.world.map, peek(&s, HMAP_OLDBUCKETS)));
		old = map_at(&s.world.map, peek(&s, HMAP_OLDBUCKETS));
		for (uint32_t b = SLOTS; b < s.world.map.type->unit.link; b++)
			zero &= old[b] == 0;
		if (zero != rows[i].wiped)
			fail_msg("%s %s: %s", rows[i].type, rows[i].flags, zero ? "wiped" : "kept");
		session_close(&s);
	}
}

static void growth_of_the_same_size(void **state)
{
	struct session s;
	uint64_t buckets, count;

	(void)state;
	rig_open(&s, "map[int]int8", NULL, true);
	rig_run(&s, "make 100");
	assert_int_equal(peek(&s, HMAP_B), 4);
	/* Keys come and go, and the overflow buckets stay. */
	for (unsigned b = 0; b < 8; b++) {
		char line[32];

		snprintf(line, sizeof line, "collide %u 12", b);
		rig_run(&s, line);
		assert_int_equal(peek(&s, HMAP_B), 4);
		rig_run(&s, "delete 0..2000");
	}
	assert_int_equal(peek(&s, HMAP_COUNT), 0);
	assert_int_equal(peek(&s, HMAP_NOVERFLOW), 8);
	rig_run(&s, "grow same");
	buckets = peek(&s, HMAP_BUCKETS);
	count = peek(&s, HMAP_COUNT);
	assert_true(peek(&s, HMAP_FLAGS) & FLAG_SAME_SIZE);
	assert_true(map_growing(&s.world.map));
	assert_int_equal(map_old_B(&s.world.map), peek(&s, HMAP_B));
	assert_true(rig_sound(&s));
	rig_run(&s, "evacuate 100000");
	assert_false(peek(&s, HMAP_FLAGS) & FLAG_SAME_SIZE);
	assert_int_equal(peek(&s, HMAP_BUCKETS), buckets);
	assert_int_equal(peek(&s, HMAP_COUNT), count);
	assert_true(peek(&s, HMAP_NOVERFLOW) < 1u << peek(&s, HMAP_B));
	assert_true(rig_sound(&s));
	session_close(&s);
}

/* `grow same` and `grow` stop just as the growth starts, for any kind of key. */
static void growths_on_demand(void **state)
{
	static const char *const types[] = { "map[int]int8", "map[string]string", "map[uint16]int",
		"map[float64]any", "map[any]struct{}", "map[[2]string]int", "map[*int]*int" };

	(void)state;
	for (size_t i = 0; i < LENGTH(types); i++) {
		struct session s;
		uint64_t B;

		rig_open(&s, types[i], i % 2 ? "386" : "amd64", true);
		rig_run(&s, "make 20 ; grow same");
		assert_true(rig_sound(&s));
		B = peek(&s, HMAP_B);
		rig_run(&s, "grow");
		assert_true(rig_sound(&s));
		if (peek(&s, HMAP_B) != B + 1)
			fail_msg("%s: B was %u and is %u", types[i], (unsigned)B,
				(unsigned)peek(&s, HMAP_B));
		session_close(&s);
	}
}

static void a_growth_needs_keys(void **state)
{
	struct session s;
	struct error err;

	(void)state;
	rig_open(&s, "map[bool]int", NULL, true);
	assert_false(session_run(&s, "grow", &err).ok);
	assert_string_equal(err.msg, "grow: no keys of type bool are left");
	assert_int_equal(peek(&s, HMAP_COUNT), 2);
	assert_int_equal(s.time.total, 3);
	rig_fails(&s, "grow", "grow: no keys of type bool are left");
	rig_fails(&s, "grow same", "grow: no keys of type bool are left");
	session_close(&s);
}

/* From 2^16 buckets up only one of 2^(B-15) overflow buckets is counted, by chance. */
static void noverflow_is_about_right_in_large_maps(void **state)
{
	struct session s;
	double exact, counted;

	(void)state;
	rig_open(&s, "map[int32]struct{}", NULL, false);
	rig_run(&s, "make 425000 ; fill 425000");
	assert_int_equal(peek(&s, HMAP_B), 16);
	exact = (double)peek_overflow(&s);
	counted = 2.0 * (double)peek(&s, HMAP_NOVERFLOW);
	assert_true(exact > 10000);
	if (counted < 0.95 * exact || counted > 1.05 * exact || counted == exact)
		fail_msg("%.0f are counted as %.0f", exact, counted);
	session_close(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(grows_at_known_entries),
		cmocka_unit_test(inserts_left_is_told),
		cmocka_unit_test(evacuation_goes_by_two),
		cmocka_unit_test(the_mark_skips_at_most_1024),
		cmocka_unit_test(evacuated_buckets_are_wiped_for_the_collector),
		cmocka_unit_test(growth_of_the_same_size),
		cmocka_unit_test(growths_on_demand),
		cmocka_unit_test(a_growth_needs_keys),
		cmocka_unit_test(noverflow_is_about_right_in_large_maps),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
