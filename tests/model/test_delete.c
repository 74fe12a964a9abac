/* SPDX-License-Identifier: MIT */
/* What deletes and clear leave: tombstones, stale bytes, and all of the memory. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "model/base/mem.h"
#include "model/map/classic/reading.h"
#include "tests/model/peek.h"
#include "tests/model/rig.h"

#include <cmocka.h>

static void tombstones_turn_into_rest(void **state)
{
	struct session s;

	(void)state;
	rig_open(&s, "map[int]int", NULL, true);
	rig_run(&s, "insert 1..5");
	peek_tops(&s, peek(&s, HMAP_BUCKETS), "#####...");
	rig_run(&s, "delete 2");
	peek_tops(&s, peek(&s, HMAP_BUCKETS), "#o###...");
	rig_run(&s, "delete 4");
	peek_tops(&s, peek(&s, HMAP_BUCKETS), "#o#o#...");
	rig_run(&s, "delete 5");
	peek_tops(&s, peek(&s, HMAP_BUCKETS), "#o#.....");
	rig_run(&s, "insert 6"); /* the first free one, a tombstone */
	peek_tops(&s, peek(&s, HMAP_BUCKETS), "###.....");
	rig_run(&s, "delete 1 ; delete 6 ; delete 3");
	peek_tops(&s, peek(&s, HMAP_BUCKETS), "........");
	assert_true(rig_sound(&s));
	session_close(&s);
}

/* Back over the buckets of a chain, too. */
static void rest_goes_back_through_the_chain(void **state)
{
	struct session s;
	uint64_t first, second, third;
	char *keys[24] = { NULL };

	(void)state;
	rig_open(&s, "map[int]int", NULL, true);
	rig_run(&s, "make 60 ; collide 3 24");
	first = map_bucket(&s.world.map, false, 3);
	second = map_overflow(&s.world.map, first);
	third = map_overflow(&s.world.map, second);
	for (unsigned i = 0; i < 24; i++) {
		uint64_t addr = i < 8 ? first : i < 16 ? second : third;

		keys[i] = xasprintf("delete %llu", (unsigned long long)load_uint(s.given.target,
							   map_key(&s.world.map, addr, i % 8), 8));
	}
	peek_tops(&s, third, "########");
	for (unsigned i = 8; i < 23; i++)
		rig_run(&s, keys[i]);
	peek_tops(&s, second, "oooooooo");
	peek_tops(&s, third, "ooooooo#");
	rig_run(&s, keys[7]);
	peek_tops(&s, first, "#######o");
	rig_run(&s, keys[23]);
	peek_tops(&s, first, "#######.");
	peek_tops(&s, second, "........");
	peek_tops(&s, third, "........");
	/* The buckets stay in the chain, and are found again. */
	assert_int_equal(peek_chain(&s, 3), 3);
	assert_int_equal(peek(&s, HMAP_NOVERFLOW), 2);
	rig_run(&s, "collide 3 2");
	peek_tops(&s, first, "########");
	peek_tops(&s, second, "#.......");
	assert_true(rig_sound(&s));
	for (unsigned i = 0; i < 24; i++)
		free(keys[i]);
	session_close(&s);
}

