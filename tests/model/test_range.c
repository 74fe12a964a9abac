/* SPDX-License-Identifier: MIT */
/*
 * Range loops: the order of entries, told step by step; loops that are gone on with while the
 * map changes. That the order is the runtime's is compared with recordings (tests/oracle).
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model/map/classic/event.h"
#include "model/map/classic/reading.h"
#include "model/session/command.h"
#include "tests/model/rig.h"

#include <cmocka.h>

/* The keys that came, in their order. */
static void order(const struct session *s, struct text *out)
{
	text_clear(out);
	for (uint64_t i = 0; i < s->world.map.loop.yielded; i++) {
		text_add(out, i ? " " : "");
		value_format(&s->world.heap, s->world.map.type->key, world_loop_key(&s->world, i),
			out, 0);
	}
}

static void check_order(struct session *s, const char *lines, const char *want)
{
	struct text got = { 0 };

	rig_run(s, lines);
	order(s, &got);
	if (strcmp(text_str(&got), want) != 0)
		fail_msg("%s:\n got %s\nwant %s", lines, text_str(&got), want);
	text_free(&got);
}

/* In one bucket the order is that of the slots, from the start on and round. */
static void one_bucket(void **state)
{
	struct session s;

	(void)state;
	rig_open(&s, "map[int]int", NULL, true);
	rig_run(&s, "insert 0..5");
	check_order(&s, "range all from 0 0", "0 1 2 3 4 5");
	assert_true(s.world.map.loop.over);
	check_order(&s, "range all from 0 4", "4 5 0 1 2 3");
	check_order(&s, "range 2 from 0 7", "0 1");
	assert_false(s.world.map.loop.over);
	check_order(&s, "next", "0 1 2");
	/* What is deleted before its turn does not come; what is inserted behind it does. */
	check_order(&s, "delete 4 ; insert 9 ; insert 10 ; next all", "0 1 2 3 9 5 10");
	assert_true(s.world.map.loop.over);
	rig_fails(&s, "next", "next: the range loop is over: all its 7 entries came");
	session_close(&s);
}

/* What `range` alone does stays what it was: the flags, and that is all. */
static void left_at_once(void **state)
{
	struct session s;

	(void)state;
	rig_open(&s, "map[int]int", NULL, true);
	rig_run(&s, "range");
	assert_int_equal(map_get(&s.world.map, HMAP_FLAGS), 0);
	rig_run(&s, "insert 0..5 ; range");
	assert_int_equal(map_get(&s.world.map, HMAP_FLAGS), FLAG_ITERATOR | FLAG_OLD_ITERATOR);
	assert_int_equal(s.world.map.loop.yielded, 1);
	rig_fails(&s, "next",
		"next: the range loop was left: range N stops in one and stays in it");
	rig_run(&s, "range 1 ; next");
	rig_run(&s, "make");
	rig_fails(&s, "next", "next: no range loop is under way: range N begins one");
	session_close(&s);
}

static int by_number(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return x < y ? -1 : x > y;
}

/* Each of the keys 0 to n - 1 came once. */
static void check_all(const struct session *s, int64_t n)
{
	int64_t *keys = calloc((size_t)n + 1, sizeof *keys);

	assert_int_equal(s->world.map.loop.yielded, n);
	for (int64_t i = 0; i < n; i++)
		memcpy(&keys[i], world_loop_key(&s->world, (uint64_t)i), sizeof keys[i]);
	qsort(keys, (size_t)n, sizeof *keys, by_number);
	for (int64_t i = 0; i < n; i++)
		assert_int_equal(keys[i], i);
	free(keys);
}

/* Whole walks at every stage of a growth, and the growth going on in the midst of them. */
static void each_key_comes_once(void **state)
{
	(void)state;
	for (unsigned moved = 0; moved < 5; moved++) {
		for (unsigned before = 0; before < 60; before += 7) {
			struct session s;
			char line[96];

			rig_open(&s, "map[int]int", NULL, moved % 2);
			rig_run(&s, "insert 0..52");
			assert_true(map_growing(&s.world.map));
			snprintf(line, sizeof line, "evacuate %u ; range %u", moved, before + 1);
			rig_run(&s, line);
			while (!s.world.map.loop.over) {
				if (map_growing(&s.world.map))
					rig_run(&s, "evacuate");
				rig_run(&s, "next 5");
			}
			check_all(&s, 53);
			session_close(&s);
		}
	}
}

