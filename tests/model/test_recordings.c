/* SPDX-License-Identifier: MIT */
/*
 * The model against the real runtime, classic and Swiss maps. Without arguments the recordings kept
 * beside the tests are compared; with arguments those of each folder named: `test_recordings
 * FOLDER..`.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "tests/model/compare.h"

static const char *folder = "tests/recordings";

static void equals_the_runtime(void **state)
{
	struct compare_sum sum = compare_folder(folder);

	(void)state;
	printf("%s: %lu recordings, %lu differences\n", folder, sum.files, sum.differences);
	assert_true(sum.files > 0);
	assert_int_equal(sum.differences, 0);
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(equals_the_runtime) };
	int failed = 0;
	static char *kept[] = { "", "tests/recordings", "tests/recordings/swiss",
		"tests/recordings/targets", "tests/recordings/draws", "tests/recordings/anew" };

	if (argc < 2) {
		argv = kept;
		argc = sizeof kept / sizeof *kept;
	}
	for (int i = 1; i < argc; i++) {
		folder = argv[i];
		failed += cmocka_run_group_tests(tests, NULL, NULL);
	}
	return failed != 0;
}
