/* SPDX-License-Identifier: MIT */
/*
 * Maps in local variables of goroutines that wait, in a core file that was recorded: of one and of
 * several, of a function that became a part of another, of a closure; and why there is none.
 */
#include <inttypes.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model/base/mem.h"
#include "model/live/aimed.h"
#include "tests/cli/program.h"
#include "tests/live/recorded.h"
#include "tests/tui/scratch.h"

#include <cmocka.h>

#define ARGS(...) ((const char *const[]){__VA_ARGS__, NULL})

static const struct recorded parked = { "go1.26-parked", "go1.26.8", "amd64", true };

static struct scratch folder;
static char *core, *exe;

static int unpack(void **state)
{
	(void)state;
	scratch_make(&folder);
	core = recorded_unpack(&parked, "core", folder.path);
	exe = recorded_unpack(&parked, "exe", folder.path);
	return 0;
}

static int forget(void **state)
{
	(void)state;
	free(core);
	free(exe);
	scratch_remove(&folder);
	return 0;
}

/* What is told by the program is found by its name; of several goroutines by name and goroutine. */
static void test_found(void **state)
{
	static const char *const of[] = { "@6", "@7", "", "", "", "" };
	struct error err;
	struct live l;
	size_t count;
	struct told *told = recorded_told(&parked, &count);

	(void)state;
	assert_int_equal(count, sizeof of / sizeof *of);
	assert_true(live_open_core(&l, core, exe, &err));
	for (size_t i = 0; i < count; i++) {
		char *name = xasprintf("%s%s", told[i].name, of[i]);
		uint64_t head, type;

		if (!aimed_find(&l, name, &head, &type, &err) || head != told[i].addr)
			fail_msg("%s is not found: %s", name, err.msg);
		free(name);
	}
	live_close(&l);
	free(told);
}

/* One line each says which of these it is. */
static void test_missed(void **state)
{
	static const char *const rows[][2] = {
		{ "main.worker.local",
			"2 goroutines have a map main.worker.local: 6, 7; "
			"main.worker.local@6 is one of them" },
		{ "main.worker.local@17",
			"goroutine 17 has no map main.worker.local; "
			"goroutine 6 has one" },
		{ "main.worker.other",
			"main.worker has no variable other that the compiler has left" },
		{ "main.leaver.gone", "stands in main.leaver nothing holds gone" },
		{ "main.never.unseen",
			"no parked goroutine stands in main.never, and goroutine 1 "
			"runs" },
	};
	struct error err;
	struct live l;

	(void)state;
	assert_true(live_open_core(&l, core, exe, &err));
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		uint64_t head, type;

		assert_false(aimed_find(&l, rows[i][0], &head, &type, &err));
		if (!strstr(err.msg, rows[i][1]))
			fail_msg("%s: %s", rows[i][0], err.msg);
	}
	assert_false(aimed_find(&l, "main.nothing", &(uint64_t){ 0 }, &(uint64_t){ 0 }, &err));
	assert_string_equal(err.msg, "");
	live_close(&l);
}

static void test_shown(void **state)
{
	struct outcome o = program_run(
		&(struct program){ .args = ARGS("-x", "check", "--core", core, "--exe", exe,
					   "--map", "main.worker.local@7") });

	(void)state;
	if (o.status != 0 || !strstr(o.out, "all laws hold"))
		fail_msg("%s%s", o.out, o.err);
	outcome_free(&o);
	o = program_run(&(struct program){ .args = ARGS("-x", "text", "--core", core, "--exe", exe,
		"--map", "main.worker.local") });
	assert_int_equal(o.status, 1);
	assert_string_equal(o.out, "");
	assert_non_null(strstr(o.err, "2 goroutines have a map"));
	assert_ptr_equal(strchr(o.err, '\n'), o.err + strlen(o.err) - 1);
	outcome_free(&o);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_found),
		cmocka_unit_test(test_missed),
		cmocka_unit_test(test_shown),
	};

	return cmocka_run_group_tests(tests, unpack, forget);
}
