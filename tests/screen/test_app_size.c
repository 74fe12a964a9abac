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
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "model/base/text.h"
#include "tests/cli/program.h"

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

static void test_huge(void **state)
{
	const struct winsize size = { .ws_col = 9999, .ws_row = 9999 };
	struct text got = { 0 };
	struct rusage usage;
	int master, status;
	pid_t child = forkpty(&master, NULL, NULL, &size);

	(void)state;
	assert_true(child >= 0);
	if (!child) {
		program_env(NULL);
		setenv("TERM", "xterm-256color", 1);
		execl(program_path(), "hmapview", (char *)NULL);
		_exit(127);
	}
	if (!wait_text(master, &got, "9999 columns, 9999 rows: 1000, 500 of them are used")) {
		kill(child, SIGKILL);
		fail_msg("not said; %zu bytes came", got.len);
	}
	assert_int_equal(write(master, "q", 1), 1);
	wait_text(master, &got, "\033[?1049l");
	assert_int_equal(wait4(child, &status, 0, &usage), child);
	assert_int_equal(status, 0);
	if (usage.ru_maxrss > PEAK_MOST)
		fail_msg("%ld kilobytes", usage.ru_maxrss);
	close(master);
	text_free(&got);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_huge),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
