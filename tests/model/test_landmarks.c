/* SPDX-License-Identifier: MIT */
/* What is remembered of a timeline is what its events tell, whatever future is begun or given
   up. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/map/classic/event.h"
#include "tests/model/rig.h"

#include <cmocka.h>

static unsigned told(const struct session *s)
{
	unsigned all = 0;
	size_t n;
	const struct map_event *e = session_trace(s, &n);

	for (size_t i = 0; i < n; i++)
		all |= e[i].kind == CLASSIC_GROW ?
			(classic_of(&e[i]).grow.same ? LANDMARK_SAME : LANDMARK_GROW)
			: e[i].kind == EVENT_CLEAR ? LANDMARK_CLEAR
			: e[i].kind == CLASSIC_LINK ? LANDMARK_LINK
			: e[i].kind == CLASSIC_GROWN ? LANDMARK_END : 0;
	return all;
}

/* Each point, by going there. */
static void check(struct session *s)
{
	uint64_t now = s->time.now, last = 0, found;
	struct error err;

	assert_int_equal(s->time.landmarks.reach, s->time.total);
	for (uint64_t p = 1; p <= s->time.total; p++) {
		unsigned what;

		assert_true(session_goto(s, p, &err));
		what = told(s);
		assert_int_equal(landmarks_between(&s->time.landmarks, p, p + 1), what);
		assert_int_equal(landmarks_next(&s->time.landmarks, p, false, &found), last != 0);
		if (last)
			assert_int_equal(found, last);
		last = what ? p : last;
	}
	assert_int_equal(landmarks_between(&s->time.landmarks, s->time.total + 1, UINT64_MAX), 0);
	assert_true(session_goto(s, now, &err));
}

static const char *const lines[] = { "fill 30", "insert 1..20", "delete 3..9", "clear", "rebuild",
	"clone", "grow same", "grow", "collide 1 9", "evacuate", "undo 7", "undo 40", "redo 5",
	"redo 60", "undo", "make 20", "lookup 5", "range 2", "seed 5", "arch 386", "arch amd64",
	"map map[string]int", "map map[int]int", "evacuate", "grow nonsense", "collide 999 3",
	"insert x", "caption \"c\"" };

static void test_as_told(void **state)
{
	struct rig_dice dice = { 11 };
	struct session s;
	struct error unused;

	(void)state;
	for (int round = 0; round < 12; round++) {
		rig_open(&s, "map[int]int", NULL, true);
		for (int i = 0; i < 25; i++) {
			session_run(
				&s, lines[rig_below(&dice, sizeof lines / sizeof *lines)], &unused);
			check(&s);
		}
		session_close(&s);
	}
}

/* A jump goes to landmarks and captions, else to the ends. */
static void test_jumps(void **state)
{
	struct session s;
	struct error err;
	uint64_t to;

	(void)state;
	rig_open(&s, "map[int]int", NULL, true);
	rig_run(&s, "fill 5");
	rig_run(&s, "caption \"five\"");
	rig_run(&s, "fill 20");
	for (int i = 0; i < 5; i++)
		assert_true(session_landmark(&s, false, &to, &err) && session_goto(&s, to, &err));
	assert_int_equal(to, 0);
	assert_true(session_landmark(&s, true, &to, &err) && session_goto(&s, to, &err));
	assert_int_equal(to, s.time.captions[0].point);
	assert_true(session_landmark(&s, true, &to, &err) && session_goto(&s, to, &err));
	assert_true(landmarks_between(&s.time.landmarks, to, to + 1) & LANDMARK_GROW);
	assert_true(session_goto(&s, s.time.total, &err) && session_landmark(&s, true, &to, &err));
	assert_int_equal(to, s.time.total);
	session_close(&s);
}

/* Also of what the journal does not reach, and where no history was kept at first. */
static void test_long(void **state)
{
	struct session s;
	struct error err;
	uint64_t to;

	(void)state;
	for (int history = 0; history < 2; history++) {
		rig_open(&s, "map[int]int", NULL, history);
		rig_run(&s, "fill 300000");
		rig_run(&s, "delete 0..250000");
		assert_true(session_landmark(&s, false, &to, &err));
		assert_int_equal(s.time.landmarks.reach, s.time.total);
		assert_in_range(to, 1, 300001);
		assert_true(session_goto(&s, 10, &err) && session_landmark(&s, true, &to, &err));
		assert_in_range(to, 11, 20);
		session_close(&s);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_as_told),
		cmocka_unit_test(test_jumps),
		cmocka_unit_test(test_long),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
