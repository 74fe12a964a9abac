/* SPDX-License-Identifier: MIT */
/* The books that are kept equal those that are made anew, wherever in time one goes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model/session/books.h"
#include "model/map/classic/reading.h"
#include "tests/model/rig.h"
#include "tests/model/states.h"

#include <cmocka.h>

static bool same_numbers(const char *what, const void *kept, const void *taken, size_t size)
{
	const uint64_t *a = kept, *b = taken;

	for (size_t i = 0; i < size / sizeof *a; i++) {
		if (a[i] == b[i])
			continue;
		fprintf(stderr, "%s, number %zu: %llu is kept, %llu is there\n", what, i,
			(unsigned long long)a[i], (unsigned long long)b[i]);
		return false;
	}
	return true;
}

static bool books_are_right(struct session *s)
{
	const struct shape *kept;
	struct ledger ledger;
	struct shape shape;

	books_keep(s);
	kept = session_shape(s);
	ledger_take(&s->world.map, &ledger);
	shape_take(&s->world.map, &shape);
	return same_numbers("ledger", session_ledger(s), &ledger, sizeof ledger) &&
		same_numbers("shape", kept, &shape, sizeof shape);
}

static bool right(struct session *s, const char *where, void *data)
{
	(void)where;
	(void)data;
	return books_are_right(s);
}

static void each_step(void **state)
{
	(void)state;
	assert_true(each_recorded(right, NULL) > 10000);
	assert_true(each_random("amd64", 20, right, NULL) > 3000);
	assert_true(each_random("386", 20, right, NULL) > 3000);
	assert_true(each_random_swiss(40, right, NULL) > 6000);
}

static const char *const types[] = { "map[int]string", "map[string]int", "map[int32]int8",
	"map[int64][200]byte", "map[[150]byte]string", "map[[150]byte][200]byte",
	"map[float64]error", "map[int][]string", "map[int]struct{ A [150]byte; B string }",
	"map[uint8]struct{}" };

/* What a user may do, in the past as well. */
static void act(struct session *s, struct rig_dice *d, char *line, size_t size)
{
	int64_t a = (int64_t)rig_below(d, 200), n = (int64_t)rig_below(d, 60);
	struct error unused;

	switch (rig_below(d, 24)) {
	case 0:
		snprintf(line, size, "clear");
		break;
	case 1:
		snprintf(line, size, "make %u", (unsigned)rig_below(d, 300));
		break;
	case 2:
		snprintf(line, size, "range");
		break;
	case 3:
		snprintf(line, size, "gc");
		break;
	case 4:
		snprintf(line, size, rig_below(d, 2) ? "grow" : "grow same");
		break;
	case 5:
	case 6:
		snprintf(line, size, "collide %u %u", (unsigned)rig_below(d, 8),
			(unsigned)rig_below(d, 30));
		break;
	case 7:
		snprintf(line, size, rig_below(d, 2) ? "arch 386" : "arch amd64");
		break;
	case 8:
		snprintf(line, size, "evacuate %u", (unsigned)rig_below(d, 9));
		break;
	case 9:
	case 10:
	case 11:
	case 12:
		snprintf(line, size, "delete %lld..%lld", (long long)a, (long long)(a + n));
		break;
	default:
		snprintf(line, size, "insert %lld..%lld", (long long)a, (long long)(a + n));
		break;
	}
	session_run(s, line, &unused);
}

/* Somewhere else: a jump, some events or some operations. */
static void wander(struct session *s, struct rig_dice *d)
{
	struct error unused;

	switch (rig_below(d, 6)) {
	case 0:
		session_goto(s, rig_below(d, s->time.total + 1), &unused);
		break;
	case 1:
		session_goto(s, s->time.now + rig_below(d, 12), &unused);
		break;
	case 2:
		session_goto(s, s->time.now - rig_below(d, s->time.now < 12 ? s->time.now + 1 : 12),
			&unused);
		break;
	default:
		session_step_event(s, rig_below(d, 2), &unused);
		break;
	}
}

