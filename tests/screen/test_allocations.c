/* SPDX-License-Identifier: MIT */
/*
 * No memory for one allocation, whichever it is: then a run either fails and leaves what was there,
 * or is as good as ever. Each of the first 10,000 of every kind of run; of what comes late only
 * some, unless ALLOCATIONS in the environment says from which on: a number, or all.
 * tests/failing/failing.c does the work.
 */
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "model/base/mem.h"
#include "model/base/text.h"
#include "tests/cli/program.h"
#include "tests/screen/pty.h"
#include "tests/tui/scratch.h"
#include "tui/export/export.h"

#include <cmocka.h>

#define LENGTH(a) (sizeof(a) / sizeof(a)[0])

enum { MOST = 10000, ALL = 150, STEP = 61, WORDS = 12 };

#if defined __SANITIZE_ADDRESS__
enum { SANITIZED = 1 };
#elif defined __has_feature
#if __has_feature(address_sanitizer)
enum { SANITIZED = 1 };
#else
enum { SANITIZED = 0 };
#endif
#else
enum { SANITIZED = 0 };
#endif

static const char script[] = "map map[string]int\nfill 30\ncaption \"two go\"\nsnapshot before\n"
	"delete \"key-1\"\nfill 9\nrange 4\nlookup \"key-2\"\nsnapshot \"after\"\n";
static const char document[] = "# Maps\n\n<!-- hmapview -x text -n 9 -->\n```\nold\n```\n\n"
	"<!-- hmapview -x summary\nfill 3\n-->\n```\nold\n```\n";

static char *path_of(const char *name)
{
	return xasprintf("%s/%s", scratch.path, name);
}

static char *shim(void)
{
	char *path = xstrdup(program_path());

	strcpy(strrchr(path, '/'), "");
	{
		char *lib = xasprintf("%s/tests/failing.so", path);

		free(path);
		return lib;
	}
}

/* So many of the first allocations fail each. */
static int wanted(void)
{
	const char *most = getenv("ALLOCATIONS");

	if (!most)
		return ALL;
	return strcmp(most, "all") == 0 ? MOST : (int)strtol(most, NULL, 10);
}

/* The surroundings of a run that fails in this way; freed with free_words(). */
static void set_env(const char *env[WORDS], const char *good)
{
	char *report = path_of("report"), *lib = shim();
	int n = 0;

	unlink(report);
	env[n++] = xasprintf("LD_PRELOAD=%s", lib);
	env[n++] = xasprintf("FAILING_REPORT=%s", report);
	env[n++] = xasprintf("FAILING_MOST=%d", MOST);
	env[n++] = xasprintf("FAILING_ALL=%d", wanted());
	env[n++] = xasprintf("FAILING_STEP=%d", STEP);
	env[n++] = good ? xasprintf("FAILING_GOOD=%s", good) : xstrdup("FAILING_SCREEN=1");
	env[n] = NULL;
	free(report);
	free(lib);
}

static void free_words(const char *env[WORDS])
{
	for (int i = 0; env[i]; i++)
		free((void *)(uintptr_t)env[i]);
}

/* Nothing but how many were tried. */
static void check_report(const char *what)
{
	char *path = path_of("report"), *text = file_read(path, NULL);

	assert_non_null(text);
	if (strncmp(text, "tried ", 6) != 0)
		fail_msg("%s: %s", what, text);
	assert_true(strtoul(text + 6, NULL, 10) > 20);
	free(text);
	free(path);
}

/* What goes to standard output, whichever way. */
static void check_output(const char *const *args, int status)
{
	char *good = path_of("good"), *out = path_of("out"), *a, *b;
	const char *env[WORDS];
	struct program p = { .args = args, .folder = scratch.path, .out = good };
	struct outcome o = program_run(&p);

	assert_int_equal(o.status, status);
	outcome_free(&o);
	set_env(env, good);
	p.env = env;
	p.out = out;
	o = program_run(&p);
	assert_int_equal(o.status, status);
	outcome_free(&o);
	check_report(args[1]);
	a = file_read(good, NULL);
	b = file_read(out, NULL);
	assert_string_equal(a, b);
	free(a);
	free(b);
	free(good);
	free(out);
	free_words(env);
}

#define ARGS(...) ((const char *const[]){__VA_ARGS__, NULL})

static void test_formats(void **state)
{
	(void)state;
	if (SANITIZED)
		skip();
	for (unsigned i = 0; export_format_at(i); i++)
		check_output(ARGS("-x", export_format_at(i)->name, "script.hm"), 0);
	check_output(ARGS("-x", "json", "--view", "ledger", "script.hm"), 0);
	check_output(ARGS("-x", "json", "--view", "diff", "script.hm"), 0);
	check_output(ARGS("-x", "markdown", "--frames", "ops", "script.hm"), 0);
}