/* Begun before a growth, or two of them: the array of the beginning is walked to its end. */
static void grown_since(void **state)
{
	struct session s;
	struct error err;
	uint64_t now;

	(void)state;
	for (int history = 0; history < 2; history++) {
		rig_open(&s, "map[int]string", NULL, history);
		rig_run(&s, "insert 0..25 ; range 5 ; insert 26..300 ; next all");
		assert_true(s.world.map.loop.over && s.world.map.loop.yielded >= 26);
		for (uint64_t i = 0; i < s.world.map.loop.yielded; i++) {
			int64_t key;

			memcpy(&key, world_loop_key(&s.world, i), sizeof key);
			assert_in_range(key, 0, 25);
		}
		assert_int_equal(s.world.map.loop.yielded, 26);
		if (history) {
			/* The past knows the loop as it was then. */
			now = s.time.now;
			assert_true(session_goto(&s, 28, &err));
			assert_int_equal(s.world.map.loop.yielded, 5);
			assert_true(session_goto(&s, now, &err));
			assert_int_equal(s.world.map.loop.yielded, 26);
		}
		session_close(&s);
	}
}

/* Entries that are deleted, updated and cleared while the loop is elsewhere. */
static void changed_since(void **state)
{
	static const char *const releases[] = { "1.19", "1.21" };
	struct session s;
	struct error err;

	(void)state;
	rig_open(&s, "map[int]int", NULL, true);
	rig_run(&s, "insert 0..25 ; range 1 from 0 0 ; insert 26 ; delete 0..25 ; next all");
	assert_int_equal(s.world.map.loop.yielded, 1);
	session_close(&s);
	/* Since 1.21 clear ends a loop; before, one in an old bucket still finds what was there. */
	for (size_t i = 0; i < LENGTH(releases); i++) {
		rig_open(&s, "map[int]int", NULL, true);
		assert_true(session_set_release(&s, releases[i], &err));
		rig_run(&s, "make 26 ; insert 0..26 ; delete 26 ; insert 27 ; make ; insert 0..7");
		rig_run(&s, "insert 8 ; range 1 ; clear ; next all");
		assert_true(s.world.map.loop.over);
		session_close(&s);
	}
}

/* The header that counts clears: a loop knows of one, also when it comes out of a file. */
static void cleared_since(void **state)
{
	struct session s, again;
	struct error err;
	char *want, *got;
	FILE *in;

	(void)state;
	rig_open(&s, "map[int]int", NULL, true);
	rig_run(&s, "go go1.25.12 X:noswissmap ; insert 0..40 ; range 3 ; clear ; insert 100..105");
	assert_int_equal(map_get(&s.world.map, HMAP_CLEAR_SEQ), 1);
	assert_int_equal(s.world.map.loop.classic.clears, 0);
	want = rig_document(&s);
	in = fmemopen(want, strlen(want), "r");
	rig_open(&again, NULL, NULL, true);
	if (!session_open_stream(&again, in, "document", &err))
		fail_msg("%s", err.msg);
	fclose(in);
	assert_null(again.world.map.fixed);
	assert_int_equal(map_get(&again.world.map, HMAP_CLEAR_SEQ), 1);
	assert_int_equal(again.world.map.loop.classic.clears, 0);
	got = rig_document(&again);
	assert_string_equal(got, want);
	free(got);
	free(want);
	session_close(&again);
	session_close(&s);
}

