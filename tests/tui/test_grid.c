/* SPDX-License-Identifier: MIT */
/* How buckets lie in a pane: whatever their number and its size, each is where it is found. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "tui/view/grid.h"

#include <cmocka.h>

static bool is_power(uint64_t n)
{
	return n && !(n & (n - 1));
}

static void check_cells(const struct grid *g, int w, int h)
{
	assert_in_range(g->label + g->across * g->w, 1, w);
	assert_in_range(grid_height(g), 1, h);
	for (uint64_t i = 0; i < g->cells; i++) {
		int x = g->label + (int)(i % (uint64_t)g->across) * g->w;
		int y = (int)(i / (uint64_t)g->across) * g->h;

		assert_int_equal(grid_cell(g, x, y), i);
		assert_int_equal(grid_cell(g, x + g->w - 1, y + g->h - 1), i);
	}
	assert_int_equal(grid_cell(g, -1, 0), UINT64_MAX);
	assert_int_equal(grid_cell(g, g->label - 1, 0), UINT64_MAX);
	assert_int_equal(grid_cell(g, g->label + g->across * g->w, 0), UINT64_MAX);
	assert_int_equal(grid_cell(g, g->label, -1), UINT64_MAX);
	assert_int_equal(grid_cell(g, g->label, grid_height(g)), UINT64_MAX);
}

static void test_every_size(void **state)
{
	(void)state;
	for (unsigned B = 0; B <= 24; B++)
		for (int w = 1; w < 220; w += w < 40 ? 1 : 17)
			for (int h = 1; h < 60; h += h < 8 ? 1 : 13) {
				struct grid g = grid_of(1ull << B, w, h);

				assert_true(is_power(g.per) && g.per * g.cells == 1ull << B);
				assert_in_range(g.w, 1, GRID_W_MOST);
				assert_in_range(g.h, 1, GRID_H_MOST);
				if (g.per > 1)
					assert_int_equal(g.w * g.h, 1);
				if (g.w > 1)
					assert_true(is_power((uint64_t)g.across));
				check_cells(&g, w, h);
			}
}

/* A few are large, more are smaller, and only when they do not fit do they share. */
static void test_shrinks(void **state)
{
	static const struct {
		uint64_t buckets, per;
		int across, w, h;
	} some[] = {
		{ 1, 1, 1, 12, 4 },
		{ 8, 1, 4, 12, 4 },
		{ 16, 1, 4, 12, 4 },
		{ 64, 1, 8, 8, 2 },
		{ 256, 1, 16, 4, 1 },
		{ 512, 1, 32, 2, 1 },
		{ 1024, 1, 75, 1, 1 },
		{ 4096, 4, 75, 1, 1 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof some / sizeof *some; i++) {
		struct grid g = grid_of(some[i].buckets, 80, 20);

		assert_int_equal(g.per, some[i].per);
		assert_int_equal(g.across, some[i].across);
		assert_int_equal(g.w, some[i].w);
		assert_int_equal(g.h, some[i].h);
	}
}

static void test_nothing(void **state)
{
	struct grid none = grid_of(0, 80, 20), narrow = grid_of(8, 0, 20), flat = grid_of(8, 80, 0);

	(void)state;
	assert_int_equal(none.cells + narrow.cells + flat.cells, 0);
	assert_int_equal(grid_height(&none), 0);
	assert_int_equal(grid_cell(&flat, 0, 0), UINT64_MAX);
	assert_int_equal(grid_bar(&none), 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_every_size), cmocka_unit_test(test_shrinks),
		cmocka_unit_test(test_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
