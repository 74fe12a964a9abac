/* SPDX-License-Identifier: MIT */
/* The whole screen at its usual sizes, colours and their absence, and every size in between. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model/base/mem.h"
#include "tests/screen/app.h"
#include "themes/role.h"

#include <cmocka.h>

#define LENGTH(a) (sizeof(a) / sizeof(a)[0])
#define ARGS(...) ((const char *const[]){__VA_ARGS__, NULL})
#define GOLDENS "tests/screen/goldens/"

static struct pty *open_sized(void **state, int w, int h)
{
	return app_start(state, &(struct app_options){.w = w, .h = h});
}

static void test_large(void **state)
{
	app_wait_golden(open_sized(state, 120, 40), GOLDENS "demo-120x40.txt");
}

static void test_usual(void **state)
{
	app_wait_golden(open_sized(state, 80, 24), GOLDENS "demo-80x24.txt");
}

static void test_least(void **state)
{
	app_wait_golden(open_sized(state, 40, 10), GOLDENS "demo-40x10.txt");
}

static void test_before_any_growth(void **state)
{
	struct pty *pty = app_start(
		state, &(struct app_options){ .w = 80, .h = 24, .args = ARGS("-n", "5") });

	app_wait_golden(pty, GOLDENS "five-80x24.txt");
}

static void test_large_map(void **state)
{
	struct pty *pty = app_start(state,
		&(struct app_options){ .args = ARGS("-n", "100000", "-t", "map[string]int") });

	app_wait_golden(pty, GOLDENS "large-120x40.txt");
}

static void test_error_at_prompt(void **state)
{
	struct pty *pty = open_sized(state, 80, 24);

	app_command(pty, "insert \"x\"");
	app_wait_golden(pty, GOLDENS "error-80x24.txt");
}

/* Through all sizes and back: the picture is the one it was. */
static void test_sizes(void **state)
{
	static const int sizes[][2] = { { 1, 1 }, { 2, 2 }, { 10, 3 }, { 40, 10 }, { 80, 24 },
		{ 120, 40 }, { 200, 60 }, { 500, 200 }, { 1, 60 }, { 200, 1 }, { 3, 3 }, { 39, 9 },
		{ 500, 5 }, { 20, 200 } };
	struct pty *pty = open_sized(state, 120, 40);

	for (size_t i = 0; i < LENGTH(sizes); i++) {
		int w = sizes[i][0], h = sizes[i][1];

		pty_resize(pty, w, h);
		if (w >= 20 && h > 1)
			app_wait_in(pty, -1, " quit");
		if (w >= 40)
			app_wait_in(pty, 0, "op 32/32");
		if (w >= 40 && h >= 10)
			pty_wait(pty, "a7 6a 0a 61 4a 54 1d");
		if (w < 20 && h > 1)
			pty_settle(pty, 30);
	}
	pty_resize(pty, 120, 40);
	app_wait_screen(pty, GOLDENS "demo-120x40.txt");
	pty_resize(pty, 40, 10);
	app_wait_screen(pty, GOLDENS "demo-40x10.txt");
	pty_resize(pty, 80, 24);
	app_wait_screen(pty, GOLDENS "demo-80x24.txt");
}

static bool cursor_row_is(struct pty *pty, const void *arg)
{
	for (int x = 0; x < 40; x++)
		if (pty_at(pty, x, *(const int *)arg).attrs & ATTR_REVERSE)
			return true;
	return false;
}

/* The cursor is in sight in a chain longer than the screen, and a click hits what it points to. */
static void test_long_chain(void **state)
{
	struct pty *pty = open_sized(state, 40, 10);
	int x, y;

	app_command(pty, "make 400");
	app_command(pty, "collide 2 80");
	app_wait_in(pty, 0, "op 113/113");
	pty_wait(pty, "└▸");
	pty_key(pty, "Home");
	pty_key(pty, "Down");
	pty_key(pty, "Down");
	for (int i = 0; i < 9; i++)
		pty_key(pty, "Down");
	/* The last of the chain is the last row in sight; one above it is clicked. */
	pty_resize(pty, 120, 40);
	pty_wait(pty, "bucket 2, overflow 9 · 0x");
	pty_resize(pty, 40, 10);
	app_wait_in(pty, -1, " quit");
	app_wait_until(pty, cursor_row_is, &(int){6}, "the cursor in the last row");
	y = app_find(pty, "└▸", &x);
	pty_mouse(pty, x + 5, y + 2, 1, true);
	app_wait_until(pty, cursor_row_is, &(int){y + 2}, "the cursor where it was clicked");
	pty_resize(pty, 120, 40);
	pty_wait(pty, "bucket 2, overflow 8 · 0x");
}

