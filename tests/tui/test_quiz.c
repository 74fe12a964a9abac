/* SPDX-License-Identifier: MIT */
/*
 * What is asked before a step, against what then happens: at each point of random runs of both
 * designs the answers are compared with the memory before and after the step.
 */
#include <inttypes.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model/map/classic/event.h"
#include "model/map/classic/reading.h"
#include "model/map/engine.h"
#include "model/map/swiss/control.h"
#include "model/map/swiss/event.h"
#include "model/map/swiss/reading.h"
#include "tests/model/rig.h"
#include "tests/model/states.h"
#include "tui/view/quiz.h"

#include <cmocka.h>

/* What memory says at a moment. */
struct facts {
	uint64_t count, live;       /* entries; live slots of what is no old array */
	uint64_t array, arrays;     /* the classic array's address; tables */
	uint64_t slots;
	uint64_t freed;             /* objects that were collected so far */
};

enum claim { CLAIM_STILL, CLAIM_GROWS, CLAIM_SPLITS, CLAIM_PLACE, CLAIM_MOVED, CLAIM_TOMBSTONE,
	CLAIM_FREE, CLAIM_ABSENT, CLAIM_START, CLAIM_CAME, CLAIM_COLLECTED, CLAIM_ANEW,
	CLAIMS };

struct tried {
	unsigned claims[CLAIMS];
	unsigned steps;
};

static uint64_t live_in(const struct map *m, uint64_t addr, uint64_t units)
{
	uint64_t live = 0;

	for (uint64_t i = 0; i < units; i++)
		for (uint64_t a = addr + i * m->type->unit.size; a; a = map_link(m, a))
			live += (uint64_t)__builtin_popcount(map_live_slots(m, a));
	return live;
}

static struct facts facts_of(const struct map *m)
{
	struct facts f = { .count = m->header ? map_count(m) : 0,
		.freed = m->heap->state.freed_objects };

	if (!m->header)
		return f;
	if (m->type->engine->layout.grows_in_parts) {
		f.array = map_get(m, HMAP_BUCKETS);
		f.live = f.array ? live_in(m, f.array, 1ull << map_get(m, HMAP_B)) : 0;
		return f;
	}
	f.arrays = swiss_small(m) ? 0 : swiss_get(m, SWISS_DIR_LEN);
	for (uint64_t i = 0; i < f.arrays; i++) {
		struct groups g = groups_of(m, directory_at(m, i));

		if ((uint64_t)table_index(m, g.table) != i)
			continue;
		f.slots += (g.mask + 1) * SLOTS;
		f.array++;
	}
	return f;
}

static const struct question *asked(const struct quiz *q, const char *part)
{
	for (unsigned i = 0; i < q->count; i++)
		if (strstr(text_str(&q->list[i].asks), part))
			return &q->list[i];
	return NULL;
}

static const struct map_event *event(const struct session *s, unsigned kind)
{
	size_t n;
	const struct map_event *list = session_events(s, &n);

	while (n-- > 0)
		if (list[n].kind == kind)
			return &list[n];
	return NULL;
}

static bool check(const char *where, const struct quiz *q, bool holds, const char *what)
{
	if (!holds)
		print_error("%s: op %" PRIu64 ", %s: %s\n", where, q->point + 1,
			text_str(&q->label), what);
	return holds;
}

/* The place that was foretold holds a key that belongs there. */
static bool check_place(const struct session *s, const char *where, const struct quiz *q,
	const struct map_event *e, struct tried *seen)
{
	const struct map *m = &s->world.map;
	const struct question *bucket = asked(q, "buckets? "), *group = asked(q, "groups takes it"),
		*slot = asked(q, "Which slot"), *table = asked(q, "Which table");
	bool classic = m->type->engine->layout.grows_in_parts, ok = true;
	const uint8_t *key = map_key(m, e->at.addr, e->at.slot);
	bool whole = value_equals_itself(m->heap, m->type->key, key);

	if (!check(where, q, slot != NULL, "no slot is asked for"))
		return false;
	seen->claims[CLAIM_PLACE]++;
	ok &= check(
		where, q, slot->answer == (classic ? e->at.link * SLOTS : 0) + e->at.slot, "slot");
	ok &= check(where, q, map_live(m, e->at.addr, e->at.slot), "a slot that is not live");
	ok &= check(where, q, !bucket || bucket->answer == e->at.unit, "bucket");
	ok &= check(where, q, !bucket || !whole || bucket->answer == map_home(m, key),
		"another bucket");
	ok &= check(where, q, !group || group->answer == e->at.unit, "group");
	ok &= check(where, q, !table || table->answer == e->at.array, "table");
	return ok;
}

