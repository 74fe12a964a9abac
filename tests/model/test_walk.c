/* SPDX-License-Identifier: MIT */
/*
 * What the events say a search looks at, against the loops of runtime/map.go, map_fast32.go,
 * map_fast64.go and map_faststr.go; and that a search that is told of finds the same.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "model/map/classic/event.h"
#include "model/map/classic/reading.h"
#include "model/session/command.h"
#include "tests/model/rig.h"

#include <cmocka.h>

static char seen_letter(unsigned seen)
{
	switch (seen_kind(seen)) {
	case SEEN_TOPHASH:
		return 't';
	case SEEN_LENGTH:
		return 'l';
	case SEEN_ENDS:
		return 'e';
	case SEEN_MAYBE:
		return 'm';
	case SEEN_KEY:
		return 'k';
	case SEEN_EQUAL:
		return '=';
	case SEEN_STALE:
		return 's';
	case SEEN_EMPTY:
		return 'o';
	case SEEN_REST:
		return '.';
	default:
		break;
	}
	return '?';
}

static void tell_visit(const struct map_event *e, struct text *out)
{
	text_printf(out, " %s%llu", e->at.array == ARRAY_OLD ? "old" : "",
		(unsigned long long)e->at.unit);
	if (e->at.link)
		text_printf(out, "+%u", e->at.link);
	text_addc(out, '[');
	for (unsigned i = 0; i < e->looked; i++) {
		unsigned seen = e->visit.seen[i];

		text_addc(out, seen_letter(seen));
		if (seen & SEEN_IN_EMPTY)
			text_addc(out, '\'');
		if (seen & SEEN_REMEMBERED)
			text_addc(out, '!');
	}
	text_addc(out, ']');
}

/* The events that a search makes, in short. */
static void tell(const struct session *s, struct text *out)
{
	static const char *const choices[] = { [CHOICE_ONLY] = "only", [CHOICE_BITS] = "bits",
		[CHOICE_WAITS] = "waits", [CHOICE_MOVED] = "moved", [CHOICE_WRITE] = "write" };
	size_t n;
	const struct map_event *e = session_events(s, &n);

	text_clear(out);
	for (size_t i = 0; i < n; i++, e++) {
		switch (e->kind) {
		case EVENT_HASH:
			text_add(out, " hash");
			break;
		case CLASSIC_BUCKET:
			text_printf(out, " %s", choices[classic_of(e).bucket.why]);
			break;
		case EVENT_VISIT:
			tell_visit(e, out);
			break;
		case EVENT_COMPARE:
			text_add(out, e->compare.equal ? " equal" : " other");
			break;
		case EVENT_FOUND:
		case EVENT_UPDATE:
		case EVENT_CLAIM:
		case EVENT_DELETE:
			text_printf(out, " %s %u", e->kind == EVENT_FOUND ? "found"
					: e->kind == EVENT_UPDATE ? "update"
					: e->kind == EVENT_CLAIM ? "claim" : "delete", e->at.slot);
			break;
		case EVENT_MISS:
			text_add(out, e->miss.empty ? " none" : " miss");
			break;
		case CLASSIC_GROW:
		case CLASSIC_WORK:
			text_add(out, e->kind == CLASSIC_GROW ? " grow" : " work");
			break;
		default:
			break;
		}
	}
}

static void check_walk(struct session *s, const char *line, const char *want)
{
	struct text got = { 0 };

	rig_run(s, line);
	tell(s, &got);
	if (strcmp(text_str(&got), want) != 0)
		fail_msg("%s, %s:\n got %s\nwant %s", s->world.map.type->asked, line,
			text_str(&got), want);
	text_free(&got);
}

#define LONG "abcdefghijklmnopqrstuvwxyz0123456789" /* 36 bytes */
#define LONG_MIDDLE "abcdefghijklmnop-rstuvwxyz0123456789"
#define LONG_MIDDLE2 "abcdefghijklmnop+rstuvwxyz0123456789"
#define LONG_END "abcdefghijklmnopqrstuvwxyz012345678!"

