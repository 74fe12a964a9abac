/* SPDX-License-Identifier: MIT */
/* The mouse: clicks, drags and the wheel, on whatever is under it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "tests/screen/app.h"

#include <cmocka.h>

#define ARGS(...) ((const char *const[]){__VA_ARGS__, NULL})

static void test_mouse(void **state)
{
	struct pty *pty = app_open(state);
	int x, y = app_find(pty, "42 7b", &x);

	pty_mouse(pty, x + 3, y, 1, true);
	pty_mouse(pty, x + 3, y, 1, false);
	pty_wait(pty, "╭ bucket 0 · 0x");
	pty_wait(pty, "▸key 1");
	pty_mouse(pty, x, y, 5, true);
	pty_wait(pty, "╭ bucket 3 · 0x");
	pty_mouse(pty, x, y, 4, true);
	pty_wait(pty, "╭ bucket 0 · 0x");
	y = app_find(pty, "d6 b2 a2", &x);
	pty_mouse(pty, x + 6, y, 1, true);
	pty_wait(pty, "╭ old bucket 2 · 0x");
	pty_wait(pty, "▸key 2");
	/* On a frame nothing happens, nor with the other buttons. */
	pty_mouse(pty, 0, 1, 1, true);
	pty_mouse(pty, x, y - 1, 3, true);
	pty_key(pty, "Down");
	pty_wait(pty, "╭ old bucket 3 · 0x");
}

/* Two clicks on a cell look closer; two cells, or a frame, do not. */
static void test_double_click(void **state)
{
	struct pty *pty = app_open(state);
	int x, y = app_find(pty, "42 7b", &x);

	for (int i = 0; i < 2; i++) {
		pty_mouse(pty, x + 3 * i, y, 1, true);
		pty_mouse(pty, x + 3 * i, y, 1, false);
		pty_mouse(pty, 0, 1, 1, true);
		pty_mouse(pty, 0, 1, 1, false);
	}
	pty_wait(pty, "▸key 1");
	pty_wait(pty, "╭ old 4 × 208 B ─");
	pty_key(pty, "x");
	y = app_find(pty, "+0x010", &x);
	for (int i = 0; i < 2; i++) {
		pty_mouse(pty, x + 20, y, 1, true);
		pty_mouse(pty, x + 20, y, 1, false);
	}
	pty_wait(pty, "of key 1");
}

/* The timeline can be clicked. */
static void test_timeline_mouse(void **state)
{
	struct pty *pty = app_open(state);
	int x, y = app_find(pty, "●", &x);

	pty_mouse(pty, 1, y, 1, true);
	app_wait_in(pty, 0, "op 1/32");
	pty_mouse(pty, 1, y, 1, false);
	pty_mouse(pty, x, y, 1, true);
	app_wait_in(pty, 0, "op 32/32");
}

/* A report that a slow line cuts in two is one click all the same, and no keys. */
static void test_report_cut(void **state)
{
	struct pty *pty = app_open(state);
	char report[32];
	int x, y = app_find(pty, "●", &x);

	snprintf(report, sizeof report, "\033[<0;2;%dM", y + 1);
	pty_send(pty, report, 5);
	pty_settle(pty, 200);
	app_wait_in(pty, 0, "op 32/32");
	pty_send(pty, report + 5, strlen(report + 5));
	app_wait_in(pty, 0, "op 1/32");
	app_wait_in(pty, -1, "q quit");
}

/* It can be dragged along, and lets go of the mouse where the button does. */
static void test_timeline_drag(void **state)
{
	struct pty *pty = app_open(state);
	int x, y = app_find(pty, "●", &x);

	pty_mouse(pty, x, y, 1, true);
	pty_mouse_move(pty, 1 + (x - 1) / 2, y - 3);
	app_wait_in(pty, 0, "op 16/32");
	pty_mouse_move(pty, 0, y);
	app_wait_in(pty, 0, "op 1/32");
	pty_mouse_move(pty, x, y + 1);
	app_wait_in(pty, 0, "op 32/32");
	pty_mouse(pty, x, y + 1, 1, false);
	pty_mouse_move(pty, 1, y);
	pty_key(pty, "[");
	app_wait_in(pty, 0, "op 31/32");
}

/* The minimap keeps hold of the mouse until it is let go, also beside its row. */
static void test_minimap_mouse(void **state)
{
	enum { ROW = 34, CELLS = 118 };
	struct pty *pty = app_open_args(state, ARGS("-n", "1000"));

	pty_mouse(pty, 1, ROW, 1, true);
	pty_wait(pty, "╭ bucket 0 · 0x");
	pty_mouse_move(pty, 1 + CELLS / 2, ROW - 4);
	pty_wait(pty, "╭ bucket 128 · 0x");
	pty_mouse_move(pty, 118, ROW + 2);
	pty_wait(pty, "╭ bucket 253 · 0x");
	pty_mouse(pty, 118, ROW + 2, 1, false);
	pty_mouse_move(pty, 60, ROW);
	pty_key(pty, "Up");
	pty_wait(pty, "╭ bucket 252 · 0x");
}

/* The wheel moves what is under it: the other array, the header, the bytes, time, a page. */
static void test_wheel(void **state)
{
	enum { UP = 4, DOWN = 5 };
	struct pty *pty = app_open(state);
	int x, y = app_find(pty, "ec 7b", &x);

	pty_mouse(pty, x, y, DOWN, true);
	pty_wait(pty, "╭ old bucket 3 · 0x");
	pty_key(pty, "x");
	y = app_find(pty, "0x09 B", &x);
	pty_mouse(pty, x, y, 1, true);
	pty_mouse(pty, x, y, 1, false);
	pty_wait(pty, "2^B is the number of buckets");
	pty_mouse(pty, x, y, DOWN, true);
	pty_wait(pty, "noverflow is the number");
	y = app_find(pty, "+0x018", &x);
	pty_mouse(pty, x + 15, y, 1, true);
	pty_mouse(pty, x + 15, y, 1, false);
	pty_key(pty, "Enter");
	pty_wait(pty, "of key 2");
	pty_mouse(pty, x + 15, y, DOWN, true);
	pty_wait(pty, "of key 5");
	y = app_find(pty, "●", &x);
	pty_mouse(pty, x, y, UP, true);
	app_wait_in(pty, 0, "op 31/32");
	pty_key(pty, "?");
	pty_wait(pty, "Moving");
	pty_mouse(pty, 10, 10, DOWN, true);
	pty_wait_gone(pty, "Moving");
	pty_mouse(pty, 10, 10, UP, true);
	pty_wait(pty, "Moving");
}

#define TEST(f) cmocka_unit_test_teardown(f, app_end)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_mouse),
		TEST(test_double_click),
		TEST(test_timeline_mouse),
		TEST(test_timeline_drag),
		TEST(test_minimap_mouse),
		TEST(test_wheel),
		TEST(test_report_cut),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
