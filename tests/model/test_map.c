/* SPDX-License-Identifier: MIT */
/*
 * The rules of the map in small steps. That all of them together equal the runtime's is for the
 * recordings to show; here each has its own test, so that a broken one has a name.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "model/base/mem.h"
#include "model/map/classic/reading.h"
#include "model/map/classic/rules.h"
#include "tests/model/peek.h"
#include "tests/model/rig.h"

#include <cmocka.h>

static void hints(void **state)
{
	static const struct {
		const char *arch, *type, *hint;
		unsigned B, next; /* next 0: no spare buckets */
		uint64_t objects, bytes;
	} rows[] = {
		{ "amd64", "map[int]string", "", 0, 0, 1, 48 },
		{ "386", "map[int]string", "", 0, 0, 1, 32 },
		{ "amd64", "map[int]string", "0", 0, 0, 1, 48 },
		{ "amd64", "map[int]int", "8", 0, 0, 1, 48 },
		{ "amd64", "map[int]string", "9", 1, 0, 2, 48 + 416 },
		{ "amd64", "map[int]string", "13", 1, 0, 2, 48 + 416 },
		{ "amd64", "map[int]string", "14", 2, 0, 2, 48 + 896 },
		{ "amd64", "map[int]string", "52", 3, 0, 2, 48 + 1792 },
		{ "amd64", "map[int]string", "53", 4, 16, 3, 48 + 24 + 4096 },
		{ "amd64", "map[int]string", "1000", 8, 256, 3, 57416 },
		{ "386", "map[int]string", "1000", 8, 256, 3, 32816 },
		/* Cannot be meant: 2^63-1 entries, or bytes past the address space. */
		{ "amd64", "map[int]string", "9223372036854775807", 0, 0, 1, 48 },
		{ "amd64", "map[int]string", "2000000000000", 0, 0, 1, 48 },
		{ "386", "map[int]string", "40000000", 0, 0, 1, 32 },
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(rows); i++) {
		struct session s;
		char line[64];
		int64_t next;

		rig_open(&s, rows[i].type, rows[i].arch, false);
		snprintf(line, sizeof line, "make %s", rows[i].hint);
		rig_run(&s, line);
		next = map_next_overflow(&s.world.map);
		if (peek(&s, HMAP_B) != rows[i].B ||
			next != (rows[i].next ? (int)rows[i].next : -1) ||
			s.world.heap.state.alloc_objects != rows[i].objects ||
			s.world.heap.state.alloc_bytes != rows[i].bytes)
			fail_msg("%s on %s: B %u, next %d, %llu objects, %llu bytes", line,
				rows[i].arch, (unsigned)peek(&s, HMAP_B), (int)next,
				(unsigned long long)s.world.heap.state.alloc_objects,
				(unsigned long long)s.world.heap.state.alloc_bytes);
		assert_int_equal(peek(&s, HMAP_EXTRA) != 0, rows[i].next != 0);
		session_close(&s);
	}
}

/* 256 buckets ask for 16 spare ones; the size class has room for 3 more. */
static void spare_buckets_fill_the_size_class(void **state)
{
	struct session s;
	uint64_t last;

	(void)state;
	rig_open(&s, "map[int]string", NULL, false);
	rig_run(&s, "make 1000");
	assert_int_equal(maptype_array_buckets(s.world.map.type, 8), 256 + 19);
	assert_int_equal(maptype_array_bytes(s.world.map.type, 8), 57344);
	/* Of the spare ones only the last has its pointer set, to the first bucket. */
	last = peek(&s, HMAP_BUCKETS) + 274u * 208;
	assert_int_equal(map_overflow(&s.world.map, last), peek(&s, HMAP_BUCKETS));
	assert_int_equal(map_overflow(&s.world.map, last - 208), 0);
	/* Each in its turn, then one from the heap. */
	for (unsigned i = 0; i < 19; i++) {
		assert_int_equal(map_next_overflow(&s.world.map), 256 + i);
		rig_run(&s, i ? "collide 5 8" : "collide 5 9");
	}
	assert_int_equal(map_next_overflow(&s.world.map), -1);
	assert_int_equal(map_overflow(&s.world.map, last), 0);
	assert_int_equal(s.world.heap.state.alloc_objects, 3);
	rig_run(&s, "collide 5 8");
	assert_int_equal(s.world.heap.state.alloc_objects, 4);
	assert_int_equal(peek_chain(&s, 5), 21);
	assert_true(rig_sound(&s));
	session_close(&s);
}

/* The figures depend on the hash: with this hash0 they are those of the runtime's profile. */
static void a_thousand_inserts(void **state)
{
	struct session s;
	struct account reached;

	(void)state;
	rig_open(&s, "map[int]string", NULL, true);
	rig_run(&s, "seed 4 ; fill 1000");
	assert_int_equal(s.world.heap.state.alloc_objects, 37);
	assert_int_equal(s.world.heap.state.alloc_bytes, 121432);
	rig_run(&s, "gc");
	reached = map_reached(&s.world.map);
	assert_int_equal(reached.objects, 3);
	assert_int_equal(reached.bytes, 57416);
	assert_int_equal(s.world.heap.state.freed_objects, 34);
	assert_int_equal(s.world.heap.state.freed_bytes, 121432 - 57416);
	session_close(&s);
}

