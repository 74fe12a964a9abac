/* SPDX-License-Identifier: MIT */
/* --expect on the map of a script or snapshot, and command lines that are refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "tests/cli/program.h"
#include "tests/cli/refusal.h"
#include "tests/tui/scratch.h"

#include <cmocka.h>

#define ARGS(...) ((const char *const[]){__VA_ARGS__, NULL})

static void check(const char *const *args, int status, const char *err)
{
	struct outcome o = program_run(&(struct program){ .args = args });

	assert_string_equal(o.out, "");
	if (o.status != status || strcmp(o.err, err) != 0)
		fail_msg("%d: %s", o.status, o.err);
	outcome_free(&o);
}

static void test_map(void **state)
{
	(void)state;
	/* As `-x ledger -n 1000` says. */
	check(ARGS("-n", "1000", "--expect", "bytes = 57416 and entries = 1000"), 0, "");
	check(ARGS("-n", "1000", "--expect", "free < 45%"), 1,
		"hmapview: the map: free < 45% does not hold: free 45.1%\n");
	check(ARGS("-n", "1000", "--expect", "free < 45%", "--expect", "bytes < 1k"), 1,
		"hmapview: the map: free < 45% does not hold: free 45.1%\n"
		"hmapview: the map: bytes < 1k does not hold: bytes 57,416\n");
	check(ARGS("-n", "1000", "--go", "1.27", "--expect", "all maps = 1 and bytes < 55k"), 0,
		"");
	check(ARGS("-n", "1000", "--expect", "main.x bytes < 55k"), 1,
		"hmapview: main.x: no map is called so\n");
}

/* A map that was emptied: in a script, and in the snapshot that is made of it. */
static void test_files(void **state)
{
	static const char script[] = "fill 1000\ndelete 0..999\n";
	struct scratch folder;
	struct outcome o;
	char *in, *snapshot;

	(void)state;
	scratch_make(&folder);
	in = scratch_write(&folder, "in.hm", script, strlen(script));
	o = program_run(&(struct program){ .args = ARGS("-x", "json", in) });
	snapshot = scratch_write(&folder, "in.json", o.out, o.out_len);
	outcome_free(&o);
	check(ARGS("--expect", "saves < 10k", in), 1,
		"hmapview: the map: saves < 10k does not hold: "
		"saves 57,368\n");
	check(ARGS("--expect", "saves < 10k", snapshot), 1,
		"hmapview: the map: saves < 10k does not "
		"hold: saves 57,368\n");
	check(ARGS("--expect", "saves > 10k", snapshot), 0, "");
	free(in);
	free(snapshot);
	scratch_remove(&folder);
}

static void test_refused(void **state)
{
	static const struct refusal rows[] = {
		{ { "--expect", "bytes < 3%" }, 2,
			"--expect \"bytes < 3%\": at 10, \"%\": that figure" },
		{ { "--expect", "" }, 2, "at 1" },
		{ { "--expect", "bytes < 3", "--view", "map" }, 2, "--view needs --export" },
		{ { "--expect", "bytes < 3", "/proc/nonexistent" }, 1, "/proc/nonexistent" },
		{ { "--expect", "bytes < 3", "--pid", "1", "--again", "2s" }, 2, "--again" },
		{ { "--expect" }, 2, "needs an argument" },
	};

	(void)state;
	check_all_refused(rows, sizeof rows / sizeof *rows);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_map),
		cmocka_unit_test(test_files),
		cmocka_unit_test(test_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
