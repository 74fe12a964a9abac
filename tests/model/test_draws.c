/* SPDX-License-Identifier: MIT */
/* What a script gives in place of chance: seeds, hashes of NaN, where a loop begins, counting. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "model/base/mem.h"
#include "model/map/classic/reading.h"
#include "tests/model/documents.h"
#include "tests/model/rig.h"

#include <cmocka.h>

static uint32_t waiting(const struct session *s)
{
	return random_waiting(&s->world.random.draws);
}

/* The hash0 first, then a draw for each NaN; a seed that waits comes before them. */
static void draws_are_taken_in_order(void **state)
{
	struct session s;
	uint64_t first;

	(void)state;
	rig_open(&s, "map[float64]int", NULL, true);
	rig_run(&s, "draw 0x11223344 5 6 7 ; make");
	assert_int_equal(map_get(&s.world.map, HMAP_HASH0), 0x11223344);
	assert_int_equal(waiting(&s), 3);
	rig_run(&s, "insert NaN ; insert 1 ; lookup NaN");
	assert_int_equal(waiting(&s), 1);
	first = map_at(&s.world.map, map_bucket(&s.world.map, false, 0))[0];
	rig_run(&s, "range");
	assert_int_equal(waiting(&s), 0);
	assert_int_equal(s.world.map.loop.classic.offset, 7);
	/* The same draws give the same hash, and a seed that was given is none of them. */
	rig_run(&s, "draw 5 ; seed 0x11223344 ; make ; insert NaN");
	assert_int_equal(map_get(&s.world.map, HMAP_HASH0), 0x11223344);
	assert_int_equal(map_at(&s.world.map, map_bucket(&s.world.map, false, 0))[0], first);
	assert_int_equal(waiting(&s), 0);
	session_close(&s);
}

/* Up to 1.21 an empty map hashes a key whose hash might panic, and a NaN in it draws. */
static void empty_maps_hash_in_vain(void **state)
{
	static const struct {
		const char *type, *release;
		uint32_t waiting; /* of three */
	} rows[] = {
		{ "map[any]int", "1.19", 1 }, { "map[any]int", "1.21", 1 },
		{ "map[any]int", "1.22", 3 }, { "map[any]int", "1.24", 3 },
		{ "map[[1]any]int", "1.20", 1 }, { "map[float64]int", "1.19", 3 },
		{ "map[struct{ A int; B any }]int", "1.18", 1 },
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(rows); i++) {
		const char *key = strstr(rows[i].type, "[1]") ? "{NaN}"
			: strstr(rows[i].type, "struct") ? "{1, NaN}" : "NaN";
		struct session s;
		char *line;

		rig_open_go(&s, rows[i].type, "amd64", rows[i].release, true);
		line = xasprintf("make ; draw 1 2 3 ; delete %s ; lookup %s", key, key);
		rig_run(&s, line);
		if (waiting(&s) != rows[i].waiting)
			fail_msg("%s, Go %s: %u wait", rows[i].type, rows[i].release, waiting(&s));
		free(line);
		session_close(&s);
	}
}

/* What a lookup used up belongs to its point; one in the past, or that fails, uses nothing up. */
static void lookups_use_draws_up_once(void **state)
{
	struct session s;
	struct error err;

	(void)state;
	rig_open_go(&s, "map[float64]int", "386", "1.25", true);
	rig_run(&s, "insert 1 ; draw 5 6 7 8 ; lookup NaN");
	assert_int_equal(waiting(&s), 3);
	rig_run(&s, "insert 2 ; lookup NaN ; insert 3 ; undo 1");
	assert_int_equal(waiting(&s), 2);
	rig_run(&s, "undo 1");
	assert_int_equal(waiting(&s), 3);
	rig_run(&s, "lookup NaN ; lookup 1 ; redo 2");
	assert_int_equal(waiting(&s), 2);
	assert_false(session_run(&s, "lookup NaN NaN", &err).ok);
	assert_false(session_run(&s, "lookup @<<. NaN x .", &err).ok);
	assert_int_equal(waiting(&s), 2);
	for (size_t i = 0; i < s.time.nentries; i++)
		if (session_is_lookup(&s.time.entries[i]))
			assert_true(session_look_again(&s, &s.time.entries[i], &err));
	assert_int_equal(waiting(&s), 2);
	session_close(&s);
}

