/* SPDX-License-Identifier: MIT */
/* The terminal, seen from outside: what the demo shows, and what it leaves behind. */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tests/screen/app.h"
#include "tests/screen/demo.h"
#include "tests/screen/pty.h"
#include "themes/role.h"

#include <cmocka.h>

static int run_demo(void *arg)
{
	char *words = arg;
	char *argv[] = {words};

	return demo_main(1, argv);
}

static struct pty *start_sized(void **state, const char *word, const char *const *env, int w, int h)
{
	struct pty_options options = {
		.w = w, .h = h, .env = env, .run = run_demo, .arg = (void *)(uintptr_t)word};

	*state = pty_start(&options);
	return *state;
}

static struct pty *start_with(void **state, const char *word, const char *const *env)
{
	return start_sized(state, word, env, 80, 24);
}

static struct pty *start(void **state)
{
	struct pty *pty = start_with(state, "", NULL);

	/* What stands in the last cell is sent last. */
	pty_wait(pty, "%");
	assert_string_equal(pty_row(pty, 0), "size 80x24 utf8 color default");
	return pty;
}

static int end(void **state)
{
	pty_free(*state);
	*state = NULL;
	return 0;
}

/* The terminal is as it was, whatever happened. */
static void check_restored(struct pty *pty)
{
	assert_false(pty_alternate(pty));
	assert_true(pty_cursor(pty));
	assert_int_equal(pty_mouse_mode(pty), 0);
	assert_false(pty_paste_mode(pty));
	assert_true(pty_modes_restored(pty));
}

static void test_modes_while_open(void **state)
{
	struct pty *pty = start(state);
	size_t len;

	/* That is sent behind the picture. */
	app_wait_cursor(pty, false);
	assert_true(pty_alternate(pty));
	assert_int_equal(pty_mouse_mode(pty), 2);
	assert_true(pty_paste_mode(pty));
	assert_false(pty_modes_restored(pty));
	/* Clicks first, for those that know no drags; each by itself. */
	assert_non_null(strstr(pty_output(pty, &len), "\033[?1000h\033[?1002h\033[?1006h"));
}

static void test_quit(void **state)
{
	struct pty *pty = start(state);

	pty_key(pty, "q");
	assert_int_equal(pty_wait_exit(pty), 7);
	check_restored(pty);
}

static void test_signals(void **state)
{
	const int signals[] = {SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGSEGV, SIGBUS, SIGFPE,
		SIGUSR1, SIGALRM, SIGXCPU, SIGRTMIN};

	for (size_t i = 0; i < sizeof signals / sizeof *signals; i++) {
		struct pty *pty = start(state);

		pty_signal(pty, signals[i]);
		assert_int_equal(pty_wait_exit(pty), -signals[i]);
		check_restored(pty);
		end(state);
	}
}

static void test_unplanned_ends(void **state)
{
	static const struct {
		const char *key;
		int status;
	} ends[] = {{"c", -SIGSEGV}, {"o", -SIGSEGV}, {"a", -SIGABRT}, {"x", 9}, {"m", 1}};

	for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
		struct pty *pty = start(state);

		pty_key(pty, ends[i].key);
		assert_int_equal(pty_wait_exit(pty), ends[i].status);
		check_restored(pty);
		end(state);
	}
}

static void test_hang_up(void **state)
{
	struct pty *pty = start(state);

	pty_hang_up(pty);
	assert_int_equal(pty_wait_exit(pty), -SIGHUP);
}

static void test_cells(void **state)
{
	struct pty *pty = start(state);
	struct pty_cell cell;

	pty_wait(pty, "\u256d box \u2500");
	assert_string_equal(pty_row(pty, 3), "\u2502 \u6f22 \u00e9 \\x1b[31m \\xff         \u2502");
	cell = pty_at(pty, 0, 1);
	assert_int_equal(cell.fg, 166);
	assert_int_equal(cell.bg, -1);
	assert_int_equal(cell.attrs, ATTR_BOLD);
	cell = pty_at(pty, 10, 1);
	assert_int_equal(cell.fg, 32);
	cell = pty_at(pty, 11, 1);
	assert_int_equal(cell.fg, 32);
	assert_int_equal(cell.attrs, ATTR_BOLD | ATTR_REVERSE);
	cell = pty_at(pty, 2, 3);
	assert_int_equal(cell.width, 2);
	/* The last cell of the screen is used like any other. */
	assert_string_equal(pty_at(pty, 79, 23).text, "%");
	pty_key(pty, "t");
	pty_wait(pty, "1 key t");
	assert_true(pty_shows(pty, "colorblind"));
	assert_int_equal(pty_at(pty, 20, 1).fg, 243);
}

