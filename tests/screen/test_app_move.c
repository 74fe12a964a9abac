/* SPDX-License-Identifier: MIT */
/* The cursor at every zoom: panels, fields, slots, bytes, cells of the atlas. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include "tests/screen/app.h"
#include "themes/role.h"

#include <cmocka.h>

#define ARGS(...) ((const char *const[]){__VA_ARGS__, NULL})

/* From the array to the old one, to the header, and back to where one was; or the other way. */
static void test_panels(void **state)
{
	struct pty *pty = app_open(state);

	pty_key(pty, "Tab");
	pty_wait(pty, "╭ old bucket 3 · 0x");
	pty_key(pty, "Tab");
	pty_key(pty, "x");
	pty_wait(pty, "count is what len returns: 27 keys");
	pty_key(pty, "Tab");
	pty_wait_gone(pty, "count is what len");
	pty_wait(pty, "╭ bucket 3 · 0x");
	pty_key(pty, "S-Tab");
	pty_wait(pty, "count is what len");
}

/* In four rows, too, the field under the cursor is in sight, and a click hits what it points to. */
static void test_header_in_little_room(void **state)
{
	struct pty *pty = app_start(state, &(struct app_options){.w = 40, .h = 10});

	pty_key(pty, "S-Tab");
	pty_wait(pty, "0x00 count");
	pty_key(pty, "End");
	pty_wait(pty, "0x28 extra");
	pty_wait(pty, "6-9 of 9");
	pty_mouse(pty, 8, 3, 1, true);
	pty_key(pty, "Enter");
	pty_wait_gone(pty, "0x28 extra");
}

static bool is_linked(struct pty *pty, const void *arg)
{
	int x, y = app_find(pty, arg, &x);

	return pty_at(pty, x, y).attrs & ATTR_UNDERLINE;
}

/* Each field of the header is explained, lights what it speaks of, and leads there. */
static void test_header_fields(void **state)
{
	static const char *const words[] = {"count is what", "flags 0: no range loop", "2^3 = 8",
		"noverflow is the number", "hash0 is a random number", "8 buckets of 208 bytes",
		"oldbuckets is the array", "all old buckets below 1 of 4", "extra is nil"};
	struct pty *pty = app_open(state);

	pty_key(pty, "x");
	pty_key(pty, "S-Tab");
	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		pty_wait(pty, words[i]);
		pty_key(pty, "Down");
	}
	pty_key(pty, "Up");
	pty_wait(pty, "all old buckets below 1 of 4");
	app_wait_until(pty, is_linked, "1 ▏ec 7b", "the bucket of nevacuate is lit");
	pty_key(pty, "Enter");
	pty_wait(pty, "╭ old bucket 1 · 0x");
	app_wait_until(pty, is_linked, "nevacuate", "the field that leads there is lit");
}

static void test_moving(void **state)
{
	struct pty *pty = app_open(state);

	pty_wait(pty, "▸key 6");
	pty_key(pty, "Up");
	pty_wait(pty, "bucket 6 · 0x");
	pty_key(pty, "k");
	pty_wait(pty, "bucket 5 · 0x");
	pty_key(pty, "Down");
	pty_wait(pty, "bucket 6 · 0x");
	pty_key(pty, "j");
	pty_wait(pty, "bucket 7 · 0x");
	pty_key(pty, "Left");
	pty_wait(pty, "▸key 5");
	pty_key(pty, "h");
	pty_wait(pty, "▸key 4");
	pty_key(pty, "Right");
	pty_wait(pty, "▸key 5");
	pty_key(pty, "L");
	pty_wait(pty, "▸key 6");
	pty_key(pty, "Home");
	pty_wait(pty, "bucket 0 · 0x");
	pty_key(pty, "Space");
	pty_wait(pty, "bucket 7 · 0x");
	/* Beyond the ends there is nothing. */
	pty_key(pty, "Down");
	pty_key(pty, "Right");
	pty_key(pty, "Right");
	pty_wait(pty, "▸key 7");
	pty_wait(pty, "bucket 7 · 0x");
}

static void test_pages(void **state)
{
	struct pty *pty = app_open_args(state, ARGS("-n", "1000"));

	pty_key(pty, "Home");
	pty_wait(pty, "│   0 ▏");
	pty_wait(pty, "╭ bucket 0 · 0x");
	pty_key(pty, "PageDown");
	pty_wait_gone(pty, "╭ bucket 0 · 0x");
	pty_key(pty, "C-f");
	pty_wait_gone(pty, "│   0 ▏");
	pty_key(pty, "C-b");
	pty_key(pty, "PageUp");
	pty_wait(pty, "╭ bucket 0 · 0x");
	pty_key(pty, "End");
	pty_wait(pty, "│ 255 ▏");
	pty_wait(pty, "╭ bucket 255 · 0x");
}

