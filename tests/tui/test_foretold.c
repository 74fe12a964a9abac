/* SPDX-License-Identifier: MIT */
/*
 * What explanations say of what happens next, against what does: at each point of random runs the
 * next operation is looked at, and what was said of the slots that it touches before.
 */
#include <inttypes.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model/map/classic/event.h"
#include "model/base/mem.h"
#include "model/map/classic/reading.h"
#include "tests/model/rig.h"
#include "tests/model/states.h"
#include "tui/view/classic/classic_design.h"
#include "tui/view/design.h"
#include "tui/view/explain.h"
#include "tui/view/find.h"

#include <cmocka.h>

/* One operation: its events, and the moment before it. */
struct next {
	struct session *s;
	struct look look;
	const char *where;
	struct map_event *events;
	size_t n;
	bool growing;
	unsigned B;
	unsigned *seen;  /* how often each kind of claim was tried */
};

enum claim {
	CLAIM_GROWS,
	CLAIM_ROOM,
	CLAIM_TAKES,
	CLAIM_LINKS,
	CLAIM_DELETES,
	CLAIM_MOVES,
	CLAIM_NEXT,
	CLAIM_LEFT,
	CLAIM_INSIDE,
	CLAIM_STOPS,
	CLAIM_GOES_ON,
	CLAIMS
};

static const struct map_event *event(const struct next *x, unsigned kind)
{
	for (size_t i = 0; i < x->n; i++)
		if (x->events[i].kind == kind)
			return &x->events[i];
	return NULL;
}

/* What is said of a slot. */
static void words_of(struct next *x, struct place at, struct text *words)
{
	text_clear(words);
	at.addr = classic_bucket(&x->s->world.map, at.array, at.unit, at.link);
	x->look.cursor = at;
	explain_slot(&x->look, words);
}

static bool says(struct next *x, struct place at, const char *part)
{
	struct text words = {0};
	bool is;

	words_of(x, at, &words);
	is = strstr(text_str(&words), part) != NULL;
	text_free(&words);
	return is;
}

static bool field_says(struct next *x, int field, const char *part)
{
	struct text words = {0};
	bool is;

	x->look.field = field;
	look_design(&x->look)->explain.field(&x->look, &words);
	is = strstr(text_str(&words), part) != NULL;
	text_free(&words);
	return is;
}

static bool overflow_says(struct next *x, struct place at, const char *part)
{
	struct text words = {0};
	bool is;

	at.addr = classic_bucket(&x->s->world.map, at.array, at.unit, at.link);
	x->look.cursor = at;
	x->look.part = PART_LINK;
	look_design(&x->look)->explain.byte(&x->look, &words);
	is = strstr(text_str(&words), part) != NULL;
	text_free(&words);
	return is;
}

static bool check(const struct next *x, bool holds, const char *what)
{
	if (!holds)
		print_error("%s: %s\n", x->where, what);
	return holds;
}

/* A new key came: whether a growth did, as the header said. */
static bool check_growth(struct next *x)
{
	const struct map_event *grow = event(x, CLASSIC_GROW);

	if (x->growing)
		return check(x, field_says(x, HMAP_COUNT, "no other starts"), "growing");
	x->seen[grow ? CLAIM_GROWS : CLAIM_ROOM]++;
	if (!grow)
		return check(x,
			field_says(x, HMAP_COUNT, "the array; the new key after that doubles it"),
			"room");
	return check(x,
		field_says(x, HMAP_COUNT,
			classic_of(grow).grow.same
				? "the next new key starts a growth of the same size."
				: "The array is full: the next new key doubles it."),
		"grows");
}

/* Each free slot of the bucket that the new key came to said whether it takes it. */
static bool check_slots(struct next *x, const struct map_event *claim, uint64_t bucket)
{
	bool grew = event(x, CLASSIC_GROW) != NULL, ok = true, linked = true;
	const struct map *m = &x->s->world.map;
	struct place at = {.unit = bucket};

	for (uint64_t a = map_bucket(m, false, bucket); a; a = map_overflow(m, a), at.link++)
		for (at.slot = 0; at.slot < SLOTS; at.slot++) {
			bool taken = at.link == claim->at.link && at.slot == claim->at.slot;

			if (!tophash_empty(map_at(m, a)[at.slot]))
				continue;
			linked = false;
			if (grew)
				ok &= check(x,
					says(x, at, x->growing ? "ends this growth" : " first."),
					"a growth first");
			else
				ok &= check(x,
					says(x, at,
						taken ? "of this bucket takes it"
						      : "takes an earlier slot"),
					"who takes it");
		}
	x->seen[CLAIM_TAKES]++;
	if (!linked || grew)
		return ok;
	x->seen[CLAIM_LINKS]++;
	at.link--;
	return check(x,
		       event(x, CLASSIC_LINK) &&
			       overflow_says(x, at, "an overflow bucket is linked here"),
		       "linked") &&
		ok;
}

