/* SPDX-License-Identifier: MIT */
/* Time on the screen: operations, events, jumps, playing, and the cursor that goes along or
   stays. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include "tests/screen/app.h"

#include <cmocka.h>

static void test_undo_redo(void **state)
{
	struct pty *pty = app_open(state);

	pty_key(pty, "[");
	pty_wait(pty, "op 31/32");
	pty_wait_gone(pty, "insert 28");
	pty_key(pty, "]");
	pty_wait(pty, "op 32/32");
	pty_wait(pty, "insert 28 \"v28\"");
	pty_key(pty, "]");
	app_wait_in(pty, -1, "redo: this is the end");
	app_command(pty, "undo 100");
	pty_wait(pty, "op 1/32");
	pty_key(pty, "[");
	app_wait_in(pty, -1, "this is the beginning");
	assert_non_null(strstr(pty_row(pty, 0), "op 1/32"));
	app_command(pty, "redo 100");
	pty_wait(pty, "op 32/32");
}

/* Between a new type and its map there is nothing to see, and nothing to lose. */
static void test_undo_over_new_type(void **state)
{
	struct pty *pty = app_open(state);

	app_command(pty, "map map[string]bool");
	pty_wait(pty, "op 34/34");
	pty_key(pty, "[");
	pty_wait(pty, "op 32/34");
	pty_wait(pty, "count       27");
	pty_key(pty, "]");
	pty_wait(pty, "op 34/34");
	pty_wait(pty, "count       0");
}

static void test_new_future(void **state)
{
	struct pty *pty = app_open(state);

	app_command(pty, "undo 10");
	pty_wait(pty, "op 22/32");
	app_command(pty, "insert 500");
	pty_wait(pty, "op 23/23");
	app_wait_in(pty, -1, "a new future begins after op 22;");
	pty_key(pty, "]");
	app_wait_in(pty, -1, "redo: this is the end");
	/* It is told where, however many operations the command makes. */
	app_command(pty, "undo 3");
	pty_wait(pty, "op 20/23");
	app_command(pty, "fill 40");
	pty_wait(pty, "op 60/60");
	app_wait_in(pty, -1, "a new future begins after op 20;");
}

static void test_events(void **state)
{
	struct pty *pty = app_open(state);

	pty_key(pty, ",");
	pty_wait(pty, "event 41 of 42");
	pty_key(pty, ",");
	pty_wait(pty, "event 40 of 42");
	pty_key(pty, ".");
	pty_wait(pty, "event 41 of 42");
	pty_key(pty, ".");
	pty_wait(pty, "growth starts");
	pty_key(pty, ".");
	app_wait_in(pty, -1, "this is the end");
	app_wait_in(pty, 0, "op 32/32");
}

static void test_jumps(void **state)
{
	struct pty *pty = app_open(state);

	pty_key(pty, "{");
	pty_wait(pty, "growth starts, 2 buckets to 4");
	pty_key(pty, "}");
	pty_wait(pty, "growth starts, 4 buckets to 8");
	pty_key(pty, "}");
	app_wait_in(pty, -1, "nothing more up to the end");
	pty_key(pty, "{");
	pty_key(pty, "{");
	pty_wait(pty, "growth starts, 1 bucket");
	pty_key(pty, "{");
	app_wait_in(pty, 0, "op 1/32");
	app_wait_in(pty, -1, "nothing more back to the beginning");
	pty_key(pty, "{");
	pty_key(pty, ",");
	pty_key(pty, ",");
	pty_key(pty, "]");
	app_wait_in(pty, 0, "op 2/32");
}

static void test_play(void **state)
{
	struct pty *pty = app_open(state);

	app_command(pty, "undo 6");
	app_wait_in(pty, 0, "op 26/32");
	for (int i = 0; i < 3; i++)
		pty_key(pty, "+");
	app_wait_in(pty, -1, "one operation each 50 ms");
	pty_key(pty, "-");
	app_wait_in(pty, -1, "one operation each 100 ms");
	pty_key(pty, "p");
	app_wait_in(pty, 0, "op 32/32");
}

static void test_play_stops(void **state)
{
	struct pty *pty = app_open(state);

	app_command(pty, "undo 20");
	app_wait_in(pty, 0, "op 12/32");
	pty_key(pty, "p");
	app_wait_in(pty, 0, "op 13/32");
	pty_key(pty, "Left");
	/* Still, and not at the end: what plays takes a step each 400 ms. */
	pty_settle(pty, 700);
	assert_null(strstr(pty_row(pty, 0), "op 32/32"));
	app_command(pty, "redo 100");
	app_wait_in(pty, 0, "op 32/32");
}

/* All that changed since the mark is shown, not only what the last operation did. */
static void test_mark(void **state)
{
	struct pty *pty = app_open(state);

	pty_key(pty, "M");
	app_wait_in(pty, -1, "all changes since op 32 are shown");
	pty_key(pty, "M");
	app_wait_in(pty, -1, "changes of the last operation are shown");
}

/* The cursor follows the steps until it is moved; then it stays, until it is told to follow. */
static void test_staying(void **state)
{
	struct pty *pty = app_open(state);

	pty_wait(pty, " follows the steps ");
	pty_key(pty, "[");
	pty_wait_gone(pty, "╭ bucket 7 · 0x");
	pty_key(pty, "]");
	pty_wait(pty, "╭ bucket 7 · 0x");
	pty_key(pty, "Left");
	pty_wait(pty, " stays with key 26 ");
	pty_key(pty, "[");
	pty_wait(pty, "▸key 6");
	pty_wait(pty, "╭ bucket 3 · 0x");
	pty_wait(pty, " stays with key 26 ");
	pty_key(pty, "d");
	app_type(pty, "26");
	pty_wait(pty, " follows the steps ");
	pty_key(pty, "[");
	pty_key(pty, "/");
	app_type(pty, "26");
	pty_wait(pty, " stays with key 26 ");
	pty_key(pty, "]");
	pty_wait(pty, " waits for key 26 ");
	pty_key(pty, "Space");
	pty_wait(pty, " follows the steps ");
}

#define TEST(f) cmocka_unit_test_teardown(f, app_end)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_undo_redo), TEST(test_undo_over_new_type), TEST(test_new_future),
		TEST(test_events), TEST(test_jumps), TEST(test_play), TEST(test_play_stops),
		TEST(test_mark), TEST(test_staying),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
