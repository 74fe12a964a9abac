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
#include <stdlib.h>
#include <string.h>

#include "model/base/mem.h"
#include "model/map/map_rules.h"
#include "tests/model/rig.h"

#include <cmocka.h>

static uint64_t get(const struct session *s, enum hmap_field f)
{
	return map_get(&s->map, f);
}

static void run_number(struct session *s, const char *format, unsigned n)
{
	char line[64];

	snprintf(line, sizeof line, "%s %u", format, n);
	rig_run(s, line);
}

/* The tophash bytes of a bucket as signs: . emptyRest, o emptyOne, x y e evacuated, # live. */
static void tops_are(const struct session *s, uint64_t addr, const char *want)
{
	char got[SLOTS + 1] = "";

	for (unsigned i = 0; i < SLOTS; i++) {
		uint8_t top = map_at(&s->map, addr)[i];

		got[i] = top >= MIN_TOPHASH ? '#' : ".oxye"[top];
	}
	assert_string_equal(got, want);
}

static uint64_t first_bucket(const struct session *s)
{
	return get(s, HMAP_BUCKETS);
}

static uint64_t chain_length(const struct session *s, uint64_t bucket)
{
	uint64_t n = 0;

	for (uint64_t addr = map_bucket(&s->map, false, bucket); addr; n++)
		addr = map_overflow(&s->map, addr);
	return n;
}

static uint64_t overflow_buckets(const struct session *s)
{
	uint64_t n = 0;

	for (uint64_t i = 0; i < 1ull << get(s, HMAP_B); i++)
		n += chain_length(s, i) - 1;
	return n;
}

/* Growth */

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
			uint64_t B = i > 1 ? get(&s, HMAP_B) : 0;

			run_number(&s, "insert", i);
			if (get(&s, HMAP_B) == B)
				continue;
			assert_true(grown < LENGTH(rows[k].at));
			if (i != at[grown])
				fail_msg("%s, %s: growth %zu at entry %u, not %u", rows[k].arch,
					rows[k].go, grown, i, at[grown]);
			assert_int_equal(get(&s, HMAP_B), grown + 1);
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
		uint64_t left = map_inserts_left(&s.map), B = get(&s, HMAP_B);

		run_number(&s, "insert", i);
		assert_int_equal(get(&s, HMAP_B) != B, left == 0);
	}
	session_close(&s);
}

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
		next = map_next_overflow(&s.map);
		if (get(&s, HMAP_B) != rows[i].B ||
			next != (rows[i].next ? (int)rows[i].next : -1) ||
			s.heap.state.alloc_objects != rows[i].objects ||
			s.heap.state.alloc_bytes != rows[i].bytes)
			fail_msg("%s on %s: B %u, next %d, %llu objects, %llu bytes", line,
				rows[i].arch, (unsigned)get(&s, HMAP_B), (int)next,
				(unsigned long long)s.heap.state.alloc_objects,
				(unsigned long long)s.heap.state.alloc_bytes);
		assert_int_equal(get(&s, HMAP_EXTRA) != 0, rows[i].next != 0);
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
	assert_int_equal(maptype_array_buckets(s.map.type, 8), 256 + 19);
	assert_int_equal(maptype_array_bytes(s.map.type, 8), 57344);
	/* Of the spare ones only the last has its pointer set, to the first bucket. */
	last = first_bucket(&s) + 274u * 208;
	assert_int_equal(map_overflow(&s.map, last), first_bucket(&s));
	assert_int_equal(map_overflow(&s.map, last - 208), 0);
	/* Each in its turn, then one from the heap. */
	for (unsigned i = 0; i < 19; i++) {
		assert_int_equal(map_next_overflow(&s.map), 256 + i);
		rig_run(&s, i ? "collide 5 8" : "collide 5 9");
	}
	assert_int_equal(map_next_overflow(&s.map), -1);
	assert_int_equal(map_overflow(&s.map, last), 0);
	assert_int_equal(s.heap.state.alloc_objects, 3);
	rig_run(&s, "collide 5 8");
	assert_int_equal(s.heap.state.alloc_objects, 4);
	assert_int_equal(chain_length(&s, 5), 21);
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
	assert_int_equal(s.heap.state.alloc_objects, 37);
	assert_int_equal(s.heap.state.alloc_bytes, 121432);
	rig_run(&s, "gc");
	reached = map_reached(&s.map);
	assert_int_equal(reached.objects, 3);
	assert_int_equal(reached.bytes, 57416);
	assert_int_equal(s.heap.state.freed_objects, 34);
	assert_int_equal(s.heap.state.freed_bytes, 121432 - 57416);
	session_close(&s);
}