static void test_mono(void **state)
{
	static const char *const no_color[] = {"NO_COLOR=1", NULL};
	static const char *const empty[] = {"NO_COLOR=", NULL};
	static const struct {
		const char *word;
		const char *const *env;
		bool mono;
	} rows[] = {
		{"", no_color, true},
		{"never", NULL, true},
		{"always", no_color, false},
		{"", empty, false},
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct pty *pty = start_with(state, rows[i].word, rows[i].env);

		pty_wait(pty, rows[i].mono ? "utf8 mono" : "utf8 color");
		pty_wait(pty, "%");
		assert_int_equal(pty_at(pty, 0, 1).fg, rows[i].mono ? -1 : 166);
		assert_int_equal(pty_at(pty, 0, 1).attrs, ATTR_BOLD);
		if (rows[i].mono) {
			/* The cursor differs from what is reversed around it. */
			assert_int_equal(pty_at(pty, 30, 1).attrs, ATTR_REVERSE);
			assert_int_equal(pty_at(pty, 31, 1).attrs, ATTR_BOLD | ATTR_UNDERLINE);
			assert_null(strstr(pty_output(pty, &(size_t){0}), "\033[38;5;"));
		}
		end(state);
	}
}

static void test_terminal_types(void **state)
{
	static const char *const linux_env[] = {"TERM=linux", NULL};
	static const char *const vt100[] = {"TERM=vt100", NULL};
	static const char *const tmux[] = {"TERM=tmux-256color", NULL};
	static const char *const xterm[] = {"TERM=xterm", NULL};
	static const struct {
		const char *const *env;
		const char *shows;
		int tophash;
	} rows[] = {
		{linux_env, "color", 3},
		{vt100, "mono", -1},
		{tmux, "color", 166},
		{xterm, "color", 3},
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct pty *pty = start_with(state, "", rows[i].env);

		pty_wait(pty, rows[i].shows);
		pty_wait(pty, "%");
		assert_int_equal(pty_at(pty, 0, 1).fg, rows[i].tophash);
		assert_string_equal(pty_at(pty, 0, 1).text, "t");
		pty_key(pty, "q");
		assert_int_equal(pty_wait_exit(pty), 7);
		check_restored(pty);
		end(state);
	}
}

static void test_no_terminal(void **state)
{
	static const char *const unset[] = {"TERM", NULL};
	static const char *const unknown[] = {"TERM=no-such-terminal", NULL};
	static const char *const dumb[] = {"TERM=dumb", NULL};
	static const struct {
		const char *const *env;
		const char *input;
		const char *says;
	} rows[] = {
		{ unset, NULL, "demo: TERM is not set: the terminal's type is unknown" },
		{ unknown, NULL,
			"demo: TERM is no-such-terminal: unknown terminal type; try "
			"TERM=xterm-256color" },
		{ dumb, NULL, "demo: TERM is dumb: a terminal that cannot place its cursor" },
		{ NULL, "/dev/null",
			"demo: standard input is not a terminal; - reads a script from it" },
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct pty_options options = {.env = rows[i].env,
			.input = rows[i].input,
			.run = run_demo,
			.arg = (void *)(uintptr_t) ""};
		struct pty *pty = *state = pty_start(&options);
		size_t len;

		assert_int_equal(pty_wait_exit(pty), 1);
		assert_string_equal(pty_row(pty, 0), rows[i].says);
		assert_null(strchr(pty_output(pty, &len), '\033'));
		check_restored(pty);
		end(state);
	}
}

/* A script comes from standard input, keys from the terminal. */
static void test_input_taken(void **state)
{
	struct pty_options options = {
		.input = "/dev/null", .run = run_demo, .arg = (void *)(uintptr_t) "taken"};
	struct pty *pty = *state = pty_start(&options);

	pty_wait(pty, "%");
	pty_key(pty, "Up");
	pty_wait(pty, "key Up");
	pty_key(pty, "q");
	assert_int_equal(pty_wait_exit(pty), 7);
	check_restored(pty);
}

static void test_locale(void **state)
{
	static const char *const c[] = {"LC_ALL=C", NULL};
	static const char *const absent[] = {"LC_ALL=xx_YY.UTF-8", NULL};
	static const struct {
		const char *word;
		const char *const *env;
		const char *shows;
	} rows[] = {
		{"", c, "+ box -"},
		{"utf8", c, "\u256d box \u2500"},
		{"ascii", NULL, "+ box -"},
		/* It names the encoding, though this machine does not have it. */
		{"", absent, "\u256d box \u2500"},
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct pty *pty = start_with(state, rows[i].word, rows[i].env);

		pty_wait(pty, rows[i].shows);
		if (*rows[i].shows == '+')
			pty_wait_row(pty, 3, "| \\u6f22 \\u00e9 \\x1b[31m \\x> |");
		end(state);
	}
}