/* uint32 to 1.21, then 64 bits, of which a word is used. */
static void draws_are_as_wide_as_the_release_has_them(void **state)
{
	static const struct {
		const char *release, *arch;
		bool alike; /* whether the high half says nothing */
	} rows[] = { { "1.22", "amd64", false }, { "1.22", "386", true }, { "1.27", "386", true } };

	(void)state;
	for (size_t i = 0; i < LENGTH(rows); i++) {
		struct session s;
		uint64_t memory[2];

		for (unsigned k = 0; k < 2; k++) {
			rig_open_go(&s, "map[float64]int", rows[i].arch, rows[i].release, false);
			rig_run(&s,
				k ? "draw 5 0x1200000007 ; insert NaN" : "draw 5 7 ; insert NaN");
			assert_int_equal(waiting(&s), 0);
			memory[k] = rig_memory(&s);
			session_close(&s);
		}
		assert_int_equal(memory[0] == memory[1], rows[i].alike);
	}
}

/* From 2^16 buckets on an overflow bucket counts when the low bits of a draw are zero. */
static void overflow_buckets_count_by_draws(void **state)
{
	struct session s;

	(void)state;
	rig_open(&s, "map[int]int", NULL, true);
	rig_run(&s, "seed 1 ; make 500_000 ; collide 3 8 ; draw 1 0x10 2 3");
	assert_int_equal(map_get(&s.world.map, HMAP_B), 17);
	rig_run(&s, "collide 3 ; collide 4 9 ; collide 5 9");
	assert_int_equal(waiting(&s), 1);
	assert_int_equal(map_get(&s.world.map, HMAP_NOVERFLOW), 1);
	rig_run(&s, "undo 4");
	assert_int_equal(waiting(&s), 2);
	session_close(&s);
}

/* Those that wait are in snapshots and scripts, and come back with the past. */
static void what_waits_is_kept(void **state)
{
	struct session s, again;
	struct text before = { 0 };
	char *document;

	(void)state;
	rig_open(&s, "map[float64]int", NULL, true);
	rig_run(&s, "draw 1 2 0xffffffff ; insert 1 ; insert NaN");
	rig_state(&s, &before);
	rig_run(&s, "insert NaN");
	assert_int_equal(waiting(&s), 0);
	rig_run(&s, "undo");
	rig_same_state(&s, before.s, "undone");
	text_free(&before);
	rig_run(&s, "snapshot \"here\"");
	document = rig_document(&s);
	assert_non_null(strstr(document, "\"draws\": [\"0xffffffff\"]"));
	document_reopen(&again, document);
	assert_int_equal(waiting(&again), 1);
	rig_run(&s, "redo");
	rig_run(&again, "insert NaN");
	assert_int_equal(waiting(&again), 0);
	assert_int_equal(rig_memory(&s), rig_memory(&again));
	session_close(&again);
	session_close(&s);
	free(document);
}

static void what_is_no_draw_is_refused(void **state)
{
	struct session s;

	(void)state;
	rig_open(&s, NULL, NULL, true);
	rig_fails(&s, "draw", "draw: a number is missing");
	rig_fails(&s, "draw 1 x", "draw: \"x\" is no number");
	rig_fails(&s, "draw 0x100000000", "draw: 0x100000000 is too large: 4294967295 at most");
	for (unsigned i = 0; i < RANDOM_QUEUE / 8; i++)
		rig_run(&s, "draw 1 2 3 4 5 6 7 8");
	rig_fails(&s, "draw 9", "draw: 1024 values may wait, 1024 do already");
	session_close(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(draws_are_taken_in_order),
		cmocka_unit_test(empty_maps_hash_in_vain),
		cmocka_unit_test(lookups_use_draws_up_once),
		cmocka_unit_test(draws_are_as_wide_as_the_release_has_them),
		cmocka_unit_test(overflow_buckets_count_by_draws),
		cmocka_unit_test(what_waits_is_kept),
		cmocka_unit_test(what_is_no_draw_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
