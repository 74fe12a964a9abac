/* SPDX-License-Identifier: MIT */
/*
 * The check is silent on every state that the real runtime was in, names each fault that is
 * planted, and survives whatever the bytes are.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model/figures/classic/laws.h"
#include "model/session/checked.h"
#include "model/map/classic/reading.h"
#include "model/map/classic/rules.h"
#include "tests/model/rig.h"
#include "tests/model/states.h"

#include <cmocka.h>

static bool is_sound(struct session *s, const char *where, void *data)
{
	struct check c;
	bool ok = check_map(&s->world.map, &c);

	(void)where;
	(void)data;
	for (unsigned i = 0; i < c.count; i++)
		fprintf(stderr, "%s: %s\n", c.book->laws[c.list[i].law].name,
			text_str(&c.list[i].says));
	check_free(&c);
	return ok;
}

static void silent_on_recordings(void **state)
{
	(void)state;
	printf("%lu states of recordings\n", each_recorded(is_sound, NULL));
}

static void silent_on_random_runs(void **state)
{
	(void)state;
	each_random("amd64", 30, is_sound, NULL);
	each_random("386", 30, is_sound, NULL);
	each_random("s390x", 10, is_sound, NULL);
}

static void silent_on_large_maps(void **state)
{
	struct session s;

	(void)state;
	rig_open(&s, "map[int]int", NULL, false);
	rig_run(&s, "fill 500000 ; delete 1000..400000");
	assert_true(is_sound(&s, "", NULL));
	session_close(&s);
}

/* Where things are */

static uint8_t *bucket(struct map *m, uint64_t i)
{
	return map_at(m, map_bucket(m, false, i));
}

static uint8_t *old_bucket(struct map *m, uint64_t i)
{
	return map_at(m, map_bucket(m, true, i));
}

static uint64_t with_overflow(const struct map *m)
{
	uint64_t i = 0;

	while (!map_overflow(m, map_bucket(m, false, i)))
		i++;
	return i;
}

/* A new bucket whose old one waits, or was evacuated; the old one's index is the same. */
static uint64_t old_one(const struct map *m, bool evacuated)
{
	uint64_t i = 0;

	while (map_evacuated(m, map_bucket(m, true, i)) != evacuated)
		i++;
	return i;
}

static void copy_cell(struct map *m, uint64_t from, unsigned a, uint64_t to, unsigned b)
{
	const struct maptype *t = m->type;
	uint8_t *x = bucket(m, from), *y = bucket(m, to);

	y[b] = x[a];
	memcpy(y + unit_key(&t->unit, b), x + unit_key(&t->unit, a), t->keysize);
	memcpy(y + unit_elem(&t->unit, b), x + unit_elem(&t->unit, a), t->elemsize);
}

static unsigned first_free(struct map *m, uint64_t b)
{
	unsigned i = 0;

	while (bucket(m, b)[i] != EMPTY_REST)
		i++;
	return i;
}

static void add(struct map *m, enum hmap_field f, int by)
{
	map_set(m, f, map_get(m, f) + (uint64_t)(int64_t)by);
}

static uint64_t extra_word(const struct map *m, enum extra_field f)
{
	return map_get_extra(m, map_get(m, HMAP_EXTRA), f);
}

/* Faults to plant */

static void count_off(struct map *m) { add(m, HMAP_COUNT, 1); }
static void noverflow_off(struct map *m) { add(m, HMAP_NOVERFLOW, 1); }
static void nevacuate_ahead(struct map *m) { add(m, HMAP_NEVACUATE, 1); }
static void nevacuate_at_end(struct map *m) { map_set(m, HMAP_NEVACUATE, 1ull << map_old_B(m)); }
static void writing(struct map *m) { map_set(m, HMAP_FLAGS, FLAG_WRITING); }
static void same_size(struct map *m) { map_set(m, HMAP_FLAGS, FLAG_SAME_SIZE); }
static void strange_flag(struct map *m) { map_set(m, HMAP_FLAGS, 64); }
static void wild_buckets(struct map *m) { map_set(m, HMAP_BUCKETS, 0x1234560); }
static void wild_old(struct map *m) { map_set(m, HMAP_OLDBUCKETS, 0x7fffff00); }
static void wild_extra(struct map *m) { map_set(m, HMAP_EXTRA, 0x20); }
static void large_B(struct map *m) { map_set(m, HMAP_B, 40); }
static void huge_B(struct map *m) { map_set(m, HMAP_B, 255); }
static void wild_hmap(struct map *m) { m->header = 0x10; }
static void early_rest(struct map *m) { bucket(m, 0)[0] = EMPTY_REST; }
static void mark_in_new(struct map *m) { bucket(m, 0)[0] = EVACUATED_X; }
static void waiting_in_use(struct map *m) { bucket(m, old_one(m, false))[2] = 0x77; }
static void live_in_evacuated(struct map *m) { old_bucket(m, old_one(m, true))[3] = 0x66; }

