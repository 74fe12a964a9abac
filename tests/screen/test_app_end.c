/* SPDX-License-Identifier: MIT */
/* However the program ends or stops, the terminal is given back; and when it cannot begin. */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "model/base/mem.h"
#include "tests/cli/program.h"
#include "tests/screen/app.h"
#include "tests/tui/scratch.h"

#include <cmocka.h>

#define ARGS(...) ((const char *const[]){__VA_ARGS__, NULL})

static void check_modes_on(struct pty *pty)
{
	assert_true(pty_alternate(pty));
	app_wait_cursor(pty, false);
	assert_int_equal(pty_mouse_mode(pty), 2);
	assert_true(pty_paste_mode(pty));
	assert_false(pty_modes_restored(pty));
}

static void test_signals(void **state)
{
	const int signals[] = {SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGSEGV, SIGABRT,
		SIGUSR1, SIGUSR2, SIGALRM, SIGVTALRM, SIGPROF, SIGXCPU, SIGXFSZ, SIGTRAP, SIGSYS,
		SIGIO, SIGPWR, SIGSTKFLT, SIGRTMIN, SIGRTMAX};

	for (size_t i = 0; i < sizeof signals / sizeof *signals; i++) {
		struct pty *pty = app_open(state);
		int status;

		check_modes_on(pty);
		pty_signal(pty, signals[i]);
		status = pty_wait_exit(pty);
		/* A sanitizer reports a crash and ends with a status of its own. */
		if (signals[i] != SIGSEGV || status < 0)
			assert_int_equal(status, -signals[i]);
		else
			assert_int_not_equal(status, 0);
		app_check_restored(pty);
		app_end(state);
	}
}

/* In the prompt, too, and in the middle of long work. */
static void test_signal_at_prompt(void **state)
{
	struct pty *pty = app_open(state);

	pty_key(pty, ":");
	pty_type(pty, "insert");
	app_wait_in(pty, -1, ": insert");
	pty_signal(pty, SIGTERM);
	assert_int_equal(pty_wait_exit(pty), -SIGTERM);
	app_check_restored(pty);
}

static void test_signal_during_work(void **state)
{
	struct pty *pty = app_open(state);

	app_command(pty, "fill 30000000");
	pty_settle(pty, 100);
	pty_signal(pty, SIGTERM);
	assert_int_equal(pty_wait_exit(pty), -SIGTERM);
	app_check_restored(pty);
}

/* Long work shows how far it is, and a key stops it; what was done stays, and the program too. */
static void check_stop(void **state, const char *key)
{
	struct pty *pty = app_open(state);

	app_command(pty, "fill 100000000");
	app_wait_in(pty, -1, "working: op ");
	app_wait_in(pty, -1, " %, ");
	app_wait_in(pty, -1, " s left   C-c or Esc stops");
	pty_key(pty, key);
	app_wait_in(pty, -1, "stopped at op ");
	app_wait_in(pty, -1, "; what was done stays");
	pty_key(pty, "i");
	pty_type(pty, "-5");
	pty_key(pty, "Enter");
	pty_wait(pty, "insert -5: hash");
	pty_key(pty, "q");
	assert_int_equal(pty_wait_exit(pty), 0);
	app_check_restored(pty);
}

static void test_work_is_stopped(void **state)
{
	check_stop(state, "C-c");
}

static void test_escape_stops(void **state)
{
	check_stop(state, "Escape");
}

static struct pty *begin_much(void **state)
{
	struct pty_options o = {.w = 120, .h = 40, .argv = ARGS(program_path(), "-n", "100000000")};
	struct pty *pty = pty_start(&o);

	*state = pty;
	app_wait_in(pty, -1, "working: op ");
	return pty;
}

/* What the screen begins with is work as well. */
static void test_beginning_is_stopped(void **state)
{
	struct pty *pty = begin_much(state);

	pty_key(pty, "Escape");
	app_wait_in(pty, -1, "stopped at op ");
	pty_key(pty, "q");
	assert_int_equal(pty_wait_exit(pty), 0);
	app_check_restored(pty);
}

/* A way along the timeline, and what is written; the first leads back, the other leaves no file. */
static void test_ways_and_files_are_stopped(void **state)
{
	struct pty *pty = begin_much(state);
	char name[] = "/tmp/hmapview-test-XXXXXX", *file;

	assert_non_null(mkdtemp(name));
	file = xasprintf("export json %s/much.json", name);
	sleep(2);
	pty_key(pty, "C-c");
	app_wait_in(pty, -1, "stopped at op ");
	app_command(pty, "undo 4200");
	app_wait_in(pty, -1, "working: op ");
	app_wait_in(pty, -1, "C-c or Esc stops");
	pty_key(pty, "C-c");
	pty_wait(pty, " was given up");
	pty_key(pty, "Escape");
	app_wait_in(pty, -1, " quit");
	app_command(pty, file);
	app_wait_in(pty, -1, "working: bucket ");
	pty_key(pty, "Escape");
	pty_wait(pty, "export: stopped before its end");
	assert_int_equal(rmdir(name), 0);
	free(file);
	pty_key(pty, "Escape");
	app_wait_in(pty, -1, " quit");
	pty_key(pty, "q");
	assert_int_equal(pty_wait_exit(pty), 0);
}