/* What the first write does, and what is not done before it. */
static void the_first_bucket_waits(void **state)
{
	struct session s;

	(void)state;
	rig_open(&s, "map[int]int", NULL, true);
	rig_run(&s, "make 8 ; lookup 1 ; delete 1 ; range ; clear");
	assert_int_equal(get(&s, HMAP_BUCKETS), 0);
	assert_int_equal(get(&s, HMAP_FLAGS), 0);
	rig_run(&s, "insert 1");
	assert_int_not_equal(get(&s, HMAP_BUCKETS), 0);
	assert_int_equal(s.heap.state.alloc_bytes, 48 + 144);
	session_close(&s);
}

static void evacuation_goes_by_two(void **state)
{
	struct session s;
	uint64_t mark = 0;

	(void)state;
	rig_open(&s, "map[int]int8", NULL, true);
	rig_run(&s, "fill 208");
	assert_false(map_growing(&s.map));
	assert_int_equal(get(&s, HMAP_B), 5);
	rig_run(&s, "insert 1000");
	assert_true(map_growing(&s.map));
	assert_int_equal(get(&s, HMAP_B), 6);
	assert_int_equal(map_old_B(&s.map), 5);
	assert_true(rig_sound(&s));
	/* A lookup and a range move nothing. */
	mark = get(&s, HMAP_NEVACUATE);
	rig_run(&s, "lookup 0..300 ; range");
	assert_int_equal(get(&s, HMAP_NEVACUATE), mark);
	/* `evacuate` moves one on, a write one or two. */
	rig_run(&s, "evacuate");
	assert_true(get(&s, HMAP_NEVACUATE) > mark);
	rig_run(&s, "delete 5000"); /* even a delete of what is not there */
	assert_true(rig_sound(&s));
	rig_run(&s, "evacuate 1000");
	assert_false(map_growing(&s.map));
	assert_int_equal(get(&s, HMAP_NEVACUATE), 32);
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
	assert_int_equal(map_old_B(&s.map), 12);
	for (unsigned b = 0; b < OLD; b++)
		evacuated[b] = map_evacuated(&s.map, map_bucket(&s.map, true, b));
	for (unsigned b = FIRST; b < 2 * FIRST; b++) {
		uint64_t mark = get(&s, HMAP_NEVACUATE), stop;

		run_number(&s, "collide", b);
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
		if (get(&s, HMAP_NEVACUATE) != mark)
			fail_msg("after bucket %u the mark is at %llu, not %llu", b,
				(unsigned long long)get(&s, HMAP_NEVACUATE),
				(unsigned long long)mark);
	}
	assert_true(limited);
	session_close(&s);
}

