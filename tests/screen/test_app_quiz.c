/* SPDX-License-Identifier: MIT */
/* What comes next is asked for at a terminal: answers, steps back and forth, small screens. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>

#include "tests/screen/app.h"

#include <cmocka.h>

#define ARGS(...) ((const char *const[]){ __VA_ARGS__, NULL })

/* Each question of a step is answered; then the step is done, and what its caption says follows. */
static void test_answers(void **state)
{
	struct pty *pty = app_start(state, &(struct app_options){ .last = "Esc: end",
		.args = ARGS("--quiz", "growth") });

	pty_wait(pty,
		"insert 1 \"one\": Does a growth start? 0 entries in 1 bucket so far. (no or yes)");
	app_type(pty, "maybe");
	pty_wait(pty,
		"No answer: \"maybe\". It is one of: no or yes; Enter alone shows it. insert 1");
	app_type(pty, "n");
	pty_wait(pty, "Right: no. 1 entry: up to 8 fit 1 bucket.");
	pty_wait(pty, "Enter: go on");
	app_wait_in(pty, 0, "op 1/56");
	pty_key(pty, "Enter");
	pty_wait(pty, "Which slot of the chain?");
	app_type(pty, "5");
	pty_wait(pty,
		"Not quite: slot 0. It is the first free slot of the chain. The first insert "
		"allocates");
	app_wait_in(pty, 0, "op 2/56");
	pty_key(pty, "Enter");
	pty_wait(pty, "insert 2: Does a growth start?");
	pty_key(pty, "Enter");
	pty_wait(pty, "The answer: no. 2 entries");
	pty_key(pty, "Escape");
	app_wait_in(pty, -1, "the quiz is over");
	pty_wait_gone(pty, "2 entries: up to 8 fit");
}

/* Along the timeline, into a step, over pages: the questions follow. */
static void test_steps(void **state)
{
	struct pty *pty = app_start(state, &(struct app_options){ .last = "Esc: end",
		.args = ARGS("--quiz", "tables") });

	pty_wait(pty, "insert 0: Does its table or group grow");
	app_press(pty, "} ]");
	pty_wait(pty, "insert 10: Does its table or group grow");
	app_press(pty, "[ [");
	pty_wait(pty, "insert 8: Does its table or group grow");
	pty_key(pty, ".");
	pty_wait(pty, "This is inside of a step.");
	pty_key(pty, "Enter");
	pty_wait(pty, "insert 8: Does its table or group grow");
	pty_key(pty, "?");
	app_wait_in(pty, 0, " help ");
	pty_key(pty, "x");
	pty_wait(pty, "insert 8: Does its table or group grow");
	app_type(pty, "g");
	pty_wait(pty, "Right: grow. The one group was full");
	/* A step of one's own begins another future; the questions begin there. */
	app_command(pty, "delete 0");
	pty_wait(pty, "a new future begins");
	app_press(pty, "[");
	pty_wait(pty, "delete 0: What is left");
	app_type(pty, "e");
	pty_wait(pty, "Right: empty.");
	pty_key(pty, "Enter");
	pty_wait(pty, "No more is asked up to the end of the timeline.");
	pty_key(pty, "Escape");
	app_wait_in(pty, -1, "the quiz is over");
}

static void check_picture(void **state, int w, int h, const char *env, const char *golden)
{
	struct pty *pty = app_start(state,
		&(struct app_options){ .w = w,
			.h = h,
			.last = "Esc: end",
			.args = ARGS("--quiz", "growth", "--at", "27"),
			.env = env ? ARGS(env) : NULL });

	app_wait_golden(pty, golden);
	app_end(state);
	*state = NULL;
}

static void test_pictures(void **state)
{
	check_picture(state, 120, 40, NULL, "tests/screen/goldens/quiz-120x40.txt");
	check_picture(state, 80, 24, NULL, "tests/screen/goldens/quiz-80x24.txt");
	check_picture(state, 40, 10, NULL, "tests/screen/goldens/quiz-40x10.txt");
	check_picture(state, 80, 24, "NO_COLOR=1", "tests/screen/goldens/quiz-80x24.txt");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(test_answers, app_end),
		cmocka_unit_test_teardown(test_steps, app_end),
		cmocka_unit_test_teardown(test_pictures, app_end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