/* A page that takes long says so while it is made; then nothing of that is left. */
static void test_pages_end_their_words(void **state)
{
	struct pty *pty = app_open(state);

	app_command(pty, "fill 250000");
	app_wait_in(pty, -1, " quit");
	pty_key(pty, "W");
	app_wait_in(pty, -1, "working: op ");
	pty_wait(pty, "1.25-X:noswissmap");
	pty_settle(pty, 200);
	assert_false(pty_shows(pty, "working"));
	pty_key(pty, "q");
	pty_key(pty, "q");
	assert_int_equal(pty_wait_exit(pty), 0);
}

/* Without a screen too, where somebody looks; nothing of it stays, and no mode is changed. */
static void test_work_is_told(void **state)
{
	struct pty_options o = {
		.argv = ARGS("sh", "-c",
			"\"$0\" -x summary -t map[string]int -n 3000000 >/dev/null; echo over",
			program_path())
	};
	struct pty *pty = pty_start(&o);

	(void)state;
	pty_wait(pty, " of 3,000,001, ");
	assert_true(pty_modes_restored(pty));
	pty_wait_row(pty, 0, "over");
	assert_int_equal(pty_wait_exit(pty), 0);
	pty_free(pty);
}

/* Documents too; and who ends the program finds the line wiped. */
static void check_told_and_ended(void **state, const char *command)
{
	struct pty_options o = {.argv = ARGS("sh", "-c", command, program_path())};
	struct pty *pty = pty_start(&o);

	*state = pty;
	pty_wait(pty, "working: op ");
	assert_true(pty_modes_restored(pty));
	pty_key(pty, "C-c");
	pty_wait(pty, "over");
	assert_false(pty_shows(pty, "working"));
	assert_int_equal(pty_wait_exit(pty), 128 + SIGINT);
	app_end(state);
}

static void test_work_that_is_told_ends(void **state)
{
	static const char document[] = "<!-- hmapview -x summary -n 100000000 -->\n```\n```\n";
	char *path, *check, *update;

	scratch_make(&scratch);
	path = scratch_write(&scratch, "much.md", document, sizeof document - 1);
	check = xasprintf("trap 'echo over' INT; \"$0\" --check %s", path);
	update = xasprintf("trap 'echo over' INT; \"$0\" --update %s", path);
	check_told_and_ended(state, "trap 'echo over' INT; \"$0\" -x json -n 100000000");
	check_told_and_ended(state, check);
	check_told_and_ended(state, update);
	free(path);
	free(check);
	free(update);
	scratch_remove(&scratch);
}

static void test_hang_up(void **state)
{
	struct pty *pty = app_open(state);
	int status;

	pty_hang_up(pty);
	status = pty_wait_exit(pty);
	assert_true(status == -SIGHUP || status == 0);
}

/* Without a SIGHUP, as when a parent has it ignored: the end of input is enough. */
static void test_hang_up_without_signal(void **state)
{
	struct pty_options o = {.w = 120, .h = 40,
		.argv = ARGS("sh", "-c", "trap '' HUP; exec \"$0\"", program_path())};
	struct pty *pty = pty_start(&o);

	*state = pty;
	app_wait_in(pty, -1, " quit");
	pty_hang_up(pty);
	assert_int_equal(pty_wait_exit(pty), 0);
}

/* Twice, for what fights over the terminal shows the second time. */
static void test_suspend(void **state)
{
	static const char
		command[] = "set -m; \"$0\"; echo first; read line; fg >/dev/null; echo second; "
			    "read line; fg >/dev/null; echo ended $?";
	struct pty_options o = {.w = 120, .h = 40,
		.argv = ARGS("bash", "-c", command, program_path())};
	struct pty *pty = pty_start(&o);

	*state = pty;
	app_wait_in(pty, -1, " quit");
	pty_key(pty, "C-z");
	pty_wait(pty, "first");
	app_check_restored(pty);
	pty_resize(pty, 90, 30);
	pty_send(pty, "\r", 1);
	app_wait_in(pty, -1, " quit");
	check_modes_on(pty);
	pty_signal_job(pty, SIGTSTP);
	pty_wait(pty, "second");
	app_check_restored(pty);
	pty_resize(pty, 120, 40);
	pty_send(pty, "\r", 1);
	app_wait_in(pty, -1, " quit");
	pty_wait(pty, "bucket 7 · 0x");
	pty_key(pty, "q");
	pty_wait(pty, "ended 0");
	assert_int_equal(pty_wait_exit(pty), 0);
	app_check_restored(pty);
}

