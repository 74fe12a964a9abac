/* SPDX-License-Identifier: MIT */
/* What is done to the map, by keys and from the prompt, seen on the screen. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include "tests/screen/app.h"

#include <cmocka.h>

#define ARGS(...) ((const char *const[]){__VA_ARGS__, NULL})

static void test_opens_on_demo(void **state)
{
	struct pty *pty = app_open(state);

	assert_non_null(strstr(pty_row(pty, 0), "hmapview map[int]string  amd64 · Go 1.19"));
	assert_non_null(strstr(pty_row(pty, 0), "growing 2/4"));
	assert_non_null(strstr(pty_row(pty, 0), "op 32/32"));
	assert_true(pty_shows(pty, "hmap · 48 B · 0x"));
	assert_true(pty_shows(pty, "0x00 count       27"));
	assert_true(pty_shows(pty, "0x09 B           3   8 buckets"));
	assert_true(pty_shows(pty, " 8 × 208 B"));
	assert_true(pty_shows(pty, "old 4 × 208 B"));
	assert_true(pty_shows(pty, "bucket 7 · 0x"));
	assert_true(pty_shows(pty, "insert 28 \"v28\": hash 0x"));
	assert_true(pty_shows(pty, "growth starts, 4 buckets to 8"));
	assert_non_null(strstr(pty_row(pty, 39), "i insert  d delete"));
}

static void test_insert(void **state)
{
	struct pty *pty = app_open(state);

	pty_key(pty, "i");
	app_wait_in(pty, -1, ": insert");
	app_type(pty, "99 \"new\"");
	pty_wait(pty, "op 33/33");
	pty_wait(pty, "insert 99 \"new\": hash 0x");
	app_wait_in(pty, -1, "q quit");
	pty_wait(pty, "count       28");
	pty_wait(pty, "\"new\"");
}

static void test_delete(void **state)
{
	struct pty *pty = app_open(state);

	pty_key(pty, "d");
	app_wait_in(pty, -1, ": delete");
	app_type(pty, "12");
	pty_wait(pty, "op 33/33");
	pty_wait(pty, "delete 12: hash 0x");
	pty_wait(pty, "count       26");
	pty_key(pty, "Delete");
	app_wait_in(pty, -1, ": delete");
	app_type(pty, "2");
	pty_wait(pty, "op 34/34");
	pty_wait(pty, "count       25");
}

static void test_lookup(void **state)
{
	struct pty *pty = app_open(state);

	pty_key(pty, "l");
	app_wait_in(pty, -1, ": lookup");
	app_type(pty, "26");
	pty_wait(pty, "lookup 26: hash 0x");
	pty_wait(pty, "found in");
	pty_key(pty, "l");
	app_type(pty, "1000");
	pty_wait(pty, "lookup 1000: hash 0x");
	pty_wait(pty, "not there");
	pty_wait(pty, "op 32/32");
}

/* What is told of a lookup is told no more once something else happens. */
static void test_lookup_passes(void **state)
{
	struct pty *pty = app_open(state);

	app_command(pty, "lookup 26");
	pty_wait(pty, "lookup 26: hash 0x");
	app_command(pty, "insert 50");
	pty_wait(pty, "insert 50: hash 0x");
	app_command(pty, "lookup 26");
	pty_wait(pty, "lookup 26: hash 0x");
	pty_key(pty, "[");
	pty_wait(pty, "insert 28 \"v28\": hash 0x");
}

static void test_collide(void **state)
{
	struct pty *pty = app_open(state);

	pty_key(pty, "c");
	app_wait_in(pty, -1, ": collide 7");
	app_type(pty, "2");
	app_wait_in(pty, 0, "op 34/34");
	pty_wait(pty, "bucket 7, tophash");
}

static void test_fill(void **state)
{
	struct pty *pty = app_open(state);

	pty_key(pty, "f");
	app_wait_in(pty, -1, ": fill");
	app_type(pty, "40");
	pty_wait(pty, "op 72/72");
	pty_wait(pty, "count       40");
}

static void test_grow(void **state)
{
	struct pty *pty = app_open(state);

	pty_key(pty, "g");
	pty_wait(pty, "16 × 208 B");
	pty_wait(pty, "growth starts, 8 buckets to 16");
	pty_wait(pty, "B           4   16 buckets");
}

