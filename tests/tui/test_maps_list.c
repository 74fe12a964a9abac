/* SPDX-License-Identifier: MIT */
/* The list of a program's maps, as it is sorted. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "model/base/mem.h"
#include "tui/maps/list.h"

#include <cmocka.h>

/* Maps of one size stand in the order that people count their elements in. */
static void elements_are_in_their_order(void **state)
{
	static const char *const names[] = { "main.parts[10]", NULL, "main.parts[9]", "main.parts",
		"main.parts[2].m", "main.parts[100]" };
	static const char *const sorted[] = { "main.parts", "main.parts[2].m", "main.parts[9]",
		"main.parts[10]", "main.parts[100]", NULL };
	const size_t n = sizeof names / sizeof *names;
	struct census c = { .list = xcalloc(n, sizeof *c.list), .count = n };
	struct maps_list l = { 0 };

	(void)state;
	for (size_t i = 0; i < n; i++) {
		c.list[i].head.at = 0xc000001000 + 64 * i;
		c.list[i].bytes = 272;
		c.list[i].name = names[i] ? xstrdup(names[i]) : NULL;
	}
	maps_list_take(&l, NULL, &c);
	assert_int_equal(l.count, n);
	for (size_t i = 0; i < n - 1; i++)
		assert_string_equal(l.census.list[l.rows[i]].name, sorted[i]);
	assert_null(l.census.list[l.rows[n - 1]].name);
	maps_list_free(&l);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(elements_are_in_their_order),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
