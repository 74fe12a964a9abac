/* SPDX-License-Identifier: MIT */
/* A terminal that says it is huge: the program takes no more memory than a large one needs. */
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "model/base/text.h"
#include "tests/cli/program.h"
#include "tui/term/screen.h"

#include <cmocka.h>

enum { PEAK_MOST = 600 << 10, TRIES = 200 }; /* kilobytes; waits of a tenth of a second */

/* Takes what comes until the text was sent. */
static bool wait_text(int master, struct text *got, const char *text)
{
	for (int i = 0; i < TRIES && !strstr(text_str(got), text); i++) {
		struct pollfd fd = { .fd = master, .events = POLLIN };
		char bytes[4096];
		ssize_t n;

		while (poll(&fd, 1, 100) > 0 && (n = read(master, bytes, sizeof bytes)) > 0)
			text_addn(got, bytes, (size_t)n);
	}
	return strstr(text_str(got), text) != NULL;
}

struct run {
	pid_t child;
	int master;
};

static struct run start(int w, int h, const char *lines)
{
	const struct winsize size = { .ws_col = (unsigned short)w, .ws_row = (unsigned short)h };
	struct run run;

	run.child = forkpty(&run.master, NULL, NULL, &size);
	assert_true(run.child >= 0);
	if (run.child)
		return run;
	program_env(NULL);
	setenv("TERM", "xterm-256color", 1);
	if (lines)
		setenv("LINES", lines, 1);
	if (lines)
		setenv("COLUMNS", lines, 1);
	execl(program_path(), "hmapview", (char *)NULL);
	_exit(127);
}

static void expect_text(const struct run *run, const char *text)
{
	struct text got = { 0 };

	if (!wait_text(run->master, &got, text)) {
		kill(run->child, SIGKILL);
		fail_msg("not said: %s; %zu bytes came", text, got.len);
	}
	text_free(&got);
}

static void become(const struct run *run, int w, int h)
{
	const struct winsize size = { .ws_col = (unsigned short)w, .ws_row = (unsigned short)h };

	assert_int_equal(ioctl(run->master, TIOCSWINSZ, &size), 0);
}

/* It ends as it should, and never took more than a large terminal needs. */
static void end(const struct run *run)
{
	struct rusage usage;
	int status;

	assert_int_equal(write(run->master, "q", 1), 1);
	expect_text(run, "\033[?1049l");
	assert_int_equal(wait4(run->child, &status, 0, &usage), run->child);
	assert_int_equal(status, 0);
	if (usage.ru_maxrss > PEAK_MOST)
		fail_msg("%ld kilobytes", usage.ru_maxrss);
	close(run->master);
}

#define IS_CUT "9999 columns, 9999 rows: 1000, 500 of them are used"

static void test_huge(void **state)
{
	const struct run run = start(9999, 9999, NULL);

	(void)state;
	expect_text(&run, IS_CUT);
	end(&run);
}

static void test_becomes_huge(void **state)
{
	const struct run run = start(80, 24, NULL);

	(void)state;
	expect_text(&run, "hmapview");
	become(&run, 9999, 9999);
	expect_text(&run, IS_CUT);
	become(&run, 60, 20);
	expect_text(&run, "hmapview");
	become(&run, 9999, 30);
	expect_text(&run, "9999 columns, 30 rows: 1000, 30 of them are used");
	end(&run);
}

/* What curses is told by these is not what the terminal says. */
static void test_told_huge(void **state)
{
	const struct run run = start(80, 24, "9999");

	(void)state;
	expect_text(&run, "hmapview");
	end(&run);
}

/* The limit that is told is the limit. */
static void test_manual(void **state)
{
	const char *const argv[] = { "--print", "man", NULL };
	const struct program program = { .args = argv };
	struct outcome o = program_run(&program);
	struct text limit = { 0 };

	(void)state;
	text_printf(&limit, "upper left %d columns and %d rows", SCREEN_W_MOST, SCREEN_H_MOST);
	assert_int_equal(o.status, 0);
	assert_non_null(strstr(o.out, text_str(&limit)));
	text_free(&limit);
	outcome_free(&o);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_huge),
		cmocka_unit_test(test_becomes_huge),
		cmocka_unit_test(test_told_huge),
		cmocka_unit_test(test_manual),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