/* An array that is not the one before, or a number of tables; the cells that came to it. */
static bool check_growth(const struct session *s, const char *where, const struct quiz *q,
	const struct facts *was, struct tried *seen)
{
	const struct question *grows = asked(q, "oes "), *moved;
	struct facts is = facts_of(&s->world.map);
	bool classic = s->world.map.type->engine->layout.grows_in_parts, ok;
	uint64_t want = classic ? was->array && is.array != was->array
		: was->array && is.array > was->array ? 2 : is.slots > was->slots;
	uint64_t new = is.count - was->count;

	moved = asked(q, "How many cells does it move");
	ok = check(where, q, grows->answer == want, "whether it grows");
	seen->claims[want == 2 ? CLAIM_SPLITS : want ? CLAIM_GROWS : CLAIM_STILL]++;
	if (classic && moved) {
		seen->claims[CLAIM_MOVED]++;
		/* Of two growths in one step the first one's cells have moved on. */
		ok &= check(where, q, moved->answer == is.live - new - (want ? 0 : was->live) ||
			(want && event(s, CLASSIC_GROWN)), "cells moved");
	}
	moved = asked(q, "How many entries move");
	if (!classic && want)
		ok &= check(where, q, moved && moved->answer <= was->count && moved->answer > 0,
			"entries moved");
	return ok & check(where, q, classic || want || !moved, "nothing moved");
}

static bool check_delete(const struct session *s, const char *where, const struct quiz *q,
	const struct facts *was, struct tried *seen)
{
	const struct map *m = &s->world.map;
	const struct question *left = asked(q, "What is left");
	const struct map_event *gone = event(s, EVENT_DELETE);
	unsigned want = 2;
	uint8_t control;

	if (!left)
		return true;
	if (map_count(m) < was->count) {
		control = map_control(m, gone->at.addr, gone->at.slot);
		want = control == EMPTY_ONE || control == CONTROL_DELETED ? 0 : 1;
	}
	seen->claims[CLAIM_TOMBSTONE + want]++;
	return check(where, q, left->answer == want, "what is left");
}

/* The slot where a range starts in a map of one array that is whole; 0: in no such map. */
static uint64_t start_of(const struct map *m, const struct map_event *begin, unsigned *slot)
{
	uint64_t entry = begin->range.draw;

	*slot = begin->at.slot;
	if (m->type->engine->layout.grows_in_parts)
		return map_moving(m) ? 0
			: map_get(m, HMAP_BUCKETS) + begin->at.unit * m->type->unit.size;
	*slot = entry % SLOTS;
	if (swiss_small(m))
		return swiss_get(m, SWISS_DIR_PTR);
	if (swiss_get(m, SWISS_DIR_LEN) > 1)
		return 0;
	entry %= table_get(m, directory_at(m, 0), TABLE_CAPACITY);
	return groups_of(m, directory_at(m, 0)).addr + entry / SLOTS * m->type->unit.size;
}

/* What came first is what lies there, or is not; all that was there came. */
static bool check_range(const struct session *s, const char *where, const struct quiz *q,
	const struct facts *was, struct tried *seen)
{
	const struct map *m = &s->world.map;
	const struct question *there = asked(q, "lies just there"),
		*came = asked(q, "entries come");
	const struct map_event *begin = event(s, EVENT_RANGE);
	const uint8_t *first = m->loop.yielded ? world_loop_key(&s->world, 0) : NULL;
	unsigned slot;
	uint64_t addr;
	bool ok = true;

	if (came && begin) {
		seen->claims[CLAIM_CAME]++;
		ok = check(where, q, came->answer == was->count, "how many come");
	}
	addr = there && begin && first ? start_of(m, begin, &slot) : 0;
	if (!addr || !value_equals_itself(m->heap, m->type->key, first))
		return ok;
	seen->claims[CLAIM_START]++;
	return ok & check(where, q, there->answer == (map_live(m, addr, slot) &&
		memcmp(map_key(m, addr, slot), first, m->type->key->size) == 0), "what is there");
}

