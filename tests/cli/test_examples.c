/* SPDX-License-Identifier: MIT */
/* The examples in the README and in the manual do what they say: each is run as it stands. */
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
#include "tests/tui/scratch.h"

#include <cmocka.h>

/* The files that the examples speak of, as README's readers make them; says how many. */
static int make_files(const char *readme)
{
	static const char begin[] = "\ncat >", last[] = "\nEND\n";
	const char *end;
	int count = 0;

	for (const char *at = readme; (at = strstr(at, begin)); at = end) {
		char *command, *line;

		end = strstr(at, last);
		assert_non_null(end);
		command = xstrndup(at + 1, (size_t)(end - at) - 1 + strlen(last));
		line = xasprintf("cd '%s' && %s", scratch.path, command);
		assert_int_equal(system(line), 0);
		free(line);
		free(command);
		count++;
	}
	return count;
}

/* A folder with the program by its name, and the files that the examples speak of. */
static int prepare(void **state)
{
	char *readme = file_read("README.md", NULL), *link;

	(void)state;
	assert_non_null(readme);
	scratch_make(&scratch);
	scratch_link_share(&scratch);
	free(scratch_write(&scratch, "bin/x", "", 0));
	link = xasprintf("%s/bin/hmapview", scratch.path);
	assert_int_equal(symlink(program_path(), link), 0);
	assert_int_equal(make_files(readme), 2);
	free(link);
	free(readme);
	return 0;
}

static int finish(void **state)
{
	(void)state;
	scratch_remove(&scratch);
	return 0;
}

/* Whether it can be run without a terminal, and without a process of a Go program. */
static bool writes(const char *command)
{
	return strncmp(command, "hmapview ", 9) == 0 && !strstr(command, "FORMAT") &&
		!strstr(command, " --pid ") &&
		(strstr(command, " -x ") || strstr(command, "--list") ||
			strstr(command, "--check"));
}

static void run(const char *command)
{
	char *line = xasprintf("cd '%s' && env -i PATH=\"$PWD/bin:$PATH\" XDG_CONFIG_HOME=\"$PWD\" "
		"sh -c \"$EXAMPLE\" > out 2> err && test ! -s err", scratch.path);

	setenv("EXAMPLE", command, 1);
	if (system(line) != 0)
		fail_msg("it fails: %s", command);
	free(line);
}

/* Runs what stands between the marks, and returns how many there were. */
static int run_all(const char *text, const char *begin, char last)
{
	const char *at = text;
	int count = 0;

	while ((at = strstr(at, begin))) {
		char *command;
		size_t n;

		at += strlen(begin);
		n = (size_t)(strchr(at, last) - at);
		command = xstrndup(at, n);
		if (writes(command)) {
			run(command);
			count++;
		}
		free(command);
	}
	return count;
}

static void test_readme(void **state)
{
	char *readme = file_read("README.md", NULL);

	(void)state;
	assert_true(run_all(readme, "`", '`') >= 10);
	assert_true(run_all(readme, "\n", '\n') >= 1);
	free(readme);
}

/* As a shell would get it: without what mdoc needs. */
static char *plain(const char *mdoc)
{
	static const char *const escapes[][2] = { { "\\(aq", "'" }, { "\\(dq", "\"" },
		{ "\\-", "-" } };
	struct text t = { 0 };

	while (*mdoc) {
		size_t i = 0;

		while (i < 3 && strncmp(mdoc, escapes[i][0], strlen(escapes[i][0])) != 0)
			i++;
		text_addn(&t, i < 3 ? escapes[i][1] : mdoc, 1);
		mdoc += i < 3 ? strlen(escapes[i][0]) : 1;
	}
	text_add(&t, "");
	return t.s;
}

static void test_manual(void **state)
{
	struct outcome o = program_run(&(struct program){
		.args = (const char *const[]){ "--print", "man", NULL } });
	char *manual = plain(o.out),
	     *script = strstr(manual, "\n.Bd -literal -offset indent\nhmapview -x");
	char *whole;

	(void)state;
	assert_true(run_all(manual, "\n.Dl ", '\n') >= 5);
	assert_non_null(script);
	script = strstr(script, "hmapview");
	whole = xstrndup(script, (size_t)(strstr(script, "\n.Ed") - script));
	run(whole);
	free(whole);
	free(manual);
	outcome_free(&o);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_readme),
		cmocka_unit_test(test_manual),
	};

	return cmocka_run_group_tests(tests, prepare, finish);
}