static void test_keys(void **state)
{
	static const char *const names[] = {"Up", "Down", "Left", "Right", "Home", "End", "PageUp",
		"PageDown", "Insert", "Delete", "Backspace", "Tab", "S-Tab", "Enter", "F1", "F5",
		"F12", "Escape", "C-c", "C-z", "C-s", "M-x", "C-Up", "S-Left", "Space", "?",
		"\u00e9", "\u6f22"};
	struct pty *pty = start(state);
	char expected[64];

	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		pty_key(pty, names[i]);
		snprintf(expected, sizeof expected, "%zu key %s", i + 1, names[i]);
		pty_wait_row(pty, 5, expected);
	}
}

static void test_mouse(void **state)
{
	struct pty *pty = start_sized(state, "", NULL, 300, 100);

	pty_wait(pty, "300x100");
	pty_mouse(pty, 4, 7, 1, true);
	pty_wait_row(pty, 5, "1 press 1 at 4,7 +0");
	pty_mouse_move(pty, 250, 90);
	pty_wait_row(pty, 5, "2 drag 1 at 250,90 +0");
	pty_mouse(pty, 250, 90, 1, false);
	pty_wait_row(pty, 5, "3 release 1 at 250,90 +0");
	pty_mouse(pty, 0, 0, 4, true);
	pty_wait_row(pty, 5, "4 wheel 0 at 0,0 -1");
	pty_mouse(pty, 0, 0, 5, true);
	pty_wait_row(pty, 5, "5 wheel 0 at 0,0 +1");
}

static void test_no_mouse(void **state)
{
	struct pty *pty = start_with(state, "nomouse", NULL);

	pty_wait(pty, "%");
	assert_int_equal(pty_mouse_mode(pty), 0);
}

static void test_paste(void **state)
{
	struct pty *pty = start(state);
	char *large = calloc(1, 1500000);

	pty_paste(pty, "qqq\rc\033[A", 8);
	pty_wait_row(pty, 5, "1 paste 8 qqq\\x0dc\\x1b[A");
	memset(large, 'q', 1500000);
	pty_paste(pty, large, 1500000);
	pty_wait(pty, "2 paste 1048576 cut qqq");
	free(large);
	/* A paste without an end does not swallow the keyboard for ever. */
	pty_send(pty, "\033[200~abc", 9);
	pty_wait(pty, "3 paste 3 abc");
	pty_key(pty, "q");
	assert_int_equal(pty_wait_exit(pty), 7);
}

static void test_resize(void **state)
{
	static const int sizes[][2] = {{1, 1}, {500, 200}, {40, 10}, {2, 1}, {1, 50}, {80, 24}};
	struct pty *pty = start(state);
	char expected[64];

	pty_wait(pty, "%");
	for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
		int w = sizes[i][0], h = sizes[i][1];

		pty_resize(pty, w, h);
		snprintf(expected, sizeof expected, "size %dx%d utf8 color default", w, h);
		if (w < (int)strlen(expected))
			expected[w] = '\0';
		if (w == 1 && h == 1)
			snprintf(expected, sizeof expected, "%%");
		if (w == 2 && h == 1)
			snprintf(expected, sizeof expected, "s%%");
		pty_wait_row(pty, 0, expected);
	}
	pty_key(pty, "q");
	assert_int_equal(pty_wait_exit(pty), 7);
	check_restored(pty);
}

static void test_small_start(void **state)
{
	struct pty *pty = start_sized(state, "", NULL, 1, 1);

	pty_wait(pty, "%");
	pty_key(pty, "q");
	assert_int_equal(pty_wait_exit(pty), 7);
}

/* What the environment says of the size is not the size. */
static void test_size_from_terminal(void **state)
{
	static const char *const env[] = {"LINES=7", "COLUMNS=33", NULL};
	struct pty *pty = start_with(state, "", env);

	pty_wait(pty, "size 80x24");
}

/* A key costs the cells that it changes, not the screen. */
static void test_sends_changes_only(void **state)
{
	struct pty *pty = start_sized(state, "", NULL, 200, 60);
	size_t before;

	pty_wait(pty, "%");
	pty_key(pty, "Up");
	pty_wait(pty, "1 key Up");
	pty_settle(pty, 50);
	before = pty_bytes(pty);
	pty_key(pty, "Down");
	pty_wait(pty, "2 key Down");
	pty_settle(pty, 50);
	assert_true(pty_bytes(pty) - before < 200);
}