static bool check_others(const struct session *s, const char *where, const struct quiz *q,
	const struct facts *was, struct tried *seen)
{
	const struct map *m = &s->world.map;
	const struct question *collected = asked(q, "collected now"),
		*anew = asked(q, "does it take less");
	const struct map_event *e = event(s, EVENT_ANEW);
	bool ok = true;

	if (collected) {
		seen->claims[CLAIM_COLLECTED]++;
		ok = check(where, q, collected->answer ==
			(m->heap->state.freed_objects > was->freed), "whether it collects");
	}
	if (anew) {
		seen->claims[CLAIM_ANEW]++;
		ok &= check(where, q, e && e->anew.after == map_reached(m).bytes &&
			anew->answer == (e->anew.after < e->anew.before ? 0
				: e->anew.after == e->anew.before ? 1 : 2), "what it takes");
	}
	return ok;
}

/* Before the step that led here it is asked about; then it is done again. */
static bool check_step(struct session *s, const char *where, void *data)
{
	struct tried *seen = data;
	uint64_t after = s->time.now;
	struct quiz q = { 0 };
	const struct map_event *e;
	struct facts was;
	struct error err;
	bool ok = true;

	if (!after)
		return true;
	rig_goto(s, after - 1);
	was = facts_of(&s->world.map);
	assert_true(quiz_ask(s, &q, true, &err));
	if (q.lookup) { /* of the point before; the step comes next */
		assert_true(quiz_show(s, &q, &err));
		while (q.lookup)
			assert_true(quiz_ask(s, &q, true, &err));
	}
	assert_int_equal(s->time.now, after - 1);
	assert_int_equal(q.point, after - 1);
	assert_true(quiz_show(s, &q, &err));
	assert_int_equal(s->time.now, after);
	seen->steps += q.count > 0;
	for (unsigned i = 0; ok && i < q.count; i++) {
		const struct question *n = &q.list[i];

		ok = check(where, &q, n->because.len > 0, "no reason") &&
			check(where, &q,
				n->words || (n->answer >= n->least && n->answer <= n->most),
				"out of range");
	}
	e = event(s, EVENT_CLAIM) ? event(s, EVENT_CLAIM) : event(s, EVENT_UPDATE);
	ok = ok && check_range(s, where, &q, &was, seen) &&
		check_others(s, where, &q, &was, seen);
	if (ok && q.count && asked(&q, "oes ") && e && !event(s, EVENT_ANEW))
		ok = check_growth(s, where, &q, &was, seen) && check_place(s, where, &q, e, seen);
	ok = ok && check_delete(s, where, &q, &was, seen);
	quiz_free(&q);
	return ok;
}

static void test_classic_comes_true(void **state)
{
	struct tried seen = { 0 };

	(void)state;
	each_random("amd64", 60, check_step, &seen);
	each_random("386", 30, check_step, &seen);
	for (int i = 0; i < CLAIM_START; i++)
		if (i != CLAIM_SPLITS && seen.claims[i] < 20)
			fail_msg("claim %d was tried %u times", i, seen.claims[i]);
}

static void test_swiss_comes_true(void **state)
{
	struct tried seen = { 0 };

	(void)state;
	each_random_swiss(40, check_step, &seen);
	for (int i = 0; i < CLAIM_START; i++)
		if (i != CLAIM_SPLITS && i != CLAIM_MOVED && seen.claims[i] < 20)
			fail_msg("claim %d was tried %u times", i, seen.claims[i]);
}

/* A table splits only where there are many entries. */
static void test_swiss_splits(void **state)
{
	struct tried seen = { 0 };
	struct session s;

	(void)state;
	rig_open_go(&s, "map[uint16]uint16", NULL, "1.27", true);
	rig_run(&s, "fill 2000");
	for (uint64_t p = 850; p <= s.time.total; p++) {
		rig_goto(&s, p);
		assert_true(check_step(&s, "fill 2000", &seen));
	}
	assert_true(seen.claims[CLAIM_SPLITS] >= 3);
	session_close(&s);
}