/* What stays in a dead cell, and what does not. */
static void stale_bytes(void **state)
{
	static const struct {
		const char *type, *key;
		const char *left; /* of the key's bytes, in hexadecimal; x for any */
	} rows[] = {
		{ "map[int32]int", "0x01020304", "04030201" },
		{ "map[[3]int8]int", "{1, 2, 3}", "010203" },
		{ "map[*int]int", "0x1234", "0000000000000000" },
		{ "map[string]int", "\"abc\"", "00000000000000000300000000000000" },
		{ "map[[1]string]int", "{\"abc\"}", "00000000000000000300000000000000" },
		{ "map[[2]string]int", "{\"abc\", \"d\"}",
			"0000000000000000000000000000000000000000000000000000000000000000" },
		{ "map[[129]byte]int", "{}", "0000000000000000" },
		{ "map[any]int", "5", "00000000000000000000000000000000" },
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(rows); i++) {
		struct session s;
		struct text got = { 0 }, line = { 0 };
		uint64_t at;

		rig_open(&s, rows[i].type, NULL, true);
		text_printf(&line, "insert %s -1", rows[i].key);
		rig_run(&s, text_str(&line));
		text_clear(&line);
		text_printf(&line, "delete %s", rows[i].key);
		rig_run(&s, text_str(&line));
		at = peek(&s, HMAP_BUCKETS) + s.world.map.type->unit.keys;
		for (uint32_t b = 0; b < s.world.map.type->keysize; b++)
			text_printf(&got, "%02x", *map_at(&s.world.map, at + b));
		if (strcmp(text_str(&got), rows[i].left) != 0)
			fail_msg("%s: of %s is left %s, not %s", rows[i].type, rows[i].key,
				text_str(&got), rows[i].left);
		assert_int_equal(map_load_word(&s.world.map, peek(&s, HMAP_BUCKETS) +
			s.world.map.type->unit.elems), 0);
		text_free(&got);
		text_free(&line);
		session_close(&s);
	}
}

static void hash0_is_drawn(void **state)
{
	struct session s;

	(void)state;
	rig_open(&s, "map[int]int", NULL, true);
	rig_run(&s, "seed 1 ; seed 2 ; seed 3 ; seed 4 ; make");
	assert_int_equal(peek(&s, HMAP_HASH0), 1);
	rig_run(&s, "insert 1..2 ; delete 1");
	assert_int_equal(peek(&s, HMAP_HASH0), 1);
	rig_run(&s, "delete 2"); /* the last one */
	assert_int_equal(peek(&s, HMAP_HASH0), 2);
	rig_run(&s, "delete 2 ; clear"); /* nothing to do: nothing drawn */
	assert_int_equal(peek(&s, HMAP_HASH0), 2);
	rig_run(&s, "insert 1 ; clear");
	assert_int_equal(peek(&s, HMAP_HASH0), 3);
	rig_run(&s, "map map[string]int ; make");
	assert_int_equal(peek(&s, HMAP_HASH0), 4);
	session_close(&s);
}

static void clear_empties_in_place(void **state)
{
	struct session s;
	uint64_t buckets, objects;

	(void)state;
	rig_open(&s, "map[int]string", NULL, true);
	rig_run(&s, "fill 900 ; range");
	buckets = peek(&s, HMAP_BUCKETS);
	objects = s.world.heap.state.alloc_objects;
	assert_true(map_growing(&s.world.map));
	rig_run(&s, "clear");
	assert_int_equal(peek(&s, HMAP_COUNT), 0);
	assert_int_equal(peek(&s, HMAP_B), 8);
	assert_int_equal(peek(&s, HMAP_BUCKETS), buckets);
	assert_int_equal(peek(&s, HMAP_NOVERFLOW), 0);
	assert_false(map_growing(&s.world.map));
	assert_int_equal(map_next_overflow(&s.world.map), 256);
	assert_int_equal(s.world.heap.state.alloc_objects, objects);
	for (uint64_t b = 0; b < 256; b++)
		peek_tops(&s, map_bucket(&s.world.map, false, b), "........");
	rig_run(&s, "fill 900");
	assert_int_equal(peek(&s, HMAP_B), 8);
	assert_true(rig_sound(&s));
	session_close(&s);
}

static void deleting_gives_nothing_back(void **state)
{
	struct session s;
	struct account before, after;

	(void)state;
	rig_open(&s, "map[int]string", NULL, true);
	rig_run(&s, "fill 1000 ; gc");
	before = map_reached(&s.world.map);
	rig_run(&s, "delete 0..999 ; gc");
	after = map_reached(&s.world.map);
	assert_int_equal(peek(&s, HMAP_COUNT), 0);
	assert_int_equal(before.objects, after.objects);
	assert_int_equal(before.bytes, after.bytes);
	session_close(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(tombstones_turn_into_rest),
		cmocka_unit_test(rest_goes_back_through_the_chain),
		cmocka_unit_test(stale_bytes),
		cmocka_unit_test(hash0_is_drawn),
		cmocka_unit_test(clear_empties_in_place),
		cmocka_unit_test(deleting_gives_nothing_back),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