static void test_zoom(void **state)
{
	struct pty *pty = app_open(state);

	pty_key(pty, "Enter");
	pty_wait(pty, "+0x038 ▸key 6      1c 00 00 00 00 00 00 00  28");
	pty_key(pty, "z");
	pty_wait(pty, "slot 6  tophash 1d  live");
	pty_wait(pty, "elem  string  \"v28\"");
	pty_key(pty, "Backspace");
	pty_wait(pty, "+0x038 ▸key 6");
	pty_key(pty, "Z");
	pty_wait(pty, "old 4 × 208 B");
	pty_key(pty, "Z");
	pty_wait(pty, "a bar is 1 bucket");
	pty_wait(pty, "fill ·");
}

/* Beside the rows, too, the key of the slot under the cursor is lit. */
static void test_keys_lit(void **state)
{
	struct pty *pty = app_open_args(state, ARGS("-n", "5"));

	pty_wait(pty, "0 1 2 3 4");
	app_press(pty, "/ 0 Enter");
	app_wait_until(pty, is_linked, "0 1 2 3 4", "key 0 is lit");
}

/* Byte by byte: each is told of, and its field and its slot are lit. */
static void test_bytes(void **state)
{
	struct pty *pty = app_open(state);

	pty_key(pty, "Enter");
	pty_key(pty, "x");
	pty_wait(pty, "Byte 0 of key 6, 28: bits 0 to 7 of the int.");
	pty_key(pty, "Right");
	pty_wait(pty, "Byte 1 of key 6, 28: bits 8 to 15 of the int.");
	pty_key(pty, "Left");
	pty_key(pty, "Left");
	pty_wait(pty, "Byte 7 of key 5, 26: bits 56 to 63 of the int.");
	pty_key(pty, "Down");
	pty_key(pty, "Down");
	pty_wait(pty, "Byte 7 of key 7: bits 56 to 63 of the int. The slot is free");
	pty_key(pty, "Down");
	pty_key(pty, "Right");
	pty_wait(pty, "Byte 8 of elem 0, \"v2\": bits 0 to 7 of the length.");
	app_wait_until(pty, is_linked, "key 0", "the key of its slot is lit");
	app_wait_until(pty, is_linked, "a7 6a 0a 61 4a 54 1d 00", "and its tophash byte");
	pty_key(pty, "Home");
	pty_wait(pty, "The tophash of slot 0: a7, the top byte of the hash of 2.");
	pty_key(pty, "End");
	pty_wait(pty, "Byte 7 of the overflow pointer. It is nil");
	/* Over the ends lie the buckets beside it. */
	pty_key(pty, "Home");
	pty_key(pty, "Up");
	pty_wait(pty, "╭ bucket 6 · 0x");
	pty_wait(pty, "of the overflow pointer");
	pty_key(pty, "PageDown");
	pty_wait(pty, "╭ bucket 7 · 0x");
}

/* Which measure the atlas has is told where the atlas is not seen. */
static void test_metric_afar(void **state)
{
	struct pty *pty = app_open(state);

	pty_key(pty, "m");
	app_wait_in(pty, -1, "the atlas shows: chain length");
}

static void test_atlas(void **state)
{
	static const char *const metrics[] = {"chain", "tombstone", "move", "fill"};
	struct pty *pty = app_open_args(state, ARGS("-n", "5000"));
	int x, y;

	pty_key(pty, "Z");
	pty_wait(pty, "a bar is");
	for (size_t i = 0; i < sizeof metrics / sizeof *metrics; i++) {
		pty_key(pty, "m");
		pty_wait(pty, metrics[i]);
	}
	/* What a click and the arrows choose is what is seen closer. */
	pty_key(pty, "Home");
	y = app_find(pty, "buckets 1024", &x) + 1;
	pty_mouse(pty, x + 10, y, 1, true);
	pty_key(pty, "Left");
	pty_key(pty, "Enter");
	pty_wait_gone(pty, "a bar is");
	pty_wait(pty, "╭ bucket 4 · 0x");
}

/* Both arrays while growing; each can be clicked. */
static void test_atlas_growing(void **state)
{
	struct pty *pty = app_open(state);
	int x, y;

	pty_key(pty, "Z");
	pty_wait(pty, "a bar is");
	y = app_find(pty, "new 8 × 208 B", &x);
	assert_int_equal(app_find(pty, "old 4 × 208 B", &x), y);
	pty_mouse(pty, x + 4, y + 5, 1, true);
	app_press(pty, "m m m");
	pty_wait(pty, "█ arrived");
	pty_wait(pty, "█ moved");
	pty_key(pty, "Enter");
	pty_wait(pty, "╭ old bucket 2 · 0x");
}