static void test_opening(void **state)
{
	(void)state;
	if (SANITIZED)
		skip();
	check_output(ARGS("-x", "json", "two.json"), 0);
	check_output(ARGS("-x", "text", "two.json"), 0);
}

static void test_prints(void **state)
{
	static const char *const what[] = { "man", "scenes", "themes", "zsh" };

	(void)state;
	if (SANITIZED)
		skip();
	for (size_t i = 0; i < LENGTH(what); i++)
		if (i < 3)
			check_output(ARGS("--print", what[i]), 0);
	check_output(ARGS("--check", "old.md"), 1);
}

/* Whether what a file holds is one of two things. */
static void check_kept(const char *name, int status, const char *before, const char *after, int at)
{
	char *path = path_of(name), *text = file_read(path, NULL);

	if (!text || strcmp(text, status == 0 ? after : before) != 0)
		fail_msg("allocation %d: status %d, and %s holds %.60s", at, status, name,
			text ? text : "nothing");
	free(text);
	free(path);
}

/* A file that is replaced: one failure in a run, until there are no more allocations. */
static void check_replaced(const char *const *args, const char *name, const char *before)
{
	char *path = path_of(name), *after, *lib = shim();
	struct program p = { .args = args, .folder = scratch.path };
	struct outcome o = program_run(&p);
	int step = wanted() == MOST ? 1 : 17;

	assert_int_equal(o.status, 0);
	outcome_free(&o);
	after = file_read(path, NULL);
	for (int at = 1, passed = 0; passed < 3 && at < MOST; at += step) {
		const char *env[] = { xasprintf("LD_PRELOAD=%s", lib), "FAILING_REPORT=/dev/null",
			xasprintf("FAILING_AT=%d", at), NULL };

		free(scratch_write(&scratch, name, before, strlen(before)));
		p.env = env;
		o = program_run(&p);
		check_kept(name, o.status, before, after, at);
		/* Behind the last allocation nothing fails any more. */
		passed = o.status == 0 ? passed + 1 : 0;
		outcome_free(&o);
		free((void *)(uintptr_t)env[0]);
		free((void *)(uintptr_t)env[2]);
	}
	free(after);
	free(path);
	free(lib);
}

static void test_replacing(void **state)
{
	(void)state;
	if (SANITIZED)
		skip();
	check_replaced(ARGS("-x", "text", "-n", "3", "-o", "made.txt"), "made.txt", "was here\n");
	check_replaced(ARGS("-x", "json", "-n", "3", "-o", "made.json"), "made.json", "was here\n");
	check_replaced(ARGS("--update", "old.md"), "old.md", document);
}

static void test_screen(void **state)
{
	static const char keys[] = "jj?q\tq";
	const char *env[WORDS];
	struct pty *pty;

	(void)state;
	if (SANITIZED)
		skip();
	set_env(env, NULL);
	pty = pty_start(&(struct pty_options){ .env = env,
		.argv = ARGS(program_path(), "-n", "9") });
	pty_blind(pty, true);
	for (int i = 0; keys[i]; i++) {
		pty_send(pty, &keys[i], 1);
		pty_settle(pty, 200);
	}
	for (int i = 0; i < 600; i++) {
		char *report = path_of("report"), *text = file_read(report, NULL);
		bool done = text && strstr(text, "tried ");

		free(text);
		free(report);
		if (done)
			break;
		pty_send(pty, "q", 1);
		pty_settle(pty, 200);
	}
	pty_free(pty);
	check_report("the screen");
	free_words(env);
}

static int prepare(void **state)
{
	struct outcome o;
	char *two;

	(void)state;
	scratch_make(&scratch);
	free(scratch_write(&scratch, "script.hm", script, sizeof script - 1));
	free(scratch_write(&scratch, "old.md", document, sizeof document - 1));
	two = path_of("two.json");
	o = program_run(&(struct program){ .args = ARGS("-x", "json", "-o", two, "script.hm"),
		.folder = scratch.path });
	if (o.status != 0)
		fail_msg("%s", o.err);
	outcome_free(&o);
	free(two);
	return 0;
}

static int finish(void **state)
{
	(void)state;
	scratch_remove(&scratch);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_formats),
		cmocka_unit_test(test_opening),
		cmocka_unit_test(test_prints),
		cmocka_unit_test(test_replacing),
		cmocka_unit_test(test_screen),
	};

	return cmocka_run_group_tests(tests, prepare, finish);
}