/* One bucket: where slots are and what they hold does not depend on the hash. */
static void one_bucket(void **state)
{
	static const struct {
		const char *type, *before, *line, *want;
	} rows[] = {
		/* mapaccess_fast64: keys first, no hash, no stop at emptyRest */
		{ "map[int]int", "insert 1..3", "lookup 2", " only 0[k=] found 1" },
		{ "map[int]int", "insert 1..3", "lookup 9", " only 0[kkkk'k'k'k'k'] miss" },
		{ "map[int]int", "insert 1..3", "lookup 0", " only 0[kkksssss] miss" },
		{ "map[int]int", "insert 1..3 ; delete 2", "lookup 2",
			" only 0[kskk'k'k'k'k'] miss" },
		{ "map[int32]int", "insert 1..3", "lookup 3", " only 0[kk=] found 2" },
		{ "map[int]int", "make", "lookup 3", " none" },
		{ "map[int]int", "make", "delete 3", " none" },
		/* mapassign_fast64: empty or not first, then keys */
		{ "map[int]int", "insert 1..3", "insert 4", " hash bits 0[kkk.!] claim 3" },
		{ "map[int]int", "insert 1..3 ; delete 2", "insert 4",
			" hash bits 0[ko!k.] claim 1" },
		{ "map[int]int", "insert 1..4 ; delete 2..3", "insert 4",
			" hash bits 0[ko!o=] update 3" },
		/* mapdelete_fast64: keys first */
		{ "map[int]int", "insert 1..3", "delete 3", " hash bits 0[kk=] delete 2" },
		{ "map[int]int", "insert 1..3", "delete 7", " hash bits 0[kkkk'k'k'k'k'] miss" },
		/* mapaccess: tophash first; emptyRest ends it */
		{ "map[int16]int", "insert 1..3", "lookup 9", " hash bits 0[ttt.] miss" },
		{ "map[int16]int", "insert 1..3 ; delete 2", "lookup 3",
			" hash bits 0[to=] found 2" },
		{ "map[int16]int", "insert 1..3 ; delete 2", "insert 9",
			" hash bits 0[to!t.] claim 1" },
		{ "map[int16]int", "insert 1..3 ; delete 2", "delete 9",
			" hash bits 0[tot.] miss" },
		/* mapaccess_faststr, one bucket: lengths first, no hash for a short key */
		{ "map[string]int", "insert \"a\" ; insert \"bb\" ; insert \"cc\"", "lookup \"cc\"",
			" only 0[lk=] found 2" },
		{ "map[string]int", "insert \"a\" ; insert \"bb\" ; insert \"cc\"", "lookup \"dd\"",
			" only 0[lkk.] miss" },
		{ "map[string]int", "insert \"a\" ; insert \"bb\" ; insert \"cc\" ; delete \"bb\"",
			"lookup \"dd\"", " only 0[lok.] miss" },
		{ "map[string]int", "insert \"a\" ; insert \"bb\" ; insert \"cc\" ; delete \"bb\"",
			"lookup \"e\"", " only 0[kl'l.] miss" },
		/* a long one: ends, then all bytes of the one that may be it */
		{ "map[string]int", "insert \"a\" ; insert \"" LONG "\" ; insert \"" LONG_END "\"",
			"lookup \"" LONG "\"", " only 0[lme.] equal found 1" },
		{ "map[string]int", "insert \"" LONG_MIDDLE "\" ; insert \"b\"",
			"lookup \"" LONG "\"", " only 0[ml.] other miss" },
		/* two that may be it: the hash is needed after all, and then all slots are looked
		   at */
		{ "map[string]int", "insert \"" LONG_MIDDLE "\" ; insert \"" LONG "\"",
			"lookup \"" LONG "\"", " only 0[mm] hash bits 0[t=] found 1" },
		{ "map[string]int", "insert \"" LONG_MIDDLE "\" ; insert \"" LONG "\"",
			"lookup \"" LONG_MIDDLE2 "\"",
			" only 0[mm] hash bits 0[ttl'l'l'l'l'l'] miss" },
		/* mapassign_faststr and mapdelete_faststr */
		{ "map[string]int", "insert \"a\" ; insert \"bb\"", "insert \"cc\"",
			" hash bits 0[tt.!] claim 2" },
		{ "map[string]int", "insert \"a\" ; insert \"bb\"", "delete \"cc\"",
			" hash bits 0[ltl'l'l'l'l'l'] miss" },
		{ "map[string]int", "insert \"a\" ; insert \"bb\"", "delete \"bb\"",
			" hash bits 0[l=] delete 1" },
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(rows); i++) {
		struct session s;

		rig_open(&s, rows[i].type, NULL, true);
		rig_run(&s, rows[i].before);
		check_walk(&s, rows[i].line, rows[i].want);
		session_close(&s);
	}
}