/* A row of the growing map with all kinds of marks in sight at once, and where its cells are. */
struct cells {
	int live, live_y, cursor, cursor_y, changed, changed_y, dead, dead_y, moved, moved_y, free,
		free_y;
};

static struct cells find_cells(struct pty *pty)
{
	struct cells c;

	/* The first cell of old bucket 1, of bucket 4, the cursor's, and a tombstone. */
	c.live_y = app_find(pty, "ec 7b", &c.live);
	c.changed_y = app_find(pty, "1d 4f", &c.changed);
	c.cursor_y = app_find(pty, "61 4a 54 1d", &c.cursor);
	c.cursor += 9;
	c.dead = c.live + 6;
	c.dead_y = c.live_y;
	c.free = c.live + 15;
	c.free_y = c.live_y;
	c.moved_y = app_find(pty, "Y ", &c.moved);
	return c;
}

static struct pty *open_env(void **state, const char *env)
{
	return app_start(state, &(struct app_options){.env = ARGS(env)});
}

static bool same_look(struct pty_cell a, struct pty_cell b)
{
	return a.fg == b.fg && a.bg == b.bg && a.attrs == b.attrs;
}

static void test_colours(void **state)
{
	struct pty *pty = app_open(state);
	struct cells c = find_cells(pty);
	struct pty_cell live = pty_at(pty, c.live, c.live_y), dead = pty_at(pty, c.dead, c.dead_y);
	struct pty_cell cursor = pty_at(pty, c.cursor, c.cursor_y),
			free = pty_at(pty, c.free, c.free_y);
	struct pty_cell changed = pty_at(pty, c.changed, c.changed_y);

	assert_string_equal(live.text, "e");
	assert_string_equal(dead.text, "╳");
	assert_string_equal(cursor.text, "1");
	assert_string_equal(free.text, "·");
	assert_int_not_equal(live.fg, -1);
	assert_true(live.fg < 256 && dead.fg < 256);
	assert_int_not_equal(live.fg, dead.fg);
	assert_int_not_equal(live.fg, free.fg);
	assert_false(same_look(changed, live));
	assert_false(same_look(cursor, live));
	assert_true(cursor.attrs & ATTR_REVERSE || cursor.bg != -1);
}

/* Without colour attributes alone tell the cursor, the changed and the live ones. */
static void check_mono(struct pty *pty)
{
	struct cells c = find_cells(pty);
	struct pty_cell live = pty_at(pty, c.live, c.live_y),
			cursor = pty_at(pty, c.cursor, c.cursor_y);
	struct pty_cell dead = pty_at(pty, c.dead, c.dead_y);
	struct pty_cell changed = pty_at(pty, c.changed, c.changed_y);
	int w, h;

	assert_int_equal(live.attrs, ATTR_BOLD);
	assert_int_equal(dead.attrs & (ATTR_BOLD | ATTR_REVERSE), 0);
	assert_int_equal(changed.attrs, ATTR_BOLD | ATTR_UNDERLINE);
	assert_true(cursor.attrs & ATTR_REVERSE);
	pty_size(pty, &w, &h);
	for (int y = 0; y < h; y++)
		for (int x = 0; x < w; x++) {
			assert_int_equal(pty_at(pty, x, y).fg, -1);
			assert_int_equal(pty_at(pty, x, y).bg, -1);
		}
}

static void test_no_color(void **state)
{
	check_mono(open_env(state, "NO_COLOR=1"));
}

static void test_empty_no_color_means_nothing(void **state)
{
	struct pty *pty = open_env(state, "NO_COLOR=");
	struct cells c = find_cells(pty);

	assert_int_not_equal(pty_at(pty, c.live, c.live_y).fg, -1);
}

