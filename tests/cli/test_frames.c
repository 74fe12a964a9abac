/* SPDX-License-Identifier: MIT */
/* Storyboards and recordings from the command line. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "model/base/mem.h"
#include "tests/cli/program.h"
#include "tests/tui/scratch.h"

#include <cmocka.h>

#define ARGS(...) ((const char *const[]){__VA_ARGS__, NULL})

/* The program's output, when it ends with that status and says just that on standard error. */
static char *run(const char *const *args, int status, const char *says)
{
	struct outcome o = program_run(&(struct program){ .args = args, .folder = scratch.path });
	char *out = xstrdup(o.out);

	assert_string_equal(o.err, says);
	assert_int_equal(o.status, status);
	outcome_free(&o);
	return out;
}

static void refused(const char *const *args, int status, const char *says)
{
	char *out = run(args, status, says);

	assert_string_equal(out, "");
	free(out);
}

static void test_refused(void **state)
{
	(void)state;
	refused(ARGS("-x", "text", "--frames", "moves"), 2,
		"hmapview: unknown frames \"moves\": one of ops, events, growth, snapshots, "
		"captions\n");
	refused(ARGS("--frames", "ops"), 2, "hmapview: --frames needs --export FORMAT\n");
	refused(ARGS("-x", "summary", "--frames", "ops"), 2,
		"hmapview: --frames: summary has none\n");
	refused(ARGS("-x", "ledger", "--frames", "ops"), 2,
		"hmapview: --frames: ledger has none\n");
	refused(ARGS("-x", "cast", "--height", "5"), 2, "hmapview: --height: 10 rows at least\n");
	refused(ARGS("-x", "text", "--frames", "snapshots"), 1,
		"hmapview: --frames snapshots: the script has no command snapshot\n");
	refused(ARGS("-x", "text", "--frames", "captions"), 1,
		"hmapview: --frames captions: the script has no command caption\n");
}

/* Nothing half: without a frame there is no file. */
static void test_nothing(void **state)
{
	char *path = xasprintf("%s/out.svg", scratch.path);

	(void)state;
	refused(ARGS("-x", "svg", "--frames", "growth", "-n", "3", "-o", "out.svg"), 1,
		"hmapview: --frames growth: there is none in 4 operations\n");
	assert_int_not_equal(access(path, F_OK), 0);
	free(path);
}

/* Up to the point asked for; and however the session was made. */
static void test_at(void **state)
{
	char *all = run(ARGS("-x", "text", "--frames", "ops", "-n", "9"), 0, "");
	char *some = run(ARGS("-x", "text", "--frames", "ops", "-n", "9", "--at", "4"), 0, "");

	(void)state;
	assert_non_null(strstr(all, "\n10. insert 8"));
	assert_non_null(strstr(some, "\n4. insert 2"));
	assert_null(strstr(some, "\n5. "));
	free(all);
	free(some);
}

/* An export within a script shows the state then, unless it asks for frames itself. */
static void test_script(void **state)
{
	static const char script[] = "fill 9\nsnapshot\nexport text one.txt\n"
		"export --frames growth text three.txt\n";
	char *path = xasprintf("%s/one.txt", scratch.path), *text;
	size_t len;

	(void)state;
	free(scratch_write(&scratch, "s.hm", script, strlen(script)));
	free(run(ARGS("-x", "text", "--frames", "ops", "s.hm"), 0, ""));
	text = file_read(path, &len);
	assert_non_null(strstr(text, "hmap · 48 B"));
	free(text);
	free(path);
	path = xasprintf("%s/three.txt", scratch.path);
	text = file_read(path, &len);
	assert_non_null(strstr(text, "\n3. insert 8"));
	free(text);
	free(path);
	free(scratch_write(&scratch, "j.hm", "fill 9\nsnapshot\nexport json j.json\n", 35));
	refused(ARGS("-x", "text", "--frames", "ops", "j.hm"), 1,
		"hmapview: j.hm:3: export: a script's "
		"json does not go with --frames: snapshots are not kept then\n");
	free(run(ARGS("-x", "text", "j.hm"), 0, ""));
}

/* A file a frame, each with the same words as in the one file of all. */
static void test_each(void **state)
{
	static const char *const formats[] = { "text", "markdown", "html", "svg", "ansi", "json" };
	static const char script[] = "make\nfill 8\ncaption \"one is said\"\ninsert 8\n"
		"caption \"two is said\"\n";

	(void)state;
	free(scratch_write(&scratch, "c.hm", script, strlen(script)));
	for (size_t i = 0; i < sizeof formats / sizeof *formats; i++) {
		free(run(ARGS("-x", formats[i], "--frames", "captions", "-o", "c-%.out", "c.hm"), 0,
			""));
		for (int k = 1; k <= 2; k++) {
			char *path = xasprintf("%s/c-00%d.out", scratch.path, k), *text;
			size_t len;

			text = file_read(path, &len);
			assert_non_null(text);
			assert_true((strstr(text, "one is said") != NULL) == (k == 1));
			assert_true((strstr(text, "two is said") != NULL) == (k == 2));
			assert_non_null(strstr(text, "amd64"));
			free(text);
			free(path);
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_refused, scratch_setup, scratch_teardown),
		cmocka_unit_test_setup_teardown(test_nothing, scratch_setup, scratch_teardown),
		cmocka_unit_test_setup_teardown(test_at, scratch_setup, scratch_teardown),
		cmocka_unit_test_setup_teardown(test_each, scratch_setup, scratch_teardown),
		cmocka_unit_test_setup_teardown(test_script, scratch_setup, scratch_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
