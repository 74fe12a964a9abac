/* SPDX-License-Identifier: MIT */
/* An index of sorted numbers leads to where a search would. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "model/base/ranks.h"

#include <cmocka.h>

enum { MOST = 200 };

/* Numbers at most `value`. */
static size_t count_to(const uint64_t *list, size_t n, uint64_t value)
{
	size_t i = 0;

	while (i < n && list[i] <= value)
		i++;
	return i;
}

static void check(const uint64_t *list, size_t n, const struct ranks *r, uint64_t value)
{
	size_t from, to, is = count_to(list, n, value);

	ranks_find(r, value, n, &from, &to);
	assert_true(from <= is && is <= to && to <= n);
}

static void test_between(void **state)
{
	uint64_t list[MOST], steps[] = { 1, 8192, 1ull << 40, 3 };
	struct ranks r = { 0 };

	(void)state;
	srand(1);
	for (size_t n = 1; n < MOST; n += 7) {
		uint64_t at = (uint64_t)rand();

		for (size_t i = 0; i < n; i++)
			list[i] = at += 1 + (uint64_t)rand() % steps[n % 4];
		ranks_make(&r, list, sizeof *list, n);
		for (size_t i = 0; i < n; i++)
			for (uint64_t d = 0; d < 3; d++)
				check(list, n, &r, list[i] - 1 + d);
		check(list, n, &r, 0);
		check(list, n, &r, UINT64_MAX);
	}
	ranks_free(&r);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_between),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