static void test_color_never(void **state)
{
	check_mono(app_start(state, &(struct app_options){.args = ARGS("--color", "never")}));
}

static void test_vt100(void **state)
{
	check_mono(open_env(state, "TERM=vt100"));
}

/* Eight colours, and bold for the bright ones. */
static void test_linux(void **state)
{
	struct pty *pty = open_env(state, "TERM=linux");
	struct cells c = find_cells(pty);
	struct pty_cell live = pty_at(pty, c.live, c.live_y), dead = pty_at(pty, c.dead, c.dead_y);
	struct pty_cell cursor = pty_at(pty, c.cursor, c.cursor_y);

	assert_in_range(live.fg, 0, 15);
	assert_false(same_look(live, dead));
	assert_false(same_look(live, cursor));
	for (int x = 0; x < 120; x++)
		assert_true(pty_at(pty, x, 2).fg < 16);
}

/* In a locale without Unicode all is ASCII, and as wide as ever. */
static void test_ascii(void **state)
{
	struct pty *pty = open_env(state, "LC_ALL=C");

	app_wait_golden(pty, GOLDENS "demo-ascii-120x40.txt");
	for (int y = 0; y < 40; y++)
		for (const char *c = pty_row(pty, y); *c; c++)
			assert_in_range(*c, ' ', '~');
	pty_key(pty, "?");
	pty_wait(pty, "Moving");
	for (int y = 0; y < 40; y++)
		for (const char *c = pty_row(pty, y); *c; c++)
			assert_in_range(*c, ' ', '~');
}

static bool is_frame(const char *text)
{
	return strstr("│╮╯┤", text) != NULL;
}

/* Frames are closed whatever is in them: wide characters and control bytes take what they take. */
static void test_frames_stay_closed(void **state)
{
	struct pty *pty = app_start(state, &(struct app_options){.w = 90, .h = 30,
		.args = ARGS("-t", "map[string]string", "-n", "0")});

	app_command(pty, "insert \"漢字漢字\" \"😀\"");
	app_command(pty, "insert \"\\x1b[2J\\u0301\\u202e\" \"e\\u0301\"");
	app_command(pty, "insert \"\\xff\\x00\" \"tab\\t\"");
	pty_wait(pty, "op 4/4");
	app_wait_in(pty, -1, " quit");
	pty_key(pty, "Left");
	pty_wait(pty, "\\x1b[2J");
	for (int y = 1; y < 20; y++) {
		const char *row = pty_row(pty, y);
		size_t n = strlen(row);

		if (n < 3 || strncmp(row, "│", 3) != 0)
			continue;
		assert_true(is_frame(row + n - 3));
		assert_true(is_frame(pty_at(pty, 89, y).text));
	}
	assert_true(pty_shows(pty, "漢字漢字"));
	assert_true(pty_shows(pty, "\\x1b[2J"));
}

/* Where nothing of the map has room one line says so, and the prompt still works. */
static void test_too_small(void **state)
{
	static const int sizes[][2] = {{23, 20}, {80, 5}, {12, 3}, {40, 3}, {11, 1}};
	struct pty *pty = app_open(state);

	for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
		pty_resize(pty, sizes[i][0], sizes[i][1]);
		app_wait_in(pty, sizes[i][0] < 24 ? 0 : 1, "needs 40×10");
	}
	pty_resize(pty, 80, 3);
	app_command(pty, "insert 99");
	pty_resize(pty, 80, 24);
	app_wait_in(pty, 0, "op 33/33");
	pty_wait(pty, "insert 99: hash");
}

#define TEST(f) cmocka_unit_test_teardown(f, app_end)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_large),
		TEST(test_usual),
		TEST(test_least),
		TEST(test_before_any_growth),
		TEST(test_large_map),
		TEST(test_error_at_prompt),
		TEST(test_sizes),
		TEST(test_long_chain),
		TEST(test_colours),
		TEST(test_no_color),
		TEST(test_empty_no_color_means_nothing),
		TEST(test_color_never),
		TEST(test_vt100),
		TEST(test_linux),
		TEST(test_ascii),
		TEST(test_frames_stay_closed),
		TEST(test_too_small),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