/* What the first write does, and what is not done before it. */
static void the_first_bucket_waits(void **state)
{
	struct session s;

	(void)state;
	rig_open(&s, "map[int]int", NULL, true);
	rig_run(&s, "make 8 ; lookup 1 ; delete 1 ; range ; clear");
	assert_int_equal(peek(&s, HMAP_BUCKETS), 0);
	assert_int_equal(peek(&s, HMAP_FLAGS), 0);
	rig_run(&s, "insert 1");
	assert_int_not_equal(peek(&s, HMAP_BUCKETS), 0);
	assert_int_equal(s.world.heap.state.alloc_bytes, 48 + 144);
	session_close(&s);
}

/* An assignment to a key that is there writes the key again where equal keys can differ. */
static void updates_write_keys_that_can_differ(void **state)
{
	static const struct {
		const char *type, *first, *again;
		bool rewritten;
	} rows[] = {
		{ "map[float64]int", "0", "-0.0", true },
		{ "map[complex64]int", "(0+0i)", "(0-0.0i)", true },
		{ "map[any]int", "0.0", "-0.0", true },
		{ "map[string]int", "\"abc\"", "\"abc\"", true },
		{ "map[struct{ A int32; _ int32 }]int", "{1, 2}", "{1, 3}", false },
		{ "map[int]int", "5", "5", false },
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(rows); i++) {
		struct session s;
		struct text line = { 0 };
		uint8_t before[32];
		const uint8_t *at;
		uint32_t size;

		rig_open(&s, rows[i].type, NULL, true);
		text_printf(&line, "insert %s 1 ; insert %s 2", rows[i].first, rows[i].again);
		rig_run(&s, text_str(&line));
		at = map_key(&s.world.map, peek(&s, HMAP_BUCKETS), 0);
		size = s.world.map.type->keysize;
		assert_int_equal(peek(&s, HMAP_COUNT), 1);
		assert_int_equal(load_uint(s.given.target, map_elem(&s.world.map,
			peek(&s, HMAP_BUCKETS), 0), 8), 2);
		rig_run(&s, "undo");
		memcpy(before, at, size);
		rig_run(&s, "redo");
		if ((memcmp(before, at, size) != 0) != rows[i].rewritten)
			fail_msg("%s: the key is %swritten again", rows[i].type,
				rows[i].rewritten ? "not " : "");
		text_free(&line);
		session_close(&s);
	}
}

static void large_cells_have_objects_of_their_own(void **state)
{
	struct session s;
	struct account reached;

	(void)state;
	rig_open(&s, "map[[200]byte][129]int8", NULL, true);
	rig_run(&s, "insert {} ; insert 1..3");
	/* hmap, bucket, and for each of 4 entries 208 and 144 bytes */
	assert_int_equal(s.world.heap.state.alloc_objects, 2 + 8);
	assert_int_equal(s.world.heap.state.alloc_bytes, 48 + 144 + 4 * (208 + 144));
	rig_run(&s, "delete 2..2 ; gc");
	reached = map_reached(&s.world.map);
	assert_int_equal(reached.objects, 2 + 6);
	assert_int_equal(reached.bytes, 48 + 144 + 3 * (208 + 144));
	assert_true(rig_sound(&s));
	session_close(&s);
}

static void range_sets_flags(void **state)
{
	struct session s;

	(void)state;
	rig_open(&s, "map[int]int8", NULL, true);
	rig_run(&s, "fill 26");
	assert_int_equal(peek(&s, HMAP_FLAGS), 0);
	assert_int_equal(peek(&s, HMAP_EXTRA), 0);
	rig_run(&s, "range");
	assert_int_equal(peek(&s, HMAP_FLAGS), FLAG_ITERATOR | FLAG_OLD_ITERATOR);
	/* Without pointers the lists must be there, for the iterator keeps them. */
	assert_int_not_equal(peek(&s, HMAP_EXTRA), 0);
	assert_int_not_equal(map_get_extra(&s.world.map, peek(&s, HMAP_EXTRA), EXTRA_OVERFLOW), 0);
	rig_run(&s, "grow"); /* whoever went over the buckets goes over the old ones now */
	assert_int_equal(peek(&s, HMAP_FLAGS), FLAG_OLD_ITERATOR);
	rig_run(&s, "clear");
	assert_int_equal(peek(&s, HMAP_FLAGS), FLAG_OLD_ITERATOR);
	session_close(&s);
}

