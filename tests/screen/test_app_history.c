/* SPDX-License-Identifier: MIT */
/* What was typed at the prompt is there again the next time, and is kept where it belongs. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "model/base/mem.h"
#include "tests/cli/program.h"
#include "tests/screen/app.h"
#include "tests/tui/scratch.h"

#include <cmocka.h>

#define ARGS(...) ((const char *const[]){__VA_ARGS__, NULL})

enum { LAST = 23 };

static struct pty *open_home(void **state, const char *const *env)
{
	return app_start(state, &(struct app_options){.w = 80, .h = 24, .env = env});
}

static void leave(void **state)
{
	pty_key(*state, "q");
	assert_int_equal(pty_wait_exit(*state), 0);
	app_end(state);
}

/* Types two lines in one run and goes back to them in the next. */
static void check_lasts(void **state, const char *const *env)
{
	struct pty *pty = open_home(state, env);

	app_command(pty, "insert 101");
	app_wait_in(pty, 0, "op 33/33");
	app_command(pty, "insert 102 \"漢字\"");
	app_wait_in(pty, 0, "op 34/34");
	leave(state);
	pty = open_home(state, env);
	pty_key(pty, ":");
	pty_key(pty, "Up");
	pty_wait_row(pty, LAST, ": insert 102 \"漢字\"");
	pty_key(pty, "Up");
	pty_wait_row(pty, LAST, ": insert 101");
	pty_key(pty, "Enter");
	app_wait_in(pty, 0, "op 33/33");
	leave(state);
}

/* The file's text; NULL when it is not there. */
static char *read_in(const struct scratch *at, const char *name)
{
	char *path = xasprintf("%s/%s", at->path, name), *text = NULL;
	struct stat info;

	if (stat(path, &info) == 0)
		text = file_read(path, NULL);
	free(path);
	return text;
}

static bool is_there(const struct scratch *at, const char *name)
{
	char *path = xasprintf("%s/%s", at->path, name);
	struct stat info;
	bool is = stat(path, &info) == 0;

	free(path);
	return is;
}

static void test_lasts(void **state)
{
	struct scratch at;
	char *env, *text;

	scratch_make(&at);
	env = xasprintf("XDG_STATE_HOME=%s", at.path);
	check_lasts(state, ARGS(env));
	text = read_in(&at, "hmapview/history");
	assert_string_equal(text, "insert 101\ninsert 102 \"漢字\"\ninsert 101\n");
	free(text);
	free(env);
	scratch_remove(&at);
}

static void test_lasts_in_the_home(void **state)
{
	struct scratch at;
	char *env;

	scratch_make(&at);
	env = xasprintf("HOME=%s", at.path);
	/* Not absolute: it counts as not set. */
	check_lasts(state, ARGS(env, "XDG_STATE_HOME=here"));
	assert_true(is_there(&at, ".local/state/hmapview/history"));
	free(env);
	scratch_remove(&at);
}

/* A home is never made, and one who typed nothing leaves nothing behind. */
static void test_leaves_nothing(void **state)
{
	struct scratch at;
	char *home, *env;

	scratch_make(&at);
	home = xasprintf("%s/nobody", at.path);
	env = xasprintf("HOME=%s", home);
	app_command(open_home(state, ARGS(env)), "insert 101");
	app_wait_in(*state, 0, "op 33/33");
	leave(state);
	assert_false(is_there(&at, "nobody"));
	free(env);
	env = xasprintf("HOME=%s", at.path);
	open_home(state, ARGS(env));
	leave(state);
	assert_false(is_there(&at, ".local"));
	app_command(open_home(state, ARGS("HOME")), "insert 101");
	leave(state);
	free(env);
	free(home);
	scratch_remove(&at);
}

/* What is no text is shown as such, and lines are added behind what is there. */
static void test_adds(void **state)
{
	static const char before[] = "lookup 1\nlookup 550\nlook\033[2Jup\n";
	struct scratch at;
	struct pty *pty;
	char *env, *text, *expected;

	scratch_make(&at);
	free(scratch_write(&at, "hmapview/history", before, sizeof before - 1));
	env = xasprintf("XDG_STATE_HOME=%s", at.path);
	pty = open_home(state, ARGS(env));
	pty_key(pty, ":");
	pty_key(pty, "Up");
	app_wait_in(pty, -1, ": look");
	assert_true(pty_shows(pty, "[2Jup"));
	pty_key(pty, "Up");
	pty_wait_row(pty, LAST, ": lookup 550");
	pty_key(pty, "Enter");
	pty_wait_gone(pty, ": lookup 550");
	leave(state);
	text = read_in(&at, "hmapview/history");
	expected = xasprintf("%slookup 550\n", before);
	assert_string_equal(text, expected);
	free(expected);
	free(text);
	free(env);
	scratch_remove(&at);
}

#define TEST(f) cmocka_unit_test_teardown(f, app_end)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_lasts), TEST(test_lasts_in_the_home), TEST(test_leaves_nothing),
		TEST(test_adds),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