static void wander_randomly(uint64_t seed, const char *release)
{
	struct rig_dice d = { seed };
	struct session s;
	struct error unused;
	char line[64] = "";

	rig_open_go(&s, types[seed % LENGTH(types)], seed & 64 ? "386" : "amd64", release, true);
	for (unsigned round = 0; round < 60; round++) {
		act(&s, &d, line, sizeof line);
		for (unsigned k = 0; k < 6; k++) {
			/* Not each look is a step apart. */
			if (rig_below(&d, 3) > 0 && !books_are_right(&s))
				fail_msg("seed %llu, Go %s, round %u, %s, step %u, op %llu%s",
					(unsigned long long)seed, s.given.release->name, round,
					line, k, (unsigned long long)s.time.now,
					s.shown.inside ? ", inside" : "");
			wander(&s, &d);
		}
		if (rig_below(&d, 4) > 0)
			session_goto(&s, s.time.total, &unused);
	}
	session_close(&s);
}

static void every_way(void **state)
{
	(void)state;
	for (uint64_t seed = 1; seed <= 40; seed++)
		wander_randomly(seed, NULL);
	for (uint64_t seed = 1; seed <= 40; seed++)
		wander_randomly(seed, swiss_releases[seed % SWISS_RELEASES]);
}

/* Each event of growths, forth and back. */
static void each_event(void **state)
{
	(void)state;
	for (size_t t = 0; t + 1 < LENGTH(types); t++) { /* uint8 has too few keys */
		struct session s;
		struct error err;

		rig_open(&s, types[t], NULL, true);
		rig_run(&s,
			"insert 0..50 ; range ; insert 51..100 ; delete 20..60 ; insert 100..127");
		rig_run(&s, "collide 3 10 ; delete 70..90 ; insert 1..127 ; clear ; fill 30 ; gc");
		while (session_step_event(&s, false, &err))
			if (!books_are_right(&s))
				fail_msg("%s, back, op %llu", types[t],
					(unsigned long long)s.time.now);
		while (session_step_event(&s, true, &err))
			if (!books_are_right(&s))
				fail_msg("%s, op %llu", types[t], (unsigned long long)s.time.now);
		session_close(&s);
	}
}

/* A map is walked once; then what changes is followed, through whole growths. */
static void one_walk(void **state)
{
	(void)state;
	for (size_t t = 0; t + 1 < LENGTH(types); t++) {
		uint64_t walks, end;
		struct session s;

		rig_open(&s, types[t], NULL, true);
		rig_run(&s, "insert 0..99");
		session_shape(&s);
		walks = books_walks(&s);
		assert_int_equal(walks, 1);
		for (unsigned i = 100; i < 1000; i++) {
			char line[64];

			snprintf(line, sizeof line, "insert %u..%u ; delete %u..%u", i, i, i - 50,
				i - 50);
			rig_run(&s, line);
			books_keep(&s);
			assert_int_equal(session_ledger(&s)->total,
				map_reached(&s.world.map).bytes);
		}
		assert_int_equal(books_walks(&s), walks);
		end = s.time.now;
		rig_run(&s, "undo 20");
		books_keep(&s);
		rig_run(&s, "undo 1 ; redo 2 ; redo 5 ; undo 7 ; redo 21");
		books_keep(&s);
		assert_int_equal(books_walks(&s), walks);
		assert_int_equal(s.time.now, end);
		session_close(&s);
	}
}