static void test_explain(void **state)
{
	struct pty *pty = app_open(state);

	pty_key(pty, "x");
	pty_wait(pty, "This slot is live");
	pty_key(pty, "F1");
	pty_wait_gone(pty, "This slot is live");
	pty_wait(pty, "growth starts");
}

/* With little room it is read page by page, and what is explained next from its beginning. */
static void test_explain_pages(void **state)
{
	struct pty *pty = app_start(state, &(struct app_options){ .w = 40, .h = 10,
		.args = ARGS("--go", "1.27"), .last = "? help" });

	app_press(pty, "Enter Enter x");
	pty_wait(pty, " This slot is full: its control byte 4b");
	pty_key(pty, "x");
	pty_wait_gone(pty, " This slot is full");
	pty_wait(pty, " first free slot on its way.");
	pty_key(pty, "Left");
	pty_wait(pty, " This slot is full: its control byte 46");
	pty_key(pty, "x");
	pty_wait(pty, " first free slot on its way.");
	app_press(pty, "Backspace Backspace Backspace");
	pty_wait(pty, " Group 1 of the new table: 4 full");
	/* The bars are what is looked at, with whatever room. */
	app_find(pty, "▄", NULL);
}

/* What a field leads to: a bucket, mapextra, or nowhere, which is said. */
static void test_header_leads(void **state)
{
	static const char nowhere[] = "this field leads to no bucket now";
	static const char *const leads[] = { "╭ bucket 1 · 0x", nowhere, "╭ bucket 1 · 0x",
		"╭ bucket 1, overflow 1 · 0x", nowhere, "╭ bucket 1 · 0x", nowhere, nowhere,
		"overflow lists the overflow buckets of buckets", "╭ bucket 1, overflow 1 · 0x",
		nowhere, nowhere };

	for (int field = 0; field < (int)(sizeof leads / sizeof *leads); field++) {
		struct pty *pty = app_open_args(
			state, ARGS("-n", "0", "-t", "map[int]int", "--hint", "20"));

		app_command(pty, "collide 1 12");
		app_press(pty, "/ @ 0 Enter / @ 1 . 2 Enter");
		pty_wait(pty, "╭ bucket 1 · 0x");
		app_press(pty, "x S-Tab");
		pty_wait(pty, "count is what len returns");
		for (int i = 0; i < field; i++)
			pty_key(pty, "Down");
		pty_key(pty, "Enter");
		pty_wait(pty, leads[field]);
		if (strncmp(leads[field], "╭", 3) == 0)
			pty_wait(pty, "This slot is live");
		app_end(state);
	}
}

/* A slot that needs more rows than there are is looked at page by page. */
static void test_slot_scrolls(void **state)
{
	enum { UP = 4, DOWN = 5 };
	struct pty *pty = app_start(state, &(struct app_options){.w = 80, .h = 24,
		.args = ARGS("-t", "map[[200]byte]string", "-n", "3")});

	app_press(pty, "z z");
	pty_wait(pty, " 1-16 of 19 ");
	pty_key(pty, "PageDown");
	pty_wait(pty, " 4-19 of 19 ");
	pty_wait(pty, "moves it.");
	pty_key(pty, "PageUp");
	pty_wait(pty, " 1-16 of 19 ");
	pty_mouse(pty, 10, 10, DOWN, true);
	pty_wait_gone(pty, " 1-16 of 19 ");
	for (int i = 0; i < 3; i++)
		pty_mouse(pty, 10, 10, DOWN, true);
	pty_wait(pty, " 4-19 of 19 ");
	for (int i = 0; i < 3; i++)
		pty_mouse(pty, 10, 10, UP, true);
	pty_wait(pty, " 1-16 of 19 ");
}

#define TEST(f) cmocka_unit_test_teardown(f, app_end)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_panels),
		TEST(test_header_in_little_room),
		TEST(test_header_fields),
		TEST(test_moving),
		TEST(test_pages),
		TEST(test_zoom),
		TEST(test_bytes),
		TEST(test_keys_lit),
		TEST(test_metric_afar),
		TEST(test_atlas),
		TEST(test_atlas_growing),
		TEST(test_explain), TEST(test_explain_pages),
		TEST(test_header_leads),
		TEST(test_slot_scrolls),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