/* Another one that is live too. */
static void other_tophash(struct map *m)
{
	uint8_t *top = bucket(m, 0);

	*top = (uint8_t)(*top >= 128 ? *top - 100 : *top + 100);
}

static void y_in_same_size(struct map *m)
{
	old_bucket(m, old_one(m, true))[1] = EVACUATED_Y;
}

static void x_for_y(struct map *m)
{
	uint8_t *top = memchr(old_bucket(m, old_one(m, true)), EVACUATED_Y, SLOTS);

	assert_non_null(top);
	*top = EVACUATED_X;
}

static void wrong_bucket(struct map *m)
{
	copy_cell(m, 0, 0, 1, first_free(m, 1));
	add(m, HMAP_COUNT, 1);
}

static void key_twice(struct map *m)
{
	copy_cell(m, 0, 0, 0, first_free(m, 0));
	add(m, HMAP_COUNT, 1);
}

static void link_to(struct map *m, uint64_t from, uint64_t to)
{
	put_word(m, from + m->type->unit.link, to);
}

static void link_to_itself(struct map *m)
{
	link_to(m, map_bucket(m, false, 0), map_bucket(m, false, 0));
}

static void link_to_another(struct map *m)
{
	link_to(m, map_bucket(m, false, 0), map_bucket(m, false, 1));
}

static void link_to_middle(struct map *m)
{
	link_to(m, map_bucket(m, false, 0), map_bucket(m, false, 1) + 8);
}

static void link_to_nowhere(struct map *m)
{
	link_to(m, map_bucket(m, false, 0), 0xdead0000beefu & word_mask(m->type->target));
}

static void ring(struct map *m)
{
	uint64_t next = map_overflow(m, map_bucket(m, false, with_overflow(m)));

	link_to(m, next, next);
}

/* From the third overflow bucket back to the first. */
static void longer_ring(struct map *m)
{
	uint64_t first = map_overflow(m, map_bucket(m, false, with_overflow(m))), last = first;

	while (map_overflow(m, last))
		last = map_overflow(m, last);
	assert_true(last != first);
	link_to(m, last, first);
}

static void shared(struct map *m)
{
	uint64_t i = with_overflow(m);

	link_to(m, map_bucket(m, false, i ? 0 : 1), map_overflow(m, map_bucket(m, false, i)));
}

static void no_sentinel(struct map *m)
{
	link_to(m,
		map_bucket(
			m, false, maptype_array_buckets(m->type, (unsigned)map_get(m, HMAP_B)) - 1),
		0);
}

static void early_sentinel(struct map *m)
{
	link_to(m, map_bucket(m, false, (uint64_t)map_next_overflow(m)), map_get(m, HMAP_BUCKETS));
}

static void next_ahead(struct map *m)
{
	map_set_extra(m, map_get(m, HMAP_EXTRA), EXTRA_NEXTOVERFLOW,
		extra_word(m, EXTRA_NEXTOVERFLOW) + m->type->unit.size);
}

static void next_astray(struct map *m)
{
	map_set_extra(m, map_get(m, HMAP_EXTRA), EXTRA_NEXTOVERFLOW, map_get(m, HMAP_BUCKETS));
}

static void spare_in_use(struct map *m)
{
	bucket(m, (uint64_t)map_next_overflow(m))[0] = 9;
}

static void list_short(struct map *m)
{
	unsigned word = m->type->target->ptrsize;
	uint64_t list = extra_word(m, EXTRA_OVERFLOW);

	put_word(m, list + word, map_load_word(m, list + word) - 1);
}

static void list_wild(struct map *m)
{
	put_word(m, extra_word(m, EXTRA_OVERFLOW), 0x30);
}

static void wild_key(struct map *m)
{
	put_word(m, map_bucket(m, false, 0) + m->type->unit.keys, 0x40);
}

static void wild_elem(struct map *m)
{
	put_word(m, map_bucket(m, false, 0) + m->type->unit.elems, 0x40);
}

static void endless_key(struct map *m)
{
	unsigned word = m->type->target->ptrsize;

	put_word(
		m, map_bucket(m, false, 0) + m->type->unit.keys + word, word_mask(m->type->target));
}

static void stale_elem(struct map *m)
{
	unsigned i = first_free(m, 0);

	bucket(m, 0)[unit_elem(&m->type->unit, i)] = 1;
}