/* The same seed, the same order; the draw is told, and can be given. */
static void drawn_by_the_seed(void **state)
{
	struct session a, b;
	struct text first = { 0 }, line = { 0 };
	const struct map_event *e;
	size_t n;

	(void)state;
	rig_open(&a, NULL, NULL, true);
	rig_open(&b, NULL, NULL, true);
	rig_run(&a, "fill 100 ; range all");
	order(&a, &first);
	check_order(&b, "fill 100 ; range all", text_str(&first));
	e = session_trace(&a, &n);
	assert_int_equal(e[0].kind, EVENT_RANGE);
	assert_int_equal(e[0].at.unit, a.world.map.loop.classic.start);
	assert_int_equal(e[0].at.slot, a.world.map.loop.classic.offset);
	text_printf(&line, "range all from %llu %u",
		(unsigned long long)a.world.map.loop.classic.start,
		a.world.map.loop.classic.offset);
	check_order(&b, text_str(&line), text_str(&first));
	/* Another draw is another order. */
	rig_run(&a, "range all");
	order(&a, &line);
	assert_string_not_equal(text_str(&line), text_str(&first));
	text_free(&first);
	text_free(&line);
	session_close(&a);
	session_close(&b);
}

/* Each entry is a step of its own, numbered; empty slots and other halves are steps, too. */
static void steps_of_a_walk(void **state)
{
	struct session s;
	uint64_t came = 0, allocs = 0, elsewhere = 0, waits = 0, wraps = 0, ends = 0;
	const struct map_event *e;
	size_t n, all;

	(void)state;
	rig_open(&s, "map[int]int", NULL, true);
	rig_run(&s, "insert 0..26 ; range all from 3 2");
	e = session_trace(&s, &n);
	for (size_t i = 0; i < n; i++, e++) {
		waits += e->kind == CLASSIC_BUCKET && classic_of(e).bucket.why == CHOICE_TURN_WAITS;
		wraps += e->kind == EVENT_WRAP;
		allocs += e->kind == EVENT_ALLOC;
		ends += e->kind == EVENT_END && e->at.unit == 3;
		if (e->kind != EVENT_VISIT)
			continue;
		assert_int_equal(e->at.slot, 2);
		assert_int_equal(e->looked, SLOTS);
		assert_int_equal(e->visit.yielded, came);
		for (unsigned k = 0; k < e->looked; k++) {
			came += seen_kind(e->visit.seen[k]) == SEEN_YIELD;
			elsewhere += seen_kind(e->visit.seen[k]) == SEEN_ELSEWHERE;
		}
		assert_int_equal(event_yielded(e, e->looked), came);
	}
	assert_int_equal(came, 27);
	assert_true(waits > 0 && waits % 2 == 0);
	assert_true(elsewhere > 0);
	assert_int_equal(wraps, 1);
	assert_int_equal(ends, 1);
	/* The lists that keep overflow buckets, as these buckets have no pointers; the draw; for
	   each of eight buckets its turn, the walk and eight slots; wrap and end. */
	session_step(&s, &all);
	assert_int_equal(allocs, 2);
	assert_int_equal(all, allocs + 1 + 8 * (2 + SLOTS) + 2);
	e = session_trace(&s, &n);
	assert_ptr_equal(event_range(e, n), e + allocs);
	session_close(&s);
}

/* NaNs are never looked up; keys behind pointers and strings come as they are. */
static void other_keys(void **state)
{
	struct session s;

	(void)state;
	rig_open(&s, "map[float64]int", NULL, true);
	rig_run(&s, "insert NaN ; insert NaN ; insert NaN ; insert 1..5");
	rig_run(&s, "range 2 ; insert 6..40 ; next all");
	assert_int_equal(s.world.map.loop.yielded, 8);
	session_close(&s);
	rig_open(&s, "map[string]int", "386", true);
	rig_run(&s, "insert \"a\" ; insert \"bc\"");
	check_order(&s, "range all from 0 1", "\"bc\" \"a\"");
	session_close(&s);
	rig_open(&s, "map[[40]int32]int", NULL, true);
	rig_run(&s, "insert 0..25 ; range 3 ; insert 26..90 ; next all");
	assert_int_equal(s.world.map.loop.yielded, 26);
	session_close(&s);
	rig_open(&s, "map[struct{}]int", NULL, true);
	rig_run(&s, "insert {}");
	check_order(&s, "range all", "{}");
	session_close(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(one_bucket),
		cmocka_unit_test(left_at_once),
		cmocka_unit_test(each_key_comes_once),
		cmocka_unit_test(grown_since),
		cmocka_unit_test(changed_since),
		cmocka_unit_test(cleared_since),
		cmocka_unit_test(drawn_by_the_seed),
		cmocka_unit_test(steps_of_a_walk),
		cmocka_unit_test(other_keys),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