/* Over the end of a growth and back again nothing is walked, once it was passed. */
static void growth_ends(void **state)
{
	(void)state;
	for (size_t t = 0; t + 1 < LENGTH(types); t++) {
		uint64_t walks, ends = 0;
		struct session s;
		struct error err;

		rig_open(&s, types[t], NULL, true);
		rig_run(&s, "insert 0..60 ; collide 2 20 ; insert 61..260");
		assert_true(session_goto(&s, 1, &err));
		assert_true(books_are_right(&s));
		while (s.time.now < s.time.total) {
			bool growing = map_growing(&s.world.map);

			assert_true(session_goto(&s, s.time.now + 1, &err));
			assert_true(books_are_right(&s));
			/* A small one begins and ends within two operations. */
			if (!growing || map_growing(&s.world.map) || map_get(&s.world.map,
				HMAP_B) < 4)
				continue;
			ends++;
			walks = books_walks(&s);
			for (int i = 0; i < 3; i++) {
				assert_true(session_goto(&s, s.time.now - 2, &err));
				assert_true(books_are_right(&s));
				assert_true(session_goto(&s, s.time.now + 2, &err));
				assert_true(books_are_right(&s));
			}
			assert_int_equal(books_walks(&s), walks);
		}
		assert_true(ends > 0);
		/* From behind, over ends that are not remembered. */
		while (s.time.now > 1) {
			assert_true(session_goto(&s, s.time.now - 1, &err));
			assert_true(books_are_right(&s));
		}
		session_close(&s);
	}
}

/* Tables grow and split, the directory doubles: what has changed is followed. */
static void tables_are_followed(void **state)
{
	(void)state;
	for (size_t t = 0; t + 1 < LENGTH(types); t++) {
		struct session s;

		rig_open_go(&s, types[t], NULL, swiss_releases[t % SWISS_RELEASES], true);
		rig_run(&s, "insert 0..0");
		assert_true(books_are_right(&s));
		for (unsigned i = 1; i < 2100; i++) {
			char line[64];

			snprintf(line, sizeof line, "insert %u..%u", i, i);
			rig_run(&s, line);
			snprintf(line, sizeof line, "delete %u..%u", i - 1, i - 1);
			if (i % 3 == 0)
				rig_run(&s, line);
			books_keep(&s);
			assert_int_equal(
				session_ledger(&s)->total, map_reached(&s.world.map).bytes);
		}
		assert_true(map_extent(&s.world.map).arrays > 1);
		for (uint64_t back = 1; s.time.now > back; back += back / 4 + 1) {
			rig_goto(&s, s.time.now - back);
			books_keep(&s);
		}
		assert_true(books_are_right(&s));
		assert_in_range(books_walks(&s), 1, 3);
		session_close(&s);
	}
}

/* The steps of a growth, a split and a pruning: memory half done. */
static void each_step_of_a_split(void **state)
{
	(void)state;
	for (unsigned i = 0; i < SWISS_RELEASES; i++) {
		struct session s;
		struct error err;
		size_t total;

		rig_open_go(&s, types[i * 2], i % 2 ? "386" : NULL, swiss_releases[i], true);
		rig_run(&s, "insert 0..8 ; grow split ; undo 1");
		assert_true(books_are_right(&s));
		for (unsigned k = 0; session_step_event(&s, true, &err); k++)
			if (k % 61 == 0 && !books_are_right(&s))
				fail_msg("step %zu", session_step(&s, &total));
		for (unsigned k = 0; k < 3000 && session_step_event(&s, false, &err); k++)
			if (k % 61 == 0 && !books_are_right(&s))
				fail_msg("back, step %zu", session_step(&s, &total));
		session_close(&s);
	}
}

/* The end of a growth come upon from behind: the old array has spare buckets left. */
static void an_end_never_passed(void **state)
{
	(void)state;
	for (size_t t = 0; t + 1 < LENGTH(types); t++) {
		struct session s;
		struct error err;

		rig_open(&s, types[t], NULL, true);
		rig_run(&s, "insert 1000..1126");
		assert_true(books_are_right(&s));
		assert_false(map_growing(&s.world.map));
		while (!map_growing(&s.world.map)) {
			assert_true(session_goto(&s, s.time.now - 1, &err));
			assert_true(books_are_right(&s));
		}
		assert_true(books_walks(&s) <= 3);
		session_close(&s);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(one_walk),
		cmocka_unit_test(tables_are_followed),
		cmocka_unit_test(each_step_of_a_split),
		cmocka_unit_test(growth_ends),
		cmocka_unit_test(an_end_never_passed),
		cmocka_unit_test(each_event),
		cmocka_unit_test(each_step),
		cmocka_unit_test(every_way),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