/* A map of small numbers against a plain array that does the same. */
static void as_a_plain_array_would(void **state)
{
	enum { KEYS = 120 };
	static const char *const types[] = { "map[uint8]uint16", "map[int32]uint16",
		"map[int64]uint16", "map[float64]uint16", "map[any]uint16" };
	static const char *const arches[] = { "amd64", "386", "s390x", "arm" };

	(void)state;
	for (unsigned i = 0; i < LENGTH(types) * LENGTH(arches); i++) {
		struct rig_dice d = { i + 1 };
		int want[KEYS];
		unsigned count = 0;
		struct session s;

		for (unsigned k = 0; k < KEYS; k++)
			want[k] = -1;
		rig_open(&s, types[i % LENGTH(types)], arches[i / LENGTH(types)], i % 2);
		for (unsigned step = 0; step < 1500; step++) {
			unsigned key = (unsigned)rig_below(&d, KEYS);
			char line[64];

			if (rig_below(&d, 400) == 0) {
				rig_run(&s, "clear");
				for (unsigned k = 0; k < KEYS; k++)
					want[k] = -1;
				count = 0;
				continue;
			}
			if (rig_below(&d, 100) < (step / 300 % 2 ? 70 : 30)) {
				snprintf(line, sizeof line, "delete %u", key);
				count -= want[key] >= 0;
				want[key] = -1;
			} else {
				snprintf(line, sizeof line, "insert %u %u", key, step);
				count += want[key] < 0;
				want[key] = (int)step;
			}
			rig_run(&s, rig_below(&d, 50) ? line : "range");
			if (!strncmp(line, "insert", 6) || !strncmp(line, "delete", 6))
				rig_run(&s, line);
			assert_int_equal(peek(&s, HMAP_COUNT), count);
		}
		assert_true(rig_sound(&s));
		for (unsigned k = 0; k < KEYS; k++) {
			struct value_home home = { .heap = &s.world.heap, .scratch = true };
			uint8_t key[16];
			struct place where;
			struct error err;
			bool found;

			heap_scratch_reset(&s.world.heap);
			assert_true(value_generate(&home, s.world.map.type->key, k, key, &err));
			found = map_lookup(&s.world.map, key, &where);
			if (found != (want[k] >= 0) ||
				(found && load_uint(s.given.target,
						  map_elem(&s.world.map, where.addr, where.slot),
						  2) != (unsigned)want[k]))
				fail_msg("%s on %s: key %u", types[i % LENGTH(types)],
					s.given.target->name, k);
		}
		session_close(&s);
	}
}

enum { RUN = 20000 };

static void one_by_one(struct session *s, const char *verb, const char *prefix, const char *behind)
{
	char line[64];

	for (int i = 0; i < RUN; i++) {
		snprintf(line, sizeof line, "%s %s%d%s", verb, prefix, i, behind);
		rig_run(s, line);
	}
}

/*
 * A large run is done without a journal and looks ahead of its keys; keys one by one, of which each
 * is watched, leave the same. The last delete draws a seed, and so do the inserts behind it.
 */
static void a_run_is_its_keys_one_by_one(void **state)
{
	static const struct {
		const char *type, *prefix, *behind; /* of a key; NULL: runs, watched */
	} rows[] = {
		{ "map[int]string", "", "" }, { "map[string]int", "\"key-", "\"" },
		{ "map[float32][3]uint16", "", "" }, { "map[[3]int64]any", NULL, NULL },
	};
	static const char *const releases[] = { "1.19", "1.27" };
	char run[128];

	(void)state;
	for (size_t i = 0; i < LENGTH(rows) * LENGTH(releases); i++) {
		const char *prefix = rows[i / 2].prefix, *behind = rows[i / 2].behind;
		struct session a, b;

		rig_open_go(&a, rows[i / 2].type, NULL, releases[i % 2], false);
		rig_open_go(&b, rows[i / 2].type, NULL, releases[i % 2], true);
		snprintf(run, sizeof run,
			"insert 0..%d ; delete 0..%d ; insert 0..%d ; lookup 0..%d", RUN - 1,
			RUN - 1, RUN - 1, RUN - 1);
		rig_run(&a, run);
		if (prefix) {
			one_by_one(&b, "insert", prefix, behind);
			one_by_one(&b, "delete", prefix, behind);
			one_by_one(&b, "insert", prefix, behind);
		} else {
			rig_run(&b, run);
		}
		assert_int_equal(a.world.random.state, b.world.random.state);
		assert_true(rig_memory(&a) == rig_memory(&b));
		session_close(&a);
		session_close(&b);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(hints),
		cmocka_unit_test(spare_buckets_fill_the_size_class),
		cmocka_unit_test(a_thousand_inserts),
		cmocka_unit_test(the_first_bucket_waits),
		cmocka_unit_test(updates_write_keys_that_can_differ),
		cmocka_unit_test(large_cells_have_objects_of_their_own),
		cmocka_unit_test(range_sets_flags),
		cmocka_unit_test(as_a_plain_array_would),
		cmocka_unit_test(a_run_is_its_keys_one_by_one),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