/* Ranges, collections, maps made anew, of both designs, in the middle of a growth too. */
static void test_others_come_true(void **state)
{
	static const char *const releases[] = { "1.19", "1.27" };
	static const char lines[] = "fill 27 ; range all ; range 3 ; delete 0..9 ; next all ; "
		"insert 40..60 ; range ; range all ; gc ; gc ; rebuild ; range all ; clone ; "
		"delete 0..60 ; rebuild ; range ; fill 5 ; range all ; range all ; gc";
	struct tried seen = { 0 };

	(void)state;
	for (int i = 0; i < 60; i++) {
		char random[24];
		struct session s;

		rig_open_go(&s, "map[int]string", NULL, releases[i % 2], true);
		snprintf(random, sizeof random, "random %d", i + 1);
		rig_run(&s, random);
		rig_run(&s, lines);
		for (uint64_t p = 1; p <= s.time.total; p++) {
			rig_goto(&s, p);
			assert_true(check_step(&s, random, &seen));
		}
		session_close(&s);
	}
	for (int i = CLAIM_START; i < CLAIMS; i++)
		if (seen.claims[i] < 100)
			fail_msg("claim %d was tried %u times", i, seen.claims[i]);
}

static void said(const struct question *n, const char *typed, enum quiz_result want,
	const char *words)
{
	struct text out = { 0 };

	assert_int_equal(quiz_answer(n, typed, &out), want);
	assert_string_equal(text_str(&out), words);
	text_free(&out);
}

/* Wrong answers are told, what can be none is asked for again. */
static void test_answers(void **state)
{
	struct session s;
	struct quiz q = { 0 };
	struct error err;

	(void)state;
	rig_open(&s, NULL, NULL, true);
	rig_run(&s, "insert 1..9");
	rig_goto(&s, 9);
	assert_true(quiz_ask(&s, &q, false, &err));
	assert_int_equal(q.point, 9);
	assert_string_equal(text_str(&q.label), "insert 9");
	assert_int_equal(q.count, 4);
	said(&q.list[0], "yes", QUIZ_RIGHT,
		"Right: yes. 9 entries would be more than 8: 2 buckets.");
	said(&q.list[0], " Y. ", QUIZ_RIGHT,
		"Right: yes. 9 entries would be more than 8: 2 buckets.");
	said(&q.list[0], "no", QUIZ_OTHER,
		"Not quite: yes. 9 entries would be more than 8: 2 buckets.");
	said(&q.list[0], "", QUIZ_TOLD,
		"The answer: yes. 9 entries would be more than 8: 2 buckets.");
	said(&q.list[0], "maybe", QUIZ_UNREADABLE,
		"No answer: \"maybe\". It is one of: no or yes; Enter alone shows it.");
	said(&q.list[1], "bucket 1", QUIZ_RIGHT,
		"Right: bucket 1. The low 1 bit, 1, is its number.");
	said(&q.list[1], "2", QUIZ_UNREADABLE,
		"That cannot be: \"2\". It is one of: 0 to 1; Enter alone shows it.");
	said(&q.list[1], "1 or 0", QUIZ_UNREADABLE,
		"No answer: \"1 or 0\". It is one of: 0 to 1; Enter alone shows it.");
	said(&q.list[3], "7", QUIZ_OTHER,
		"Not quite: 8. Old bucket 0: 4 to X, 4 to Y; the growth is over.");
	quiz_free(&q);
	session_close(&s);
}

/* Of a long run what begins is asked about, and the one before; lookups in between. */
static void test_what_is_asked(void **state)
{
	static const char want[] = "1 8 9 10? 10 11 ";
	struct text steps = { 0 };
	struct session s;
	struct quiz q = { 0 };
	struct error err;

	(void)state;
	rig_open(&s, NULL, NULL, true);
	rig_run(&s, "make ; insert 0..8 ; lookup 3 ; delete 4 ; range");
	rig_goto(&s, 0);
	while (quiz_ask(&s, &q, false, &err)) {
		text_printf(&steps, "%" PRIu64 "%s ", q.point, q.lookup ? "?" : "");
		assert_true(quiz_show(&s, &q, &err));
	}
	assert_string_equal(err.msg, "");
	assert_string_equal(text_str(&steps), want);
	text_free(&steps);
	quiz_free(&q);
	session_close(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_classic_comes_true),
		cmocka_unit_test(test_swiss_comes_true),
		cmocka_unit_test(test_swiss_splits),
		cmocka_unit_test(test_others_come_true),
		cmocka_unit_test(test_answers),
		cmocka_unit_test(test_what_is_asked),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
