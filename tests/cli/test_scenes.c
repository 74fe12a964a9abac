/* SPDX-License-Identifier: MIT */
/* Scenes from the command line. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model/base/mem.h"
#include "tests/cli/program.h"
#include "tests/tui/scratch.h"

#include <cmocka.h>

#define ARGS(...) ((const char *const[]){__VA_ARGS__, NULL})

static char *config_home;

static int find_scenes(void **state)
{
	(void)state;
	scratch_make(&scratch);
	scratch_link_share(&scratch);
	config_home = xasprintf("XDG_CONFIG_HOME=%s", scratch.path);
	return 0;
}

static int forget_scenes(void **state)
{
	(void)state;
	free(config_home);
	scratch_remove(&scratch);
	return 0;
}

/* The program's output, when it ends with that status and says that on standard error. */
static char *run(const char *const *args, int status, const char *says)
{
	struct outcome o = program_run(&(struct program){.args = args, .env = ARGS(config_home)});
	char *out = xstrdup(o.out);

	if (o.status != status || !strstr(o.err, says))
		fail_msg("%s %s: status %d, said %s", args[0], args[1], o.status, o.err);
	outcome_free(&o);
	return out;
}

static void test_list(void **state)
{
	char *out = run(ARGS("--list-scenes"), 0, "");

	(void)state;
	assert_memory_equal(out, " 1 growth        The first growth", 32);
	assert_non_null(strstr(out, "\n11 strings "));
	free(out);
}

static void test_export(void **state)
{
	char *out = run(ARGS("--scene", "queue", "-a", "386", "-x", "text"), 0, "");
	const char *second = strchr(out, '\n') + 1;

	(void)state;
	/* The last caption stands under the title. */
	assert_memory_equal(out, "hmapview map[int]int  386", 25);
	assert_memory_equal(second, "flags had same", 14);
	free(out);
}

/* Scenes say nothing of keys, which a file has not: only the screen does. */
static const char *const of_screens[] = { "press ", "Press ", "Enter", "Zoom in", "Step into",
	"step back", "Step back", "Look at what", "with l,", "(a dot)", "(a comma)" };

/* A handout has each caption once and one legend, in each format; and what they promise. */
static void test_handout(void **state)
{
	static const struct { const char *scene, *says;
	} promised[] = {
		{ "growth",
			"hmap\n≠ count         int       +0x00       8 B align 8    +0x00       4 "
			"B align 4" },
		{ "growth", "in all                             48 B                       28 B" },
		{ "hint", "buckets               16 of 208 bytes, and 3 spare\n" },
		{ "hint", "4,168 bytes in 3 objects" },
		{ "padding", "\nmap[int32]struct{B int64; A int8; C int8}  amd64 · Go 1.19\n" },
		{ "designs",
			"\nGo 1.23, classic                         Go 1.27, swiss\n"
			"count [27]   B [3]   noverflow 0         used [27]   dirLen 1\n" },
		{ "designs",
			"\n1.27    swiss           14        504        4         712        5\n" },
		{ "overflow", "12  the key is not there\n" },
	};
	char *list = run(ARGS("--list-scenes"), 0, "");

	(void)state;
	for (size_t i = 0; i < sizeof promised / sizeof *promised; i++) {
		char *out = run(
			ARGS("--scene", promised[i].scene, "--frames", "captions", "-x", "text"), 0,
			"");

		if (!strstr(out, promised[i].says))
			fail_msg("%s does not say %s", promised[i].scene, promised[i].says);
		free(out);
	}
	for (const char *line = list; *line; line = strchr(line, '\n') + 1) {
		char name[32];
		char *out;
		const char *legend;

		assert_int_equal(sscanf(line, "%*u %31s", name), 1);
		out = run(ARGS("--scene", name, "--frames", "captions", "-x", "text"), 0, "");
		legend = strstr(out, "\n[5b]  changed by this step\n");
		if (!legend || strstr(legend + 1, "\n[5b]  changed"))
			fail_msg("%s: not one legend", name);
		for (size_t i = 0; i < sizeof of_screens / sizeof *of_screens; i++)
			if (strstr(out, of_screens[i]))
				fail_msg("%s: a file has no \"%s\"", name, of_screens[i]);
		free(out);
	}
	free(list);
}

/* Where no terminal is the questions come with their answers, of every scene and of a script. */
static void test_quiz(void **state)
{
	char *list = run(ARGS("--list-scenes"), 0, ""), *out, *again;

	(void)state;
	for (const char *line = list; *line; line = strchr(line, '\n') + 1) {
		char name[32];

		assert_int_equal(sscanf(line, "%*u %31s", name), 1);
		out = run(ARGS("--quiz", name), 0, "");
		if (!strstr(out, "Which slot of ") || strstr(out, "nothing is asked"))
			fail_msg("%s: nothing is asked", name);
		free(out);
	}
	free(list);
	out = run(ARGS("--quiz", "tests/cli/chain.hm"), 0, "");
	again = run(ARGS("-x", "quiz", "tests/cli/chain.hm"), 0, "");
	assert_string_equal(out, again);
	assert_non_null(strstr(out, ": an overflow bucket is linked."));
	free(out);
	free(again);
	out = run(ARGS("-x", "quiz", "-n", "9"), 0, "");
	assert_non_null(strstr(out, "    yes. 9 entries would be more than 8: 2 buckets.\n"));
	free(out);
	free(run(ARGS("--quiz", "nosuch"), 2, "hmapview: unknown scene \"nosuch\": one of "));
	free(run(
		ARGS("--quiz", "growth", "--scene", "hint"), 2, "--scene does not go with --quiz"));
	free(run(ARGS("--quiz", "growth", "-x", "ledger"), 2,
		"--quiz: ledger shows something else"));
	free(run(ARGS("--quiz", "growth", "a.hm"), 2,
		"a quiz of one script: --quiz growth, not of a"));
	free(run(ARGS("--quiz", "/proc/nonexistent/a.hm"), 1, "/proc/nonexistent/a.hm: "));
}

static void test_refused(void **state)
{
	(void)state;
	free(run(
		ARGS("--scene", "moon", "-x", "text"), 2, "unknown scene \"moon\": one of growth"));
	free(run(ARGS("--scene", "growth", "x.hm"), 2, "a scene or a script, not both"));
	free(run(ARGS("--scene"), 2, "--scene needs an argument"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_list),
		cmocka_unit_test(test_export),
		cmocka_unit_test(test_handout),
		cmocka_unit_test(test_quiz),
		cmocka_unit_test(test_refused),
	};

	return cmocka_run_group_tests(tests, find_scenes, forget_scenes);
}