/* While an iterator is about, a NaN goes where its tophash's lowest bit says. */
static void nan_keys_go_by_their_tophash(void **state)
{
	struct session s;
	unsigned moved[2] = { 0 };

	(void)state;
	rig_open(&s, "map[float64]int", NULL, true);
	for (unsigned i = 0; i < 105; i++)
		rig_run(&s, "insert NaN");
	assert_true(map_growing(&s.map));
	rig_run(&s, "range ; evacuate 99");
	while (session_point(&s)->label[0] == 'e') {
		uint8_t tops[4][SLOTS];
		uint64_t addr;
		size_t count;
		const struct trace_event *e;

		rig_run(&s, "undo");
		memset(tops, 0, sizeof tops);
		addr = map_bucket(&s.map, true, get(&s, HMAP_NEVACUATE));
		for (unsigned c = 0; addr && c < 4; c++, addr = map_overflow(&s.map, addr))
			memcpy(tops[c], map_at(&s.map, addr), SLOTS);
		rig_run(&s, "redo");
		e = session_trace(&s, &count);
		for (size_t i = 0; i < count; i++) {
			if (e[i].kind != TRACE_MOVE)
				continue;
			assert_true(e[i].chain < 4);
			assert_int_equal(e[i].d, tops[e[i].chain][e[i].slot] & 1);
			moved[e[i].d]++;
		}
		rig_run(&s, "undo");
	}
	assert_true(moved[0] > 5 && moved[1] > 5);
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
		assert_true(map_evacuated(&s.map, get(&s, HMAP_OLDBUCKETS)));
		old = map_at(&s.map, get(&s, HMAP_OLDBUCKETS));
		for (uint32_t b = SLOTS; b < s.map.type->overflow; b++)
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
	assert_int_equal(get(&s, HMAP_B), 4);
	/* Keys come and go, and the overflow buckets stay. */
	for (unsigned b = 0; b < 8; b++) {
		char line[32];

		snprintf(line, sizeof line, "collide %u 12", b);
		rig_run(&s, line);
		assert_int_equal(get(&s, HMAP_B), 4);
		rig_run(&s, "delete 0..2000");
	}
	assert_int_equal(get(&s, HMAP_COUNT), 0);
	assert_int_equal(get(&s, HMAP_NOVERFLOW), 8);
	rig_run(&s, "grow same");
	buckets = get(&s, HMAP_BUCKETS);
	count = get(&s, HMAP_COUNT);
	assert_true(get(&s, HMAP_FLAGS) & FLAG_SAME_SIZE);
	assert_true(map_growing(&s.map));
	assert_int_equal(map_old_B(&s.map), get(&s, HMAP_B));
	assert_true(rig_sound(&s));
	rig_run(&s, "evacuate 100000");
	assert_false(get(&s, HMAP_FLAGS) & FLAG_SAME_SIZE);
	assert_int_equal(get(&s, HMAP_BUCKETS), buckets);
	assert_int_equal(get(&s, HMAP_COUNT), count);
	assert_true(get(&s, HMAP_NOVERFLOW) < 1u << get(&s, HMAP_B));
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
		B = get(&s, HMAP_B);
		rig_run(&s, "grow");
		assert_true(rig_sound(&s));
		if (get(&s, HMAP_B) != B + 1)
			fail_msg("%s: B was %u and is %u", types[i], (unsigned)B,
				(unsigned)get(&s, HMAP_B));
		session_close(&s);
	}
}

static void a_growth_needs_keys(void **state)
{
	struct session s;
	struct error err;

	(void)state;
	rig_open(&s, "map[bool]int", NULL, true);
	assert_false(session_run(&s, "grow", &err));
	assert_string_equal(err.msg, "grow: no keys of type bool are left");
	assert_int_equal(get(&s, HMAP_COUNT), 2);
	assert_int_equal(s.total, 3);
	rig_fails(&s, "grow", "grow: no keys of type bool are left");
	rig_fails(&s, "grow same", "grow: no keys of type bool are left");
	session_close(&s);
}

/* Cells */

static void tombstones_turn_into_rest(void **state)
{
	struct session s;

	(void)state;
	rig_open(&s, "map[int]int", NULL, true);
	rig_run(&s, "insert 1..5");
	tops_are(&s, first_bucket(&s), "#####...");
	rig_run(&s, "delete 2");
	tops_are(&s, first_bucket(&s), "#o###...");
	rig_run(&s, "delete 4");
	tops_are(&s, first_bucket(&s), "#o#o#...");
	rig_run(&s, "delete 5");
	tops_are(&s, first_bucket(&s), "#o#.....");
	rig_run(&s, "insert 6"); /* the first free one, a tombstone */
	tops_are(&s, first_bucket(&s), "###.....");
	rig_run(&s, "delete 1 ; delete 6 ; delete 3");
	tops_are(&s, first_bucket(&s), "........");
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
	first = map_bucket(&s.map, false, 3);
	second = map_overflow(&s.map, first);
	third = map_overflow(&s.map, second);
	for (unsigned i = 0; i < 24; i++) {
		uint64_t addr = i < 8 ? first : i < 16 ? second : third;

		keys[i] = xasprintf("delete %llu", (unsigned long long)load_uint(s.target,
							   map_key(&s.map, addr, i % 8), 8));
	}
	tops_are(&s, third, "########");
	for (unsigned i = 8; i < 23; i++)
		rig_run(&s, keys[i]);
	tops_are(&s, second, "oooooooo");
	tops_are(&s, third, "ooooooo#");
	rig_run(&s, keys[7]);
	tops_are(&s, first, "#######o");
	rig_run(&s, keys[23]);
	tops_are(&s, first, "#######.");
	tops_are(&s, second, "........");
	tops_are(&s, third, "........");
	/* The buckets stay in the chain, and are found again. */
	assert_int_equal(chain_length(&s, 3), 3);
	assert_int_equal(get(&s, HMAP_NOVERFLOW), 2);
	rig_run(&s, "collide 3 2");
	tops_are(&s, first, "########");
	tops_are(&s, second, "#.......");
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
		at = first_bucket(&s) + s.map.type->keys;
		for (uint32_t b = 0; b < s.map.type->keysize; b++)
			text_printf(&got, "%02x", *map_at(&s.map, at + b));
		if (strcmp(text_str(&got), rows[i].left) != 0)
			fail_msg("%s: of %s is left %s, not %s", rows[i].type, rows[i].key,
				text_str(&got), rows[i].left);
		assert_int_equal(map_load_word(&s.map, first_bucket(&s) + s.map.type->elems), 0);
		text_free(&got);
		text_free(&line);
		session_close(&s);
	}
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
		at = map_key(&s.map, first_bucket(&s), 0);
		size = s.map.type->keysize;
		assert_int_equal(get(&s, HMAP_COUNT), 1);
		assert_int_equal(load_uint(s.target, map_elem(&s.map, first_bucket(&s), 0), 8), 2);
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
	assert_int_equal(s.heap.state.alloc_objects, 2 + 8);
	assert_int_equal(s.heap.state.alloc_bytes, 48 + 144 + 4 * (208 + 144));
	rig_run(&s, "delete 2..2 ; gc");
	reached = map_reached(&s.map);
	assert_int_equal(reached.objects, 2 + 6);
	assert_int_equal(reached.bytes, 48 + 144 + 3 * (208 + 144));
	assert_true(rig_sound(&s));
	session_close(&s);
}