static void nothing_is_missed(void **state)
{
	static const char many[] = "make 40 ; collide 0 5 ; collide 1 2",
			  chained[] = "make 200 ; collide 3 30",
			  growing[] = "fill 105 ; evacuate 3", linked[] = "make 12 ; collide 1 30";
	static const struct {
		const char *name, *type, *lines;
		void (*plant)(struct map *m);
		enum classic_law law;
	} rows[] = {
		{ "count off", NULL, many, count_off, LAW_COUNT },
		{ "noverflow off", NULL, many, noverflow_off, LAW_NOVERFLOW },
		{ "nevacuate ahead", NULL, growing, nevacuate_ahead, LAW_NEVACUATE },
		{ "nevacuate at end", NULL, growing, nevacuate_at_end, LAW_NEVACUATE },
		{ "writing", NULL, many, writing, LAW_FLAGS },
		{ "same size", NULL, many, same_size, LAW_FLAGS },
		{ "strange flag", NULL, many, strange_flag, LAW_FLAGS },
		{ "wild buckets", NULL, many, wild_buckets, LAW_HEADER },
		{ "wild oldbuckets", NULL, many, wild_old, LAW_HEADER },
		{ "wild extra", NULL, many, wild_extra, LAW_HEADER },
		{ "large B", NULL, many, large_B, LAW_HEADER },
		{ "huge B", NULL, many, huge_B, LAW_HEADER },
		{ "wild hmap", NULL, many, wild_hmap, LAW_HEADER },
		{ "tophash", NULL, many, other_tophash, LAW_TOPHASH },
		{ "early rest", NULL, many, early_rest, LAW_REST },
		{ "mark in new", NULL, many, mark_in_new, LAW_MARKS },
		{ "waiting in use", NULL, growing, waiting_in_use, LAW_WAITING },
		{ "live in evacuated", NULL, growing, live_in_evacuated, LAW_MARKS },
		{ "X for Y", "map[int]int", growing, x_for_y, LAW_MARKS },
		{ "Y in same size", NULL, "make 12 ; collide 1 40 ; grow same", y_in_same_size,
			LAW_MARKS },
		{ "wrong bucket", NULL, many, wrong_bucket, LAW_INDEX },
		{ "key twice", NULL, many, key_twice, LAW_TWICE },
		{ "link to itself", NULL, many, link_to_itself, LAW_CHAIN },
		{ "link to another", NULL, many, link_to_another, LAW_CHAIN },
		{ "link to middle", NULL, many, link_to_middle, LAW_CHAIN },
		{ "link to nowhere", NULL, many, link_to_nowhere, LAW_CHAIN },
		{ "ring", NULL, linked, ring, LAW_CHAIN },
		{ "longer ring", NULL, "make 100 ; collide 1 34", longer_ring, LAW_CHAIN },
		{ "shared", NULL, chained, shared, LAW_SHARED },
		{ "no sentinel", NULL, "make 200", no_sentinel, LAW_SPARE },
		{ "early sentinel", NULL, "make 200", early_sentinel, LAW_SPARE },
		{ "next ahead", NULL, "make 200", next_ahead, LAW_SPARE },
		{ "next astray", NULL, "make 200", next_astray, LAW_SPARE },
		{ "spare in use", NULL, "make 200", spare_in_use, LAW_SPARE },
		{ "list short", "map[int]int", linked, list_short, LAW_LISTS },
		{ "list wild", "map[int]int", linked, list_wild, LAW_LISTS },
		{ "wild string key", "map[string]int", "fill 5", wild_key, LAW_POINTERS },
		{ "endless string key", "map[string]int", "fill 5", endless_key, LAW_POINTERS },
		{ "wild elem", NULL, "insert 1 \"abc\"", wild_elem, LAW_POINTERS },
		{ "wild any", "map[any]int", "fill 5", wild_key, LAW_POINTERS },
		{ "wild error", "map[error]int", "insert \"EOF\" 1", endless_key, LAW_POINTERS },
		{ "wild key object", "map[[150]byte]int", "fill 5", wild_key, LAW_POINTERS },
		{ "wild slice", "map[int][]int", "insert 1 {1, 2}", wild_elem, LAW_POINTERS },
		{ "stale elem", NULL, many, stale_elem, LAW_STALE },
	};
	static const char *const archs[] = { "amd64", "386", "s390x" };
	unsigned seen = 0;

	(void)state;
	for (size_t i = 0; i < LENGTH(rows) * LENGTH(archs); i++) {
		size_t r = i / LENGTH(archs);
		struct session s;
		struct check c;

		rig_open(&s, rows[r].type, archs[i % LENGTH(archs)], false);
		rig_run(&s, rows[r].lines);
		if (!is_sound(&s, "", NULL))
			fail_msg("%s: not sound before", rows[r].name);
		rows[r].plant(&s.world.map);
		if (check_map(&s.world.map, &c) || c.broken[rows[r].law] == 0)
			fail_msg("%s on %s is not found: %s", rows[r].name,
				archs[i % LENGTH(archs)],
				c.count ? c.book->laws[c.list[0].law].name : "nothing is");
		assert_true(c.count > 0 && c.list[0].says.len > 0);
		seen |= 1u << rows[r].law;
		check_free(&c);
		session_close(&s);
	}
	assert_int_equal(seen, (1u << CLASSIC_LAWS) - 1);
}

