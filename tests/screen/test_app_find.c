/* SPDX-License-Identifier: MIT */
/* What is found, and how: keys, elems, buckets, addresses, states; the list of all entries. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include "tests/screen/app.h"

#include <cmocka.h>

static void test_find(void **state)
{
	struct pty *pty = app_open(state);

	pty_key(pty, "/");
	pty_wait_row(pty, 39, "/");
	app_type(pty, "#3");
	pty_wait(pty, "╭ bucket 3 · 0x");
	pty_key(pty, "/");
	app_type(pty, "12");
	pty_wait(pty, "╭ bucket 7 · 0x");
	pty_wait(pty, "key 1 ");
	pty_key(pty, "/");
	app_type(pty, "1000");
	app_wait_in(pty, -2, "there is no such key");
	pty_key(pty, "Escape");
	app_wait_in(pty, -1, "q quit");
	pty_key(pty, "/");
	app_type(pty, "waiting");
	pty_wait(pty, "╭ old bucket 1 · 0x");
	pty_key(pty, "n");
	pty_wait(pty, "╭ old bucket 2 · 0x");
	pty_key(pty, "N");
	pty_wait(pty, "╭ old bucket 1 · 0x");
}

static void test_find_nothing_yet(void **state)
{
	struct pty *pty = app_open(state);

	pty_key(pty, "n");
	app_wait_in(pty, -1, "nothing was searched for yet");
}

static void test_entries(void **state)
{
	struct pty *pty = app_open(state);

	pty_key(pty, "E");
	pty_wait(pty, "27 of 27 entries");
	pty_key(pty, "/");
	app_type(pty, "v13");
	pty_wait(pty, "1 of 27 entries");
	pty_key(pty, "Enter");
	pty_wait(pty, "old bucket 1 ·");
}

#define TEST(f) cmocka_unit_test_teardown(f, app_end)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_find), TEST(test_find_nothing_yet), TEST(test_entries),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