static bool waits(const struct next *x, uint64_t bucket)
{
	const struct map *m = &x->s->world.map;

	return x->growing &&
		!map_evacuated(m, map_bucket(m, true, bucket & ((1ull << map_old_B(m)) - 1)));
}

static bool check_claim(struct next *x)
{
	const struct map_event *claim = event(x, EVENT_CLAIM);
	uint64_t bucket;

	if (!claim)
		return true;
	bucket = claim->at.unit & ((1ull << x->B) - 1);
	if (!check_growth(x) || !map_get(&x->s->world.map, HMAP_BUCKETS))
		return false || !map_get(&x->s->world.map, HMAP_BUCKETS);
	if (waits(x, bucket))
		return check(x,
			says(x, (struct place){ .unit = bucket },
				"what belongs here is still there"),
			"waits");
	return check_slots(x, claim, bucket);
}

/* What is left of a deleted cell. */
static bool check_delete(struct next *x)
{
	const struct map_event *gone = event(x, EVENT_DELETE);
	struct place at;

	if (!gone || waits(x, gone->at.unit))
		return true;
	at = (struct place){.unit = gone->at.unit, .link = gone->at.link, .slot = gone->at.slot};
	x->seen[CLAIM_DELETES]++;
	return check(x,
		says(x, at, event(x, CLASSIC_REST) ? "leaves it free" : "leaves a tombstone"),
		"deletes");
}

/* Where cells of the old array go, and that the next write takes those at nevacuate along. */
static bool check_moves(struct next *x)
{
	uint64_t mark = map_get(&x->s->world.map, HMAP_NEVACUATE);
	bool ok = true;

	for (size_t i = 0; x->growing && i < x->n && x->events[i].kind != CLASSIC_GROW; i++) {
		const struct map_event *e = &x->events[i];
		struct place at = {
			.array = true, .unit = e->at.unit, .link = e->at.link, .slot = e->at.slot
		};
		char to[64];

		if (e->kind != CLASSIC_MOVE)
			continue;
		snprintf(to, sizeof to, "bucket %" PRIu64, classic_of(e).move.bucket);
		if (says(x, at, "(X) or "))
			snprintf(to, sizeof to, "%" PRIu64 " (%c)", classic_of(e).move.bucket,
				classic_of(e).move.y ? 'Y' : 'X');
		x->seen[CLAIM_MOVES]++;
		ok &= check(x, says(x, at, to), "moves to");
		x->seen[CLAIM_NEXT] += e->at.unit == mark;
		ok &= check(x, says(x, at, "The next write moves it") == (e->at.unit == mark),
			"is next");
	}
	return ok;
}

/* What the last search of the operation looked at ended where it was said to. */
static bool check_search(struct next *x)
{
	bool insert = event(x, EVENT_CLAIM) || event(x, EVENT_UPDATE), ok = true;

	if (x->growing || !map_get(&x->s->world.map, HMAP_BUCKETS) || event(x, CLASSIC_GROW) ||
		(!insert && !event(x, EVENT_DELETE) && !event(x, EVENT_MISS)))
		return true;
	for (size_t i = 0; i < x->n; i++) {
		const struct map_event *e = &x->events[i];
		struct place at = {.unit = e->at.unit, .link = e->at.link};

		for (unsigned k = 0; e->kind == EVENT_VISIT && k < e->looked; k++) {
			bool ends = seen_kind(e->visit.seen[k]) == SEEN_REST;

			at.slot = event_slot(e, k);
			if (map_at(&x->s->world.map, e->at.addr)[at.slot] != EMPTY_REST)
				continue;
			x->seen[ends ? CLAIM_STOPS : CLAIM_GOES_ON]++;
			ok &= check(x,
				ends ? says(x, at, "a search ends here") || says(x, at, "an insert")
				     : !insert && says(x, at, "delete goes on"),
				"where a search ends");
		}
	}
	return ok;
}

/* Of a cell that was moved: zero, or what it was. */
static bool check_left(struct next *x, struct place at, const uint8_t *before)
{
	const struct maptype *t = x->s->world.map.type;
	const uint8_t *now = map_at(
		&x->s->world.map, classic_bucket(&x->s->world.map, true, at.unit, 0));
	bool wiped = true;

	for (uint32_t i = t->unit.keys; i < t->unit.size; i++)
		wiped &= now[i] == 0;
	x->seen[CLAIM_LEFT]++;
	if (says(x, at, "Key and elem are zero now"))
		return check(x, wiped, "not zero");
	return check(x,
		says(x, at, "Its bytes stay") &&
			memcmp(now + t->unit.keys, before + t->unit.keys,
				t->unit.size - t->unit.keys) == 0,
		"does not stay");
}