/* NaN: nowhere to be found, each an entry of its own, and moved on all the same. */
static void nan_keys(void **state)
{
	struct session s;
	struct place where;
	struct value_home home;
	uint8_t key[8];
	const char *nan = "NaN";
	struct error err;
	bool deleted = true;

	(void)state;
	rig_open(&s, "map[float64]int", NULL, true);
	home = (struct value_home){ .heap = &s.heap, .scratch = true };
	for (unsigned i = 0; i < 300; i++) {
		rig_run(&s, i % 7 == 0 ? "range ; insert NaN 5" : "insert NaN 5");
		if (!rig_sound(&s))
			fail_msg("not sound with %u NaNs", i + 1);
	}
	assert_int_equal(get(&s, HMAP_COUNT), 300);
	assert_true(value_parse(&home, s.map.type->key, &nan, key, "key", &err));
	assert_false(map_lookup(&s.map, key, &where));
	assert_true(map_delete(&s.map, key, &deleted, &err));
	assert_false(deleted);
	assert_int_equal(get(&s, HMAP_COUNT), 300);
	rig_run(&s, "clear");
	assert_int_equal(get(&s, HMAP_COUNT), 0);
	session_close(&s);
}

/* Header */

static void range_sets_flags(void **state)
{
	struct session s;

	(void)state;
	rig_open(&s, "map[int]int8", NULL, true);
	rig_run(&s, "fill 26");
	assert_int_equal(get(&s, HMAP_FLAGS), 0);
	assert_int_equal(get(&s, HMAP_EXTRA), 0);
	rig_run(&s, "range");
	assert_int_equal(get(&s, HMAP_FLAGS), FLAG_ITERATOR | FLAG_OLD_ITERATOR);
	/* Without pointers the lists must be there, for the iterator keeps them. */
	assert_int_not_equal(get(&s, HMAP_EXTRA), 0);
	assert_int_not_equal(map_get_extra(&s.map, get(&s, HMAP_EXTRA), EXTRA_OVERFLOW), 0);
	rig_run(&s, "grow"); /* whoever went over the buckets goes over the old ones now */
	assert_int_equal(get(&s, HMAP_FLAGS), FLAG_OLD_ITERATOR);
	rig_run(&s, "clear");
	assert_int_equal(get(&s, HMAP_FLAGS), FLAG_OLD_ITERATOR);
	session_close(&s);
}

static void hash0_is_drawn(void **state)
{
	struct session s;

	(void)state;
	rig_open(&s, "map[int]int", NULL, true);
	rig_run(&s, "seed 1 ; seed 2 ; seed 3 ; seed 4 ; make");
	assert_int_equal(get(&s, HMAP_HASH0), 1);
	rig_run(&s, "insert 1..2 ; delete 1");
	assert_int_equal(get(&s, HMAP_HASH0), 1);
	rig_run(&s, "delete 2"); /* the last one */
	assert_int_equal(get(&s, HMAP_HASH0), 2);
	rig_run(&s, "delete 2 ; clear"); /* nothing to do: nothing drawn */
	assert_int_equal(get(&s, HMAP_HASH0), 2);
	rig_run(&s, "insert 1 ; clear");
	assert_int_equal(get(&s, HMAP_HASH0), 3);
	rig_run(&s, "map map[string]int ; make");
	assert_int_equal(get(&s, HMAP_HASH0), 4);
	session_close(&s);
}

