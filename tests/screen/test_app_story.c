/* SPDX-License-Identifier: MIT */
/* What the last operation did, told where there is little room: its result is always there. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/screen/app.h"

#include <cmocka.h>

#define TEST(f) cmocka_unit_test_teardown(f, app_end)
#define ARGS(...) ((const char *const[]){__VA_ARGS__, NULL})
#define ZEROS "0000000000000000000000000000000000000000000000000000000000000000000000000000000000"
#define KANJI "漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字"

static struct pty *open_sized(void **state, int w, int h)
{
	return app_start(state, &(struct app_options){.w = w, .h = h});
}

static struct pty *open_type(void **state, const char *type)
{
	return app_start(state,
		&(struct app_options){ .w = 80, .h = 24, .args = ARGS("-n", "8", "-t", type) });
}

static void test_lookup(void **state)
{
	struct pty *pty = open_sized(state, 80, 24);

	app_command(pty, "lookup 7");
	app_wait_in(pty, -3, " lookup 7 → bucket 5, tophash 7b, found in old bucket 1, slot 1");
	app_wait_in(pty, -2, " growing: old bucket 1 still waits, so it is looked through");
	pty_resize(pty, 120, 40);
	app_wait_in(
		pty, -4, " → low 3 bits 101 → bucket 5, tophash 7b, found in old bucket 1, slot 1");
	app_wait_in(pty, -3,
		" growing: old bucket 1 was not evacuated yet, so it is looked through, not bucket "
		"5");
	pty_resize(pty, 60, 20);
	app_wait_in(pty, -3, " lookup 7 → bucket 5, found in old bucket 1, slot 1");
	app_wait_in(pty, -2, " growing: old bucket 1 still waits");
	pty_resize(pty, 40, 10);
	app_wait_in(pty, -2, " lookup 7: found in old 1, slot 1 …");
	app_command(pty, "lookup 777");
	app_wait_in(pty, -2, " lookup 777 → bucket 4, not there");
}

/* With a second line below there is one row for the first: it says less. */
static void test_update_in_growth(void **state)
{
	struct pty *pty = open_sized(state, 80, 24);

	app_command(pty, "insert 7 \"x\"");
	app_wait_in(
		pty, -3, " insert 7 \"x\" → bucket 5, tophash 7b, overwrites the elem in slot 1");
	app_wait_in(pty, -2, " growth over: old 1 → 0 X, 4 Y; old 2 → 2 X, 6 Y");
	pty_resize(pty, 60, 20);
	app_wait_in(pty, -3, " insert 7 \"x\" → bucket 5, overwrites the elem in slot 1");
	app_wait_in(pty, -2, " growth over: old 1 → 0 X, 4 Y; old 2 → 2 X, 6 Y");
	pty_resize(pty, 40, 10);
	app_wait_in(pty, -2, " insert 7 \"x\": overwrites slot 1");
	pty_resize(pty, 120, 40);
	app_wait_in(
		pty, -4, "→ low 3 bits 101 → bucket 5, tophash 7b, overwrites the elem in slot 1");
}

static void test_delete(void **state)
{
	struct pty *pty = open_sized(state, 40, 10);

	app_command(pty, "delete 7");
	app_wait_in(pty, -2, "delete 7 → bucket 5, was in slot 1");
}

static void test_overflow(void **state)
{
	struct pty *pty = open_sized(state, 80, 24);

	app_command(pty, "make 400");
	app_command(pty, "collide 2 12");
	app_wait_in(pty, -2, " bucket 1");
	pty_resize(pty, 40, 10);
	app_wait_in(pty, -2, "takes slot 3, overflow 1");
}

/* Of a range the end is what counts. */
static void test_range(void **state)
{
	struct pty *pty = open_sized(state, 40, 10);

	app_command(pty, "range");
	app_wait_in(pty, -2, " range: sets the iterator flags");
}

static void test_long_string(void **state)
{
	struct pty *pty = open_type(state, "map[string]int");

	app_command(pty, "lookup \"key-" ZEROS "99\"");
	app_wait_in(pty, -3,
		" lookup \"key-000000000000000…000000000000000099\": the only bucket, no hash");
	app_wait_in(pty, -2, "not there: 1 bucket looked through");
	pty_resize(pty, 40, 10);
	app_wait_in(pty, -2, "000099\": not there");
}

static void test_wide(void **state)
{
	struct pty *pty = open_type(state, "map[string]int");

	app_command(pty, "lookup \"" KANJI "\"");
	app_wait_in(pty, -3, " lookup \"漢字漢字漢字漢字漢…字漢字漢字漢字漢字\": the only");
	app_wait_in(pty, -2, "not there: 1 bucket looked through");
	pty_resize(pty, 40, 10);
	app_wait_in(pty, -2, "字\": not there");
}

static void test_struct_begins_growth(void **state)
{
	struct pty *pty = open_type(state, "map[[20]int64]int");

	app_command(pty, "insert {1,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,99} 7");
	app_wait_in(pty, -3, " insert {1, 0,");
	app_wait_in(pty, -3, "99} 7: hash 0x0172…7ee3 → bucket 1, tophash 06, takes slot 4");
	app_wait_in(pty, -2, " growth starts, 1 → 2 buckets · growth over: old 0 → 4 X, 4 Y");
	pty_resize(pty, 60, 20);
	app_wait_in(pty, -3, "99} 7 → bucket 1, tophash 06, takes slot 4");
	app_wait_in(pty, -2, " growth starts, 1 → 2 buckets · growth over: old 0 → 4 X, …");
	pty_resize(pty, 40, 10);
	app_wait_in(pty, -2, "99} 7: takes slot 4 …");
}

/* What has no row of its own shares the last one; with one row a sign says that there is more. */
static void test_no_line_is_lost(void **state)
{
	struct pty *pty = open_sized(state, 80, 24);

	app_wait_in(pty, -3,
		" insert 28 \"v28\": hash 0x1dc0…5197 → bucket 7, tophash 1d, takes slot 6");
	app_wait_in(pty, -2,
		" growth starts, 4 → 8 buckets · evacuated: old 3 → 1 X, 6 Y; old 0 → 2 X, 5 Y");
	pty_resize(pty, 40, 10);
	app_wait_in(pty, -2, " insert 28 \"v28\": takes slot 6 …");
	app_command(pty, "clear");
	app_wait_in(pty, -2, " clear: 27 entries gone, array kept");
	app_command(pty, "make");
	app_wait_in(pty, -2, " make: only the header so far");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_lookup),
		TEST(test_update_in_growth),
		TEST(test_delete),
		TEST(test_overflow),
		TEST(test_range),
		TEST(test_long_string),
		TEST(test_wide),
		TEST(test_struct_begins_growth),
		TEST(test_no_line_is_lost),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
