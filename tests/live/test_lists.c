/* SPDX-License-Identifier: MIT */
/* What is made of the list of a program's maps: gates, sums; by recorded core files. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "tests/cli/program.h"
#include "tests/live/recorded.h"
#include "tests/tui/scratch.h"

#include <cmocka.h>

#define ARGS(...) ((const char *const[]){__VA_ARGS__, NULL})

/* Each recording, unpacked once. */
static struct scratch folder;
static char *cores[8], *exes[8];

static int unpack(void **state)
{
	(void)state;
	scratch_make(&folder);
	for (size_t i = 0; i < recordings_count; i++) {
		cores[i] = recorded_unpack(&recordings[i], "core", folder.path);
		exes[i] = recorded_unpack(&recordings[i], "exe", folder.path);
	}
	return 0;
}

static int forget(void **state)
{
	(void)state;
	for (size_t i = 0; i < recordings_count; i++) {
		free(cores[i]);
		free(exes[i]);
	}
	scratch_remove(&folder);
	return 0;
}

/* One gate: it holds, or lines say for which maps it does not. */
static void check_gate(size_t i, const char *gate, const char *says)
{
	struct outcome o = program_run(&(struct program){ .args = ARGS("--core", cores[i], "--exe",
		exes[i], "--expect", gate) });

	assert_string_equal(o.out, "");
	if (o.status != (says != NULL) || (says ? !strstr(o.err, says) : *o.err))
		fail_msg("%s: %d, %s", gate, o.status, o.err);
	outcome_free(&o);
}

static void test_gates(void **state)
{
	(void)state;
	check_gate(0, "dead < 3%", NULL);
	check_gate(0, "main.users entries = 100", NULL);
	check_gate(0, "main.users entries < 100",
		": main.users: entries < 100 does not hold: entries 100\n");
	check_gate(0, "main.shards[*].m entries < 30",
		": main.shards[2].m: entries < 30 does not hold: entries 36\n");
	check_gate(0, "main.nested[\"in\"] entries = 1", NULL);
	check_gate(0, "saves < 60% or bytes < 1k", ": main.emptied: saves < 60% or bytes < 1k does "
		"not hold: saves 99.2%, bytes ");
	check_gate(0, "all maps = 23 and entries > 3k", NULL);
	check_gate(0, "all maps < 23", ": all maps: maps < 23 does not hold: maps 23\n");
	/* What is nil or has no memory has no entries; what is not there is no map. */
	check_gate(0, "main.nilmap entries < 1", NULL);
	check_gate(0, "main.none entries = 0 and bytes = 0", NULL);
	check_gate(0, "main.none entries > 0", ": main.none: entries > 0 does not hold: entries 0\n");
	check_gate(0, "main.nothing entries < 1", ": main.nothing: no map is called so\n");
	check_gate(0, "main.nilmap.x entries < 1", ": main.nilmap.x: no map is called so\n");
	check_gate(0, "main.zip[*] entries < 1", ": main.zip[*]: no map is called so\n");
	/* Without names there are addresses, and types that are told by the memory alone. */
	check_gate(2, "0x17b7abfdccc0 entries = 100", NULL);
	check_gate(2, "saves < 60%", ": 0x17b7abfdcff0: saves < 60% does not hold: saves 99.2%\n");
}

/* Each that fails has its line; what is written comes all the same. */
static void test_gates_and_lists(void **state)
{
	struct outcome o = program_run(&(struct program){ .args = ARGS("--core", cores[0], "--exe",
		exes[0], "-x", "json", "--expect", "bytes > 0", "--expect", "main.users bytes < 1",
		"--expect", "main.large bytes < 1") });
	char *first = strchr(o.err, '\n');

	(void)state;
	assert_int_equal(o.status, 1);
	assert_non_null(strstr(o.out, "hmapview-maps/1"));
	assert_non_null(strstr(o.err, "main.users: bytes < 1 does not"));
	assert_non_null(first);
	assert_non_null(strstr(first, "main.large: bytes < 1 does not"));
	assert_ptr_equal(strchr(first + 1, '\n'), o.err + strlen(o.err) - 1);
	outcome_free(&o);
	o = program_run(&(struct program){ .args = ARGS("--core", cores[0], "--exe", exes[0], "--map",
		"main.users", "--expect", "main.users entries < 100", "--expect", "bytes > 1k") });
	assert_int_equal(o.status, 1);
	assert_string_equal(o.err, "hmapview: main.users: entries < 100 does not hold: entries 100\n");
	outcome_free(&o);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_gates),
		cmocka_unit_test(test_gates_and_lists),
	};

	return cmocka_run_group_tests(tests, unpack, forget);
}