/* A start that fails: a line at the terminal, and no byte besides it. */
static void check_no_start(
	void **state, const struct app_options *options, const char *says, const char *redirect)
{
	char *command = xasprintf("\"$0\" %s", redirect);
	struct pty_options o = {.w = 120, .h = 40, .env = options->env, .input = options->input,
		.argv = ARGS("sh", "-c", command, program_path())};
	struct pty *pty = pty_start(&o);
	const char *output;
	size_t len;

	*state = pty;
	assert_int_equal(pty_wait_exit(pty), 1);
	output = pty_output(pty, &len);
	if (strncmp(output, "hmapview: ", 10) || !strstr(output, says) || strchr(output, '\033') ||
		len < 3 || strstr(output, "\r\n") != output + len - 2)
		fail_msg("expected a line with \"%s\", not \"%s\"", says, output);
	app_check_restored(pty);
	free(command);
	app_end(state);
}

static void test_no_start(void **state)
{
	check_no_start(state, &(struct app_options){.env = ARGS("TERM")}, "TERM is not set", "");
	check_no_start(state, &(struct app_options){.env = ARGS("TERM=")}, "TERM", "");
	check_no_start(state, &(struct app_options){.env = ARGS("TERM=nonsense")},
		"TERM is nonsense: unknown terminal type; try TERM=xterm-256color", "");
	check_no_start(state, &(struct app_options){.env = ARGS("TERM=dumb")}, "TERM is dumb", "");
	check_no_start(state, &(struct app_options){ 0 }, "standard output is not a terminal",
		">/dev/null");
	check_no_start(state, &(struct app_options){ 0 }, "standard input is not a terminal",
		"</dev/null");
}

static struct pty *start_script(void **state, struct scratch *at, const char *text)
{
	char *path;

	scratch_make(at);
	path = scratch_write(at, "input.hm", text, strlen(text));
	app_start(state, &(struct app_options){.args = ARGS("-"), .input = path});
	free(path);
	return *state;
}

/* The script comes from standard input, the keys from the terminal. */
static void test_script_from_input(void **state)
{
	struct scratch at;
	struct pty *pty = start_script(state, &at, "fill 3\nlookup 2\n");

	app_wait_in(pty, 0, "op 4/4");
	pty_wait(pty, "lookup 2: the only bucket, no hash needed, found in slot 2");
	pty_key(pty, "[");
	app_wait_in(pty, 0, "op 3/4");
	pty_key(pty, "q");
	assert_int_equal(pty_wait_exit(pty), 0);
	app_check_restored(pty);
	scratch_remove(&at);
}

/* From a pipe, as a shell would have it. */
static void test_script_from_pipe(void **state)
{
	struct pty_options o = {.w = 80, .h = 24,
		.argv = ARGS("sh", "-c", "echo fill 7 | \"$0\" -", program_path())};
	struct pty *pty = pty_start(&o);

	*state = pty;
	app_wait_in(pty, -1, " quit");
	app_wait_in(pty, 0, "op 8/8");
	pty_key(pty, "q");
	assert_int_equal(pty_wait_exit(pty), 0);
	app_check_restored(pty);
}

/* A script with a mistake does not open the screen. */
static void test_script_fails(void **state)
{
	struct pty_options o = {.w = 80, .h = 24,
		.argv = ARGS("sh", "-c", "echo nonsense | \"$0\" -", program_path())};
	struct pty *pty = pty_start(&o);
	size_t len;

	*state = pty;
	assert_int_equal(pty_wait_exit(pty), 1);
	assert_string_equal(pty_output(pty, &len),
		"hmapview: standard input:1: unknown command \"nonsense\"\r\n");
}

#define TEST(f) cmocka_unit_test_teardown(f, app_end)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_signals),
		TEST(test_signal_at_prompt),
		TEST(test_signal_during_work),
		TEST(test_work_is_stopped),
		TEST(test_escape_stops),
		TEST(test_beginning_is_stopped),
		TEST(test_ways_and_files_are_stopped),
		TEST(test_work_is_told),
		TEST(test_work_that_is_told_ends),
		TEST(test_pages_end_their_words),
		TEST(test_hang_up),
		TEST(test_hang_up_without_signal),
		TEST(test_suspend),
		TEST(test_no_start),
		TEST(test_script_from_input),
		TEST(test_script_from_pipe),
		TEST(test_script_fails),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