/* A growth of a Swiss map that is half shown goes on event by event; then nothing is left to do. */
static void test_moved_at_once(void **state)
{
	struct pty *pty = app_open_args(state, ARGS("--go", "1.27"));

	pty_wait(pty, "╭ new, filled: groups 8 × 200 B ");
	pty_wait(pty, "╭ new group 1 · ");
	app_wait_in(pty, 34, " new ▁▄··▄▂··");
	pty_key(pty, "v");
	app_wait_in(pty, -4, "event 23 of 44");
	app_wait_in(pty, 0, "growing 12/27");
	app_press(pty, "S-Tab S-Tab");
	app_wait_in(pty, 34, " map ▅█▇▇");
	pty_key(pty, "]");
	app_wait_in(pty, -4, "group 5, H2 77, takes slot 5");
	pty_key(pty, "v");
	app_wait_in(pty, -1, "evacuate changes nothing: this design moves a whole table at once");
}

static void test_evacuate(void **state)
{
	struct pty *pty = app_open(state);

	pty_key(pty, "v");
	pty_wait(pty, "growing 3/4");
	pty_wait(pty, "old bucket 1 evacuated");
	pty_key(pty, "v");
	pty_wait(pty, "the growth is over");
	pty_wait_gone(pty, "growing ");
	pty_key(pty, "v");
	app_wait_in(pty, -1, "evacuate: ");
}

static void test_range(void **state)
{
	struct pty *pty = app_open(state);

	pty_key(pty, "r");
	pty_wait(pty, "starts at bucket");
	pty_wait(pty, "iterator");
	pty_key(pty, "R");
	pty_wait(pty, "range all: starts at bucket");
	pty_wait(pty, "over after 27 entries");
}

/* Entry by entry: a loop begins, goes on over what is done to the map, and begins anew at its
   end. */
static void test_range_next(void **state)
{
	struct pty *pty = app_open_args(state, (const char *const[]){"-n", "3", NULL});

	pty_key(pty, ">");
	pty_wait(pty, "range 1: starts at bucket");
	app_command(pty, "delete 1");
	pty_wait(pty, "delete 1: hash");
	pty_key(pty, ">");
	pty_wait(pty, "next: stops at entry 2");
	pty_key(pty, ">");
	pty_wait(pty, "next: stops at entry 3");
	pty_key(pty, ">");
	pty_wait(pty, "next: over after 3 entries");
	pty_key(pty, ">");
	pty_wait(pty, "range 1: starts at bucket");
}

static void test_arch(void **state)
{
	struct pty *pty = app_open(state);

	pty_key(pty, "a");
	pty_wait(pty, "8 × 108 B");
	app_wait_in(pty, 0, "386 · Go 1.19");
	pty_wait(pty, "hmap · 28 B");
	pty_wait(pty, "op 32/32");
	pty_key(pty, "a");
	pty_wait(pty, "8 × 208 B");
	app_wait_in(pty, 0, "amd64 · Go 1.19");
	pty_wait(pty, "hmap · 48 B");
}

static void test_command(void **state)
{
	struct pty *pty = app_open(state);

	pty_key(pty, ":");
	app_wait_in(pty, -1, ":");
	app_type(pty, "clear");
	pty_wait(pty, "clear: 27 entries gone");
	app_command(pty, "map map[string]bool");
	app_wait_in(pty, 0, "map[string]bool");
	app_command(pty, "help");
	pty_wait(pty, "Moving");
	pty_key(pty, "Escape");
	pty_wait_gone(pty, "Moving");
	app_command(pty, "quit");
	assert_int_equal(pty_wait_exit(pty), 0);
}

#define TEST(f) cmocka_unit_test_teardown(f, app_end)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_opens_on_demo), TEST(test_insert), TEST(test_delete),
		TEST(test_lookup), TEST(test_lookup_passes), TEST(test_collide),
		TEST(test_fill), TEST(test_grow), TEST(test_evacuate),
		TEST(test_moved_at_once),
		TEST(test_range), TEST(test_range_next), TEST(test_arch), TEST(test_command),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