/* Chains and growth; the keys are such that generated ones land where they are wanted. */
static void chains(void **state)
{
	struct session s;

	(void)state;
	rig_open(&s, "map[int]int", NULL, true);
	rig_run(&s, "make 20 ; collide 2 9");
	check_walk(&s, "collide 2", " hash bits 2[kkkkkkkk] 2+1[k.!] claim 1");
	/* A key of bucket 2 that is not there: a lookup goes on behind emptyRest, an insert not. */
	rig_run(&s, "collide 2 ; undo");
	check_walk(&s, "redo", " hash bits 2[kkkkkkkk] 2+1[kk.!] claim 2");
	session_close(&s);

	rig_open(&s, "map[int16]int", NULL, true);
	rig_run(&s, "make 20 ; collide 2 9");
	check_walk(&s, "collide 2", " hash bits 2[tttttttt] 2+1[t.!] claim 1");
	session_close(&s);
}

/* While growing: which array, and why. */
static void growth(void **state)
{
	struct session s;
	uint64_t mark;
	unsigned waits = 0, moved = 0;

	(void)state;
	rig_open(&s, "map[int]int", NULL, true);
	rig_run(&s, "insert 0..26");
	mark = map_get(&s.world.map, HMAP_NEVACUATE);
	assert_true(map_growing(&s.world.map) && mark > 0 && mark < 4);
	for (int i = 0; i < 27; i++) {
		char line[32];
		size_t n;
		const struct map_event *e;

		snprintf(line, sizeof line, "lookup %d", i);
		rig_run(&s, line);
		e = session_events(&s, &n);
		assert_int_equal(e[0].kind, EVENT_HASH);
		assert_int_equal(e[1].kind, CLASSIC_BUCKET);
		assert_int_equal(e[n - 1].kind, EVENT_FOUND);
		assert_int_equal(classic_of(&e[1]).bucket.wanted, e[0].hash.hash & 7);
		if (map_evacuated(&s.world.map, map_bucket(&s.world.map, true,
			e[0].hash.hash & 3))) {
			assert_int_equal(classic_of(&e[1]).bucket.why, CHOICE_MOVED);
			assert_int_equal(e[1].at.array, ARRAY_PRESENT);
			assert_int_equal(e[1].at.unit, e[0].hash.hash & 7);
			moved++;
		} else {
			assert_int_equal(classic_of(&e[1]).bucket.why, CHOICE_WAITS);
			assert_int_equal(e[1].at.array, ARRAY_OLD);
			assert_int_equal(e[1].at.unit, e[0].hash.hash & 3);
			waits++;
		}
	}
	assert_true(waits && moved);
	session_close(&s);
}

/* An insert that starts a growth searches twice, and works on the growth between. */
static void a_growth_searches_again(void **state)
{
	struct session s;

	(void)state;
	rig_open(&s, "map[int16]int", NULL, true);
	rig_run(&s, "insert 0..7");
	check_walk(&s, "insert 8", " hash bits 0[tttttttt] grow write work 1[tttttt.!] claim 6");
	session_close(&s);
}

/* Where one is: which step of how many, and the memory's checksum. */
static void note_state(struct session *s, struct text *out)
{
	size_t all, step = session_step(s, &all);

	text_printf(out, "%llu %zu/%zu %d %llx\n", (unsigned long long)s->time.now, step, all,
		s->shown.inside, (unsigned long long)rig_memory(s));
}