static void clear_empties_in_place(void **state)
{
	struct session s;
	uint64_t buckets, objects;

	(void)state;
	rig_open(&s, "map[int]string", NULL, true);
	rig_run(&s, "fill 900 ; range");
	buckets = get(&s, HMAP_BUCKETS);
	objects = s.heap.state.alloc_objects;
	assert_true(map_growing(&s.map));
	rig_run(&s, "clear");
	assert_int_equal(get(&s, HMAP_COUNT), 0);
	assert_int_equal(get(&s, HMAP_B), 8);
	assert_int_equal(get(&s, HMAP_BUCKETS), buckets);
	assert_int_equal(get(&s, HMAP_NOVERFLOW), 0);
	assert_false(map_growing(&s.map));
	assert_int_equal(map_next_overflow(&s.map), 256);
	assert_int_equal(s.heap.state.alloc_objects, objects);
	for (uint64_t b = 0; b < 256; b++)
		tops_are(&s, map_bucket(&s.map, false, b), "........");
	rig_run(&s, "fill 900");
	assert_int_equal(get(&s, HMAP_B), 8);
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
	before = map_reached(&s.map);
	rig_run(&s, "delete 0..999 ; gc");
	after = map_reached(&s.map);
	assert_int_equal(get(&s, HMAP_COUNT), 0);
	assert_int_equal(before.objects, after.objects);
	assert_int_equal(before.bytes, after.bytes);
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
	assert_int_equal(get(&s, HMAP_B), 16);
	exact = (double)overflow_buckets(&s);
	counted = 2.0 * (double)get(&s, HMAP_NOVERFLOW);
	assert_true(exact > 10000);
	if (counted < 0.95 * exact || counted > 1.05 * exact || counted == exact)
		fail_msg("%.0f are counted as %.0f", exact, counted);
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
			assert_int_equal(get(&s, HMAP_COUNT), count);
		}
		assert_true(rig_sound(&s));
		for (unsigned k = 0; k < KEYS; k++) {
			struct value_home home = { .heap = &s.heap, .scratch = true };
			uint8_t key[16];
			struct place where;
			struct error err;
			bool found;

			heap_scratch_reset(&s.heap);
			assert_true(value_generate(&home, s.map.type->key, k, key, &err));
			found = map_lookup(&s.map, key, &where);
			if (found != (want[k] >= 0) ||
				(found && load_uint(s.target,
						  map_elem(&s.map, where.addr, where.slot),
						  2) != (unsigned)want[k]))
				fail_msg("%s on %s: key %u", types[i % LENGTH(types)],
					s.target->name, k);
		}
		session_close(&s);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(grows_at_known_entries),
		cmocka_unit_test(inserts_left_is_told),
		cmocka_unit_test(hints),
		cmocka_unit_test(spare_buckets_fill_the_size_class),
		cmocka_unit_test(a_thousand_inserts),
		cmocka_unit_test(the_first_bucket_waits),
		cmocka_unit_test(evacuation_goes_by_two),
		cmocka_unit_test(the_mark_skips_at_most_1024),
		cmocka_unit_test(nan_keys_go_by_their_tophash),
		cmocka_unit_test(evacuated_buckets_are_wiped_for_the_collector),
		cmocka_unit_test(growth_of_the_same_size),
		cmocka_unit_test(growths_on_demand),
		cmocka_unit_test(a_growth_needs_keys),
		cmocka_unit_test(tombstones_turn_into_rest),
		cmocka_unit_test(rest_goes_back_through_the_chain),
		cmocka_unit_test(stale_bytes),
		cmocka_unit_test(updates_write_keys_that_can_differ),
		cmocka_unit_test(large_cells_have_objects_of_their_own),
		cmocka_unit_test(nan_keys),
		cmocka_unit_test(range_sets_flags),
		cmocka_unit_test(hash0_is_drawn),
		cmocka_unit_test(clear_empties_in_place),
		cmocka_unit_test(deleting_gives_nothing_back),
		cmocka_unit_test(noverflow_is_about_right_in_large_maps),
		cmocka_unit_test(as_a_plain_array_would),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