static void test_text_cursor(void **state)
{
	struct pty *pty = start(state);
	int x, y;

	pty_key(pty, "p");
	pty_wait(pty, "key p");
	app_wait_cursor(pty, true);
	pty_cursor_at(pty, &x, &y);
	assert_int_equal(x, 3);
	assert_int_equal(y, 1);
	pty_key(pty, "p");
	pty_wait(pty, "2 key p");
	app_wait_cursor(pty, false);
}

static void check_stopped_and_continue(struct pty *pty, const char *stopped, int w)
{
	char expected[32];

	pty_wait(pty, stopped);
	pty_wait(pty, "icanon");
	check_restored(pty);
	pty_resize(pty, w, 30);
	pty_send(pty, "\n", 1);
	snprintf(expected, sizeof expected, "size %dx30", w);
	pty_wait(pty, expected);
	assert_true(pty_alternate(pty));
	assert_int_equal(pty_mouse_mode(pty), 2);
	assert_true(pty_paste_mode(pty));
	pty_key(pty, "F5");
	pty_wait(pty, "key F5");
}

/* In a shell with job control, twice, for the second time is another matter. */
static void test_suspend(void **state)
{
	char self[4096], script[8192];
	ssize_t len = readlink("/proc/self/exe", self, sizeof self - 1);
	const char *argv[] = {"bash", "--norc", "-c", script, NULL};
	struct pty_options options = {.argv = argv};
	struct pty *pty;

	assert_true(len > 0);
	self[len] = '\0';
	snprintf(script, sizeof script,
		"set -m; '%s' --demo; clear; echo STOPPED 1; stty -a; read x; fg; clear; "
		"echo STOPPED 2; stty -a; read x; fg; echo ENDED $?; read x",
		self);
	pty = *state = pty_start(&options);
	pty_wait(pty, "size 80x24");
	pty_wait(pty, "%");
	pty_key(pty, "z");
	check_stopped_and_continue(pty, "STOPPED 1", 90);
	pty_wait(pty, "continued");
	pty_key(pty, "z");
	check_stopped_and_continue(pty, "STOPPED 2", 100);
	pty_key(pty, "q");
	pty_wait(pty, "ENDED 7");
	check_restored(pty);
}

/* Stopped from outside, politely and by force. */
static void test_stopped_by_signal(void **state)
{
	for (size_t i = 0; i < 2; i++) {
		char self[4096], script[8192];
		ssize_t len = readlink("/proc/self/exe", self, sizeof self - 1);
		const char *argv[] = {"bash", "--norc", "-c", script, NULL};
		struct pty_options options = {.argv = argv};
		struct pty *pty;

		assert_true(len > 0);
		self[len] = '\0';
		snprintf(script, sizeof script,
			"set -m; '%s' --demo; %s printf '\\r\\nSTOPPED\\r\\n'; stty sane; stty -a; "
			"read x; fg; "
			"echo ENDED $?; read x",
			self, i ? "" : "clear;");
		pty = *state = pty_start(&options);
		pty_wait(pty, "%");
		pty_signal_job(pty, i ? SIGSTOP : SIGTSTP);
		pty_wait(pty, "STOPPED");
		pty_wait(pty, "icanon");
		pty_send(pty, "\n", 1);
		pty_wait(pty, "redraw");
		pty_key(pty, "Up");
		pty_wait(pty, "key Up");
		pty_key(pty, "q");
		pty_wait(pty, "ENDED 7");
		end(state);
	}
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(test_modes_while_open, end),
		cmocka_unit_test_teardown(test_quit, end),
		cmocka_unit_test_teardown(test_signals, end),
		cmocka_unit_test_teardown(test_unplanned_ends, end),
		cmocka_unit_test_teardown(test_hang_up, end),
		cmocka_unit_test_teardown(test_cells, end),
		cmocka_unit_test_teardown(test_mono, end),
		cmocka_unit_test_teardown(test_terminal_types, end),
		cmocka_unit_test_teardown(test_no_terminal, end),
		cmocka_unit_test_teardown(test_input_taken, end),
		cmocka_unit_test_teardown(test_locale, end),
		cmocka_unit_test_teardown(test_keys, end),
		cmocka_unit_test_teardown(test_mouse, end),
		cmocka_unit_test_teardown(test_no_mouse, end),
		cmocka_unit_test_teardown(test_paste, end),
		cmocka_unit_test_teardown(test_resize, end),
		cmocka_unit_test_teardown(test_small_start, end),
		cmocka_unit_test_teardown(test_size_from_terminal, end),
		cmocka_unit_test_teardown(test_sends_changes_only, end),
		cmocka_unit_test_teardown(test_text_cursor, end),
		cmocka_unit_test_teardown(test_suspend, end),
		cmocka_unit_test_teardown(test_stopped_by_signal, end),
	};

	if (argc > 1 && !strcmp(argv[1], "--demo"))
		return demo_main(argc - 2, argv + 2);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