/* Each step back is the way of a step forth, also through a lookup at the end. */
static void forth_and_back(void **state)
{
	enum { MOST = 4000 };
	static struct text states[MOST];
	struct session s;
	struct error err;
	int n = 0;

	(void)state;
	rig_open(&s, "map[string]int", NULL, true);
	rig_run(&s, "insert 0..12 ; delete 3..3 ; insert 40..40 ; undo 99");
	for (;; n++) {
		assert_true(n < MOST);
		text_clear(&states[n]);
		note_state(&s, &states[n]);
		if (!session_step_event(&s, true, &err))
			break;
	}
	assert_string_equal(err.msg, "this is the end");
	assert_true(n > 100);
	for (int i = n; i > 0; i--) {
		struct text now = { 0 };

		assert_true(session_step_event(&s, false, &err));
		note_state(&s, &now);
		assert_string_equal(text_str(&now), text_str(&states[i - 1]));
		text_free(&now);
	}
	assert_false(session_step_event(&s, false, &err));
	for (int i = 0; i <= n; i++)
		text_free(&states[i]);
	session_close(&s);
}

/* A lookup is walked through from its beginning and stays at its end; nothing changes. */
static void a_lookup_is_walked_through(void **state)
{
	struct session s;
	struct error err;
	size_t all, step;
	uint64_t memory;

	(void)state;
	rig_open(&s, "map[int16]int", NULL, true);
	rig_run(&s, "insert 1..5");
	memory = rig_memory(&s);
	rig_run(&s, "lookup 3");
	assert_false(s.shown.inside);
	/* hash, bucket, visit, three slots, found */
	for (size_t i = 1; i <= 7; i++) {
		assert_true(session_step_event(&s, true, &err));
		step = session_step(&s, &all);
		assert_int_equal(step, i);
		assert_int_equal(all, 7);
		assert_true(s.shown.inside && s.shown.probe_label && !session_half_done(&s));
		assert_int_equal(rig_memory(&s), memory);
	}
	assert_false(session_step_event(&s, true, &err));
	assert_string_equal(err.msg, "this is the end");
	assert_non_null(s.shown.probe_label);
	for (size_t i = 6; i >= 1; i--) {
		assert_true(session_step_event(&s, false, &err));
		assert_int_equal(session_step(&s, &all), i);
	}
	/* Before it is the operation that came before. */
	assert_true(session_step_event(&s, false, &err));
	assert_null(s.shown.probe_label);
	assert_false(s.shown.inside);
	assert_int_equal(s.time.now, s.time.total);
	/* From the whole lookup one goes back into it, too. */
	rig_run(&s, "lookup 3");
	assert_true(session_step_event(&s, false, &err));
	assert_int_equal(session_step(&s, &all), 6);
	/* With operations to come, `.` goes on with them after it. */
	rig_run(&s, "undo ; lookup 3");
	for (size_t i = 0; i < 8; i++)
		assert_true(session_step_event(&s, true, &err));
	assert_null(s.shown.probe_label);
	assert_int_equal(s.time.now, s.time.total);
	assert_true(s.shown.inside && s.shown.events == 1);
	session_close(&s);
}

/* Told of or not, a search finds the same. */
static void told_or_not(void **state)
{
	static const char *const types[] = { "map[int]string", "map[int32]int8", "map[string]int",
		"map[int16]int", "map[float64]int", "map[[40]int32]int" };
	struct rig_dice dice = { 5 };

	(void)state;
	for (size_t t = 0; t < LENGTH(types); t++) {
		struct session told, quick;
		struct text a = { 0 }, b = { 0 };

		rig_open(&told, types[t], t % 2 ? "386" : NULL, true);
		rig_open(&quick, types[t], t % 2 ? "386" : NULL, false);
		for (int i = 0; i < 600; i++) {
			char line[48];
			const char *const verbs[] = { "insert", "insert", "delete", "lookup" };
			unsigned long long k = rig_below(&dice, 90);

			snprintf(line, sizeof line, "%s %llu..%llu", verbs[rig_below(&dice, 4)], k,
				k);
			rig_run(&told, line);
			rig_run(&quick, line);
		}
		rig_state(&told, &a);
		rig_state(&quick, &b);
		assert_string_equal(text_str(&a), text_str(&b));
		text_free(&a);
		text_free(&b);
		session_close(&told);
		session_close(&quick);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(one_bucket),
		cmocka_unit_test(chains),
		cmocka_unit_test(growth),
		cmocka_unit_test(a_growth_searches_again),
		cmocka_unit_test(forth_and_back),
		cmocka_unit_test(a_lookup_is_walked_through),
		cmocka_unit_test(told_or_not),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