/* In a script the command stops at a fault, with its name and place. */
static void command_fails(void **state)
{
	struct session s;

	(void)state;
	rig_open(&s, NULL, NULL, true);
	rig_run(&s, "check ; fill 30 ; check");
	bucket(&s.world.map, 0)[7] = EVACUATED_X;
	rig_fails(&s, "check", "check: 2 faults, the first: emptyrest: bucket 0 slot 7: 02 behind "
			       "emptyRest");
	session_close(&s);
}

/* Any bytes: the check ends and touches nothing that is not there. */
static void any_bytes(void **state)
{
	static const char *const types[] = { "map[int]string", "map[any]int", "map[int]int",
		"map[[150]byte]string", "map[struct{ A string; B any }][]string" };
	unsigned long faults = 0;

	(void)state;
	for (unsigned i = 0; i < 3000; i++) {
		struct rig_dice d = { .state = i + 1 };
		const char *arch = i % 2 ? "386" : "amd64";
		struct session s;
		struct check c;
		uint64_t bytes;

		rig_open(&s, types[i % LENGTH(types)], arch, false);
		rig_run(&s, i % 3 ? "fill 54" : "make 30 ; collide 2 25");
		bytes = s.world.heap.state.next_page - s.world.heap.base;
		for (uint64_t n = 1 + rig_below(&d, 40); n > 0; n--)
			*heap_at(&s.world.heap, s.world.heap.base + 0x12000 + rig_below(&d, bytes -
				0x12000)) =
				(uint8_t)rig_roll(&d);
		for (uint64_t n = rig_below(&d, 4); n > 0; n--)
			map_at(&s.world.map, s.world.map.header)[rig_below(&d,
				28)] = (uint8_t)rig_below(&d, 20);
		check_map(&s.world.map, &c);
		faults += c.faults > 0;
		check_free(&c);
		session_close(&s);
	}
	printf("%lu of 3000 were found faulty\n", faults);
	assert_true(faults > 1000);
}

static void nil_map_is_sound(void **state)
{
	struct session s;

	(void)state;
	rig_open(&s, NULL, NULL, true);
	assert_true(is_sound(&s, "", NULL));
	session_close(&s);
}

/* A fault that nobody was told of is not seen until the memory is another. */
static void checked_once_for_each_memory(void **state)
{
	const struct check *first;
	struct session s;
	uint64_t cells;

	(void)state;
	rig_open(&s, NULL, NULL, true);
	rig_run(&s, "fill 200");
	first = session_check(&s);
	cells = first->cells;
	assert_int_equal(first->faults, 0);
	map_at(&s.world.map, s.world.map.header)[0] ^= 1; /* count */
	assert_int_equal(session_check(&s)->faults, 0);
	map_at(&s.world.map, s.world.map.header)[0] ^= 1;
	rig_run(&s, "undo 1");
	assert_int_equal(session_check(&s)->cells, cells - 1);
	rig_run(&s, "redo 1 ; delete 0..9");
	assert_int_equal(session_check(&s)->cells, cells - 10);
	map_at(&s.world.map, s.world.map.header)[0] ^= 1;
	rig_run(&s, "lookup 20 ; undo 1 ; redo 1");
	assert_int_equal(session_check(&s)->broken[LAW_COUNT], 1);
	rig_run(&s, "arch 386");
	assert_int_equal(session_check(&s)->faults, 0);
	session_close(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nil_map_is_sound),
		cmocka_unit_test(silent_on_recordings),
		cmocka_unit_test(silent_on_random_runs),
		cmocka_unit_test(silent_on_large_maps),
		cmocka_unit_test(nothing_is_missed),
		cmocka_unit_test(command_fails),
		cmocka_unit_test(any_bytes),
		cmocka_unit_test(checked_once_for_each_memory),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
