/* SPDX-License-Identifier: MIT */
/* Captions stay with their points, and another timeline begins with nothing of the one before. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "model/base/mem.h"
#include "tests/model/rig.h"

#include <cmocka.h>

/* Goes to a point and looks at the caption there; NULL for none. */
static void expect(struct session *s, uint64_t point, const char *caption)
{
	struct error err;
	const char *got;

	if (!session_goto(s, point, &err))
		fail_msg("%s", err.msg);
	got = session_caption(s);
	if ((got == NULL) != (caption == NULL) || (got && strcmp(got, caption) != 0))
		fail_msg("point %llu: \"%s\", not \"%s\"", (unsigned long long)point,
			got ? got : "none", caption ? caption : "none");
}

static void test_points(void **state)
{
	struct session s;

	(void)state;
	rig_open(&s, NULL, NULL, true);
	assert_null(session_caption(&s));
	rig_run(&s,
		"make ; caption \"empty\" ; fill 3 ; caption two words # and no more ; insert 7");
	rig_run(&s, "caption ; insert 8 ; caption \"it says \\\"eight\\\" # here\"");
	for (int round = 0; round < 2; round++) {
		expect(&s, 6, "it says \"eight\" # here");
		expect(&s, 0, NULL);
		expect(&s, 1, "empty");
		expect(&s, 3, "empty");
		expect(&s, 4, "two words");
		expect(&s, 5, NULL);
		/* All is run again, and they with it. */
		rig_run(&s, "arch 386");
	}
	session_close(&s);
}

/* A view goes with its caption, and is that of its point alone. */
static void test_view(void **state)
{
	struct session s;
	struct error err;

	(void)state;
	rig_open(&s, NULL, NULL, true);
	rig_run(&s,
		"fill 3 ; caption --view ledger \"bytes\" ; insert 9 ; caption plain ; insert 10");
	for (int round = 0; round < 2; round++) {
		uint64_t end = s.time.total;

		assert_true(session_goto(&s, end - 2, &err));
		assert_string_equal(session_caption(&s), "bytes");
		assert_string_equal(session_caption_view(&s), "ledger");
		assert_true(session_goto(&s, end - 1, &err));
		assert_null(session_caption_view(&s));
		assert_true(session_goto(&s, end, &err));
		assert_string_equal(session_caption(&s), "plain");
		rig_run(&s, "arch 386");
	}
	rig_run(&s, "caption --view bytes words as they are");
	assert_string_equal(session_caption(&s), "words as they are");
	assert_string_equal(session_caption_view(&s), "bytes");
	rig_run(&s, "caption again");
	assert_null(session_caption_view(&s));
	session_close(&s);
}

static void test_new_future(void **state)
{
	struct session s;

	(void)state;
	rig_open(&s, NULL, NULL, true);
	rig_run(&s, "fill 3 ; caption three ; fill 6 ; caption six ; undo 2");
	/* In the past, words cost no future and may be put between. */
	rig_run(&s, "caption between");
	assert_int_equal(s.time.total, s.time.now + 2);
	expect(&s, s.time.total, "six");
	expect(&s, s.time.total - 2, "between");
	rig_run(&s, "caption again");
	assert_string_equal(session_caption(&s), "again");
	rig_run(&s, "insert 77 ; fill 10");
	assert_string_equal(session_caption(&s), "again");
	session_close(&s);
}

/* While an operation is shown half done its own caption would tell too much. */
static void test_inside(void **state)
{
	struct session s;
	struct error err;

	(void)state;
	rig_open(&s, NULL, NULL, true);
	rig_run(&s, "fill 3 ; caption before ; insert 9 ; caption after");
	assert_true(session_step_event(&s, false, &err));
	assert_true(s.shown.inside);
	assert_string_equal(session_caption(&s), "before");
	session_close(&s);
}

static void test_restart(void **state)
{
	struct session s, fresh;
	struct text got = { 0 }, want = { 0 };
	struct error err;

	(void)state;
	rig_open(&s, "map[string]int", "386", true);
	rig_open(&fresh, NULL, "386", true);
	rig_run(&s, "hash wyhash ; seed 5 ; fill 100 ; caption words ; snapshot ; undo 40");
	assert_true(session_restart(&s, &err));
	assert_null(session_caption(&s));
	assert_int_equal(s.time.nentries + s.time.nsnapshots + s.time.total + s.time.now, 0);
	rig_run(&s, "fill 20");
	rig_run(&fresh, "fill 20");
	rig_state(&s, &got);
	rig_state(&fresh, &want);
	assert_string_equal(text_str(&got), text_str(&want));
	rig_run(&s, "undo 10 ; redo 10");
	text_clear(&got);
	rig_state(&s, &got);
	assert_string_equal(text_str(&got), text_str(&want));
	text_free(&got);
	text_free(&want);
	session_close(&s);
	session_close(&fresh);
}

static void test_refused(void **state)
{
	struct session s;

	(void)state;
	rig_open(&s, NULL, NULL, true);
	rig_run(&s, "fill 3");
	rig_fails(&s, "scene", "scene: a name is missing, such as tombstones");
	rig_fails(&s, "scene x", "scene: there are no scenes to load here");
	session_close(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_points),
		cmocka_unit_test(test_view),
		cmocka_unit_test(test_new_future),
		cmocka_unit_test(test_inside),
		cmocka_unit_test(test_restart),
		cmocka_unit_test(test_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
