/* SPDX-License-Identifier: MIT */
/* What is kept of the changes since a mark is what a look at all of the journal finds. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "tests/model/rig.h"
#include "tui/view/look.h"

#include <cmocka.h>

static void same_changes(const struct look *l)
{
	struct changes kept = { 0 }, all = { 0 };

	changes_copy(&kept, &l->changes);
	if (!l->marked || !changes_since(&all, l->session, l->mark))
		changes_of_step(&all, l->session);
	assert_int_equal(kept.count, all.count);
	assert_null(kept.also);
	if (all.count)
		assert_memory_equal(kept.runs, all.runs, all.count * sizeof *all.runs);
	for (size_t i = 0; i < all.count; i += 1 + all.count / 16) {
		assert_true(changes_touch(&l->changes, all.runs[i].start, 1));
		assert_true(changes_touch(&l->changes, all.runs[i].end - 1, 1));
		assert_false(changes_touch(&l->changes, all.runs[i].end, 1));
	}
	changes_free(&kept);
	changes_free(&all);
}

static void go(struct session *s, uint64_t p)
{
	struct error err;

	assert_true(session_goto(s, p, &err));
}

/* To near and far points, inside of operations, to new futures. */
static void wander(struct session *s, struct rig_dice *d)
{
	uint64_t by = rig_below(d, rig_below(d, 4) ? 30 : 600);
	struct error unused;

	switch (rig_below(d, 16)) {
	case 0:
		session_run(s, "delete 100..160", &unused);
		break;
	case 1:
		session_run(s, "insert 90..200", &unused);
		break;
	case 2:
		go(s, rig_below(d, s->time.total + 1));
		break;
	case 3:
	case 4:
		session_step_event(s, rig_below(d, 2), &unused);
		break;
	case 5:
		go(s, s->time.total);
		break;
	default:
		go(s, rig_below(d, 2) ? s->time.now + by : s->time.now > by ? s->time.now - by : 0);
		break;
	}
}

static void kept_is_what_is_found(void **state)
{
	static const char *const types[] = { "map[int]string", "map[string]int",
		"map[int64][200]byte" };

	(void)state;
	for (size_t t = 0; t < LENGTH(types); t++) {
		struct rig_dice d = { t + 1 };
		struct session s;
		struct look l;

		rig_open(&s, types[t], NULL, true);
		rig_run(&s, "fill 2500");
		look_init(&l, &s);
		for (unsigned i = 0; i < 500; i++) {
			if (rig_below(&d, 20) == 0)
				l.marked = !l.marked;
			if (rig_below(&d, 30) == 0)
				l.mark = rig_below(&d, s.time.now + 1);
			look_refresh(&l);
			same_changes(&l);
			if (rig_below(&d, 3))
				wander(&s, &d);
		}
		look_free(&l);
		session_close(&s);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(kept_is_what_is_found),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
