/* SPDX-License-Identifier: MIT */
/* The prompt's lines from one run to the next, whatever became of their file. */
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "model/base/mem.h"
#include "tests/screen/app.h"
#include "tests/tui/scratch.h"

#include <cmocka.h>

enum { LAST = 39 };

static struct scratch at;
static char *home; /* the environment's entry */

static int begin(void **state)
{
	(void)state;
	scratch_make(&at);
	home = xasprintf("XDG_STATE_HOME=%s", at.path);
	return 0;
}

static int finish(void **state)
{
	app_end(state);
	free(home);
	scratch_remove(&at);
	return 0;
}

static struct pty *open_there(void **state)
{
	return app_start(
		state, &(struct app_options){ .env = (const char *const[]){ home, NULL } });
}

/* The file's content, to be freed; "" when there is none. */
static char *read_file(void)
{
	char *path = xasprintf("%s/hmapview/history", at.path), *text = xcalloc(1, 1 << 20);
	FILE *in = fopen(path, "r");

	if (in) {
		text[fread(text, 1, (1 << 20) - 1, in)] = '\0';
		fclose(in);
	}
	free(path);
	return text;
}

static void check_file(const char *expected)
{
	char *text = read_file();

	assert_string_equal(text, expected);
	free(text);
}

/* Types a line and waits until it was run. */
static void run(struct pty *pty, const char *line, const char *shows)
{
	app_command(pty, line);
	pty_wait(pty, shows);
}

static void check_back(struct pty *pty, const char *sign, const char *const *rows)
{
	pty_key(pty, sign);
	for (; *rows; rows++) {
		pty_key(pty, "Up");
		pty_wait_row(pty, LAST, *rows);
	}
	pty_key(pty, "Escape");
	app_wait_in(pty, -1, "q quit");
}

#define ROWS(...) ((const char *const[]){ __VA_ARGS__, NULL })

/* What was searched for comes back where one searches, commands where one types those. */
static void test_lasts(void **state)
{
	struct pty *pty = open_there(state);

	run(pty, "insert 101", "op 33/33");
	pty_key(pty, "/");
	app_type(pty, "12");
	pty_wait(pty, "╭ bucket 7 · 0x");
	run(pty, "insert 102", "op 34/34");
	check_back(pty, ":", ROWS(": insert 102", ": insert 101", ": insert 101"));
	check_back(pty, "/", ROWS("/ 12", "/ 12"));
	/* It is there at once, and not only when one leaves. */
	pty_signal(pty, 9);
	pty_wait_exit(pty);
	check_file("insert 101\n/12\ninsert 102\n");
	app_end(state);
	pty = open_there(state);
	check_back(pty, ":", ROWS(": insert 102", ": insert 101"));
	check_back(pty, "/", ROWS("/ 12"));
}

static void test_two_at_once(void **state)
{
	void *other_state = NULL;
	struct pty *pty = open_there(state), *other = open_there(&other_state);

	run(pty, "insert 101", "op 33/33");
	run(other, "insert 201", "op 33/33");
	run(pty, "insert 102", "op 34/34");
	pty_key(pty, "q");
	assert_int_equal(pty_wait_exit(pty), 0);
	run(other, "insert 202", "op 34/34");
	pty_key(other, "q");
	assert_int_equal(pty_wait_exit(other), 0);
	app_end(&other_state);
	check_file("insert 101\ninsert 201\ninsert 102\ninsert 202\n");
}

static void write_history(const char *text, size_t len)
{
	free(scratch_write(&at, "hmapview/history", text, len));
}

/* What is no line is passed over, what was cut off is no part of what comes. */
static void test_damaged(void **state)
{
	static const char text[] = "insert 1\n\0\0\0\ninsert \xff\xfe\n\n\ninsert 2\ninser";
	struct pty *pty;
	char *now;

	write_history(text, sizeof text - 1);
	pty = open_there(state);
	check_back(pty, ":", ROWS(": inser", ": insert 2", ": insert \\xff\\xfe", ": insert 1"));
	run(pty, "insert 103", "op 33/33");
	now = read_file();
	assert_int_equal(strncmp(now, "insert 1\n", 9), 0);
	free(now);
	app_end(state);
	pty = open_there(state);
	check_back(pty, ":", ROWS(": insert 103", ": inser", ": insert 2"));
}