/* The first cell that each evacuation moves: in its middle, and when it is over. */
static bool check_inside(struct next *x, uint64_t after)
{
	uint64_t steps = 0;
	bool ok = true;
	struct error err;

	for (size_t i = 0; i + 1 < x->n; i++) {
		const struct map_event *e = &x->events[i];
		struct place at = {.array = true, .unit = e->at.unit, .slot = e->at.slot};
		uint8_t *before;
		bool will;

		steps += 1u + e->looked;
		if (e->kind != CLASSIC_MOVE || e->at.link || x->events[i - 1].kind == CLASSIC_MOVE)
			continue;
		assert_true(session_goto(x->s, after, &err));
		if (!map_growing(&x->s->world.map) || map_get(&x->s->world.map,
			HMAP_OLDBUCKETS) == 0)
			continue;
		before = xmalloc(x->s->world.map.type->unit.size);
		memcpy(before, map_at(&x->s->world.map,
			classic_bucket(&x->s->world.map, true, at.unit, 0)),
			x->s->world.map.type->unit.size);
		ok &= check_left(x, at, before);
		will = says(x, at, "Key and elem are zero now");
		assert_true(session_goto_event(x->s, steps, &err));
		x->seen[CLAIM_INSIDE]++;
		if (map_at(&x->s->world.map, classic_bucket(&x->s->world.map, true, at.unit,
			0))[at.slot] < MIN_TOPHASH)
			ok &= check(x,
				will == says(x, at, "are zeroed once") ||
					says(x, at, "are zero now"),
				"inside");
		free(before);
	}
	return ok;
}

static bool check_point(struct session *s, const char *where, void *seen)
{
	struct next x = {.s = s, .where = where, .seen = seen};
	uint64_t after = s->time.now;
	const struct map_event *e = session_events(s, &x.n);
	struct error err;
	bool ok = true;

	if (!after || !x.n || (e[0].kind != EVENT_HASH && e[0].kind != CLASSIC_BUCKET))
		return true;
	x.events = xmalloc(x.n * sizeof *e);
	memcpy(x.events, e, x.n * sizeof *e);
	assert_true(session_goto(s, after - 1, &err));
	if (s->world.map.header && !event(&x, EVENT_RANGE) && !event(&x, EVENT_NEXT)) {
		look_init(&x.look, s);
		x.growing = map_growing(&s->world.map);
		x.B = (unsigned)map_get(&s->world.map, HMAP_B);
		ok = check_claim(&x) && check_delete(&x) && check_moves(&x) && check_search(&x) &&
			check_inside(&x, after);
		look_free(&x.look);
	}
	free(x.events);
	assert_true(session_goto(s, after, &err));
	return ok;
}

static void test_comes_true(void **state)
{
	unsigned seen[CLAIMS] = {0};

	(void)state;
	each_random("amd64", 200, check_point, seen);
	each_random("386", 100, check_point, seen);
	for (int i = 0; i < CLAIMS; i++)
		if (seen[i] < 20)
			fail_msg("claim %d was tried %u times", i, seen[i]);
}

/* A lookup in vain walks on, or ends, as each path does. */
static void test_lookups_end(void **state)
{
	static const char *const types[] = { "map[int]int", "map[int32]int", "map[string]int",
		"map[float64]int", "map[[2]string]int" };
	static const char *const lines[] = { "make ; insert 1..4 ; lookup 99..99",
		"make 20 ; insert 1..6 ; lookup 99..99", "make 20 ; insert 1..27 ; lookup 98..98" };

	(void)state;
	for (size_t i = 0; i < LENGTH(types) * LENGTH(lines); i++) {
		struct next x = {.where = types[i / LENGTH(lines)]};
		const struct map_event *e;
		struct session s;

		rig_open(&s, x.where, NULL, true);
		rig_run(&s, lines[i % LENGTH(lines)]);
		x.s = &s;
		look_init(&x.look, &s);
		e = session_events(&s, &x.n);
		for (; x.n--; e++)
			for (unsigned k = 0; e->kind == EVENT_VISIT && k < e->looked; k++) {
				struct place at = { .array = e->at.array == ARRAY_OLD,
					.unit = e->at.unit,
					.link = e->at.link,
					.slot = event_slot(e, k) };

				if (map_at(&s.world.map, e->at.addr)[at.slot] != EMPTY_REST)
					continue;
				if (seen_kind(e->visit.seen[k]) == SEEN_REST)
					assert_true(says(&x, at, "a search ends here") ||
						says(&x, at, "a lookup ends here") ||
						says(&x, at, "and a lookup end here"));
				else
					assert_true(says(&x, at, "a lookup goes on") ||
						says(&x, at, "a lookup or a delete goes on"));
			}
		look_free(&x.look);
		session_close(&s);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_comes_true),
		cmocka_unit_test(test_lookups_end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