/* A file that grew too long keeps its newer half. */
static void test_long_file(void **state)
{
	size_t size = 600000, used = 0;
	char *text = xmalloc(size), *now;
	struct pty *pty;

	for (int i = 0; used < size - 20; i++)
		used += (size_t)snprintf(text + used, size - used, "insert %d\n", i);
	write_history(text, used);
	pty = open_there(state);
	pty_key(pty, ":");
	pty_key(pty, "Up");
	app_wait_in(pty, -1, ": insert ");
	now = read_file();
	assert_in_range(strlen(now), 100 << 10, 256 << 10);
	assert_int_equal(strncmp(now, "insert ", 7), 0);
	assert_string_equal(now, text + used - strlen(now));
	free(now);
	free(text);
}

/* One endless line is none. */
static void test_endless_line(void **state)
{
	char *text = xmalloc(500000);
	struct pty *pty;

	memset(text, 'x', 500000);
	write_history(text, 500000);
	free(text);
	pty = open_there(state);
	pty_key(pty, ":");
	pty_key(pty, "Up");
	pty_type(pty, "y");
	pty_wait_row(pty, LAST, ": y");
	pty_key(pty, "Escape");
	app_wait_in(pty, -1, "q quit");
}

/* Where nothing can be written, lines last as long as the program; and nobody waits for a pipe. */
static void test_no_file(void **state)
{
	char *path = xasprintf("%s/hmapview", at.path), *file = xasprintf("%s/history", path);
	struct pty *pty;

	assert_int_equal(mkdir(path, 0700), 0);
	assert_int_equal(mkfifo(file, 0600), 0);
	pty = open_there(state);
	run(pty, "insert 101", "op 33/33");
	check_back(pty, ":", ROWS(": insert 101"));
	app_end(state);
	assert_int_equal(unlink(file), 0);
	assert_int_equal(mkdir(file, 0700), 0);
	pty = open_there(state);
	run(pty, "insert 102", "op 33/33");
	check_back(pty, ":", ROWS(": insert 102"));
	app_end(state);
	assert_int_equal(rmdir(file), 0);
	assert_int_equal(symlink("/dev/full", file), 0);
	pty = open_there(state);
	run(pty, "insert 103", "op 33/33");
	check_back(pty, ":", ROWS(": insert 103"));
	pty_key(pty, "q");
	assert_int_equal(pty_wait_exit(pty), 0);
	app_check_restored(pty);
	free(file);
	free(path);
}

/* The folders on the way are made, for their owner alone, or what was typed would be lost. */
static void test_no_folder(void **state)
{
	char *env = xasprintf("XDG_STATE_HOME=%s/a/b/state", at.path);
	char *file = xasprintf("%s/a/b/state/hmapview/history", at.path);
	char *above = xasprintf("%s/a/b", at.path);
	struct app_options o = { .env = (const char *const[]){ env, NULL } };
	struct pty *pty = app_start(state, &o);
	struct stat info;

	run(pty, "insert 101", "op 33/33");
	pty_key(pty, "q");
	assert_int_equal(pty_wait_exit(pty), 0);
	app_end(state);
	assert_int_equal(stat(file, &info), 0);
	assert_true(info.st_size > 0);
	assert_int_equal(stat(above, &info), 0);
	assert_int_equal(info.st_mode & 0777, 0700);
	pty = app_start(state, &o);
	check_back(pty, ":", ROWS(": insert 101"));
	free(above);
	free(file);
	free(env);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, begin, finish)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_lasts), TEST(test_two_at_once), TEST(test_damaged), TEST(test_long_file),
		TEST(test_endless_line), TEST(test_no_file), TEST(test_no_folder),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
