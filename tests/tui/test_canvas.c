/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <limits.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/tui/cells.h"
#include "tui/canvas/glyph.h"
#include "tui/canvas/pane.h"
#include "tui/canvas/wrap.h"

#include <cmocka.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

typedef bool print(const struct canvas *canvas, FILE *out);

static void check(const struct canvas *canvas, print *how, const char *expected)
{
	char *text = NULL;
	size_t len;
	FILE *out = open_memstream(&text, &len);

	assert_true(how(canvas, out));
	fclose(out);
	assert_string_equal(text, expected);
	free(text);
}

/* Every cell keeps the law of canvas.h. */
static void check_law(const struct canvas *canvas)
{
	for (int y = 0; y < canvas->h; y++) {
		for (int x = 0; x < canvas->w; x++) {
			const struct cell *cell = canvas_at(canvas, x, y);

			assert_true(cell->role < ROLE_COUNT);
			if (cell->width == 0) {
				assert_int_equal(cell->ch, 0);
				assert_true(x > 0 && canvas_at(canvas, x - 1, y)->width == 2);
				continue;
			}
			assert_int_equal(cell->width, glyph_width(cell->ch));
			assert_true(!canvas->ascii || cell->ch <= '~');
			if (cell->width == 2)
				assert_int_equal(canvas_at(canvas, x + 1, y)->width, 0);
		}
	}
}

static void test_widths(void **state)
{
	static const struct {
		char32_t ch;
		int width;
	} rows[] = {
		{0, 0},
		{'\n', 0},
		{0x1b, 0},
		{' ', 1},
		{'~', 1},
		{0x7f, 0},
		{0x85, 0},
		{0xa0, 0}, /* no-break space looks like another */
		{0xad, 0}, /* soft hyphen */
		{0xe9, 1},
		{0x301, 0}, /* combining acute */
		{0x3b1, 1},
		{0x5d0, 1},
		{0x1100, 2},
		{0x1160, 0}, /* conjoining jamo */
		{0x200b, 0}, /* zero width space */
		{0x200d, 0},
		{0x202e, 0}, /* right-to-left override */
		{0x2066, 0},
		{0x2500, 1},
		{0x2588, 1},
		{0x3000, 0}, /* a wide blank */
		{0x4e00, 2},
		{0x9fff, 2},
		{0xac00, 2},
		{0xd800, 0},
		{0xe000, 0},
		{0xfe0f, 0}, /* variation selector */
		{0xfeff, 0},
		{0xff21, 2},
		{0xffff, 0},
		{0x1f1e6, 0}, /* half of a flag */
		{0x1f3fb, 0}, /* skin */
		{0x1f600, 2},
		{0x20000, 2},
		{0xe0001, 0},
		{0x10ffff, 0},
		{0x110000, 0},
		{0xffffffff, 0},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		if (glyph_width(rows[i].ch) != rows[i].width)
			fail_msg("U+%04x: %d", rows[i].ch, glyph_width(rows[i].ch));
	}
}

static void test_utf8(void **state)
{
	static const char *const bad[] = {"\x80", "\xc0\x80", "\xc1\xbf", "\xc3", "\xe0\x80\x80",
		"\xe4\xb8", "\xed\xa0\x80", "\xf0\x80\x80\x80", "\xf4\x90\x80\x80", "\xf5", "\xff",
		"\xc3\x28"};
	char out[UTF8_MOST];
	char32_t ch;

	(void)state;
	for (size_t i = 0; i < COUNT(bad); i++)
		assert_int_equal(utf8_decode(bad[i], strlen(bad[i]), &ch), 0);
	for (char32_t c = 0; c <= 0x10ffff; c++) {
		size_t n;

		if (c >= 0xd800 && c <= 0xdfff)
			continue;
		n = utf8_write(c, out);
		assert_int_equal(utf8_decode(out, n, &ch), n);
		assert_int_equal(ch, c);
		assert_int_equal(utf8_decode(out, n - 1, &ch), 0);
	}
}

static void test_text_and_data(void **state)
{
	static const struct {
		const char *text, *unicode, *ascii_text, *ascii_data;
	} rows[] = {
		{"plain", "plain", "plain", "plain"},
		{"a\x1b[0m", "a\\x1b[0m", "a\\x1b[0m", "a\\x1b[0m"},
		{"\t\n\x7f", "\\x09\\x0a\\x7f", "\\x09\\x0a\\x7f", "\\x09\\x0a\\x7f"},
		{"\xff\xc3(", "\\xff\\xc3(", "\\xff\\xc3(", "\\xff\\xc3("},
		{"\xc2\x9b", "\\u009b", "\\u009b", "\\u009b"},
		{"e\u0301", "e\\u0301", "e\\u0301", "e\\u0301"},
		{"\u202e\u2066", "\\u202e\\u2066", "\\u202e\\u2066", "\\u202e\\u2066"},
		{"\U000e0001", "\\U000e0001", "\\U000e0001", "\\U000e0001"},
		{"\u6f22", "\u6f22", "\\u6f22", "\\u6f22"},
		{"\U0001f600", "\U0001f600", "\\U0001f600", "\\U0001f600"},
		{"─▸ █░ · …", "─▸ █░ · …", "-> #. . ~",
			"\\u2500\\u25b8 \\u2588\\u2591 \\u00b7 \\u2026"},
		{"8 → 16", "8 → 16", "8 -> 16", "8 \\u2192 16"},
		{"╳ ▁▇ ×", "╳ ▁▇ ×", "x 17 x", "\\u2573 \\u2581\\u2587 \\u00d7"},
	};
	struct canvas *unicode = canvas_new(80, 1, false), *ascii = canvas_new(80, 1, true);
	struct pane up = canvas_pane(unicode), ap = canvas_pane(ascii);
	char expected[256];

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		const char *text = rows[i].text;

		canvas_clear(unicode);
		assert_int_equal(pane_text(&up, 0, 0, ROLE_KEY, text), text_width(unicode, text));
		snprintf(expected, sizeof expected, "%s\n", rows[i].unicode);
		check(unicode, canvas_print, expected);
		check_law(unicode);
		canvas_clear(unicode);
		assert_int_equal(pane_data(&up, 0, 0, ROLE_KEY, text), data_width(unicode, text));
		check(unicode, canvas_print, expected);
		canvas_clear(ascii);
		assert_int_equal(pane_text(&ap, 0, 0, ROLE_KEY, text), text_width(ascii, text));
		snprintf(expected, sizeof expected, "%s\n", rows[i].ascii_text);
		check(ascii, canvas_print, expected);
		check_law(ascii);
		canvas_clear(ascii);
		assert_int_equal(pane_data(&ap, 0, 0, ROLE_KEY, text), data_width(ascii, text));
		snprintf(expected, sizeof expected, "%s\n", rows[i].ascii_data);
		check(ascii, canvas_print, expected);
	}
	canvas_free(unicode);
	canvas_free(ascii);
}

static void test_cut(void **state)
{
	static const struct {
		const char *text;
		int max;
		const char *unicode, *ascii;
	} rows[] = {
		{"abcdef", 6, "abcdef|", "abcdef|"},
		{"abcdef", 5, "abcd…|", "abcd>|"},
		{"abcdef", 1, "…|", ">|"},
		{"abcdef", 0, "|", "|"},
		{"abcdef", -3, "|", "|"},
		{"", 0, "|", "|"},
		{"", 4, "|", "|"},
		{"漢漢漢", 6, "漢漢漢|", NULL},
		{"漢漢漢", 5, "漢漢…|", NULL},
		{"漢漢漢", 4, "漢…|", NULL},
		{"a\x1b"
		 "b",
			6, "a\\x1bb|", "a\\x1bb|"},
		{"a\x1b"
		 "b",
			5, "a…|", "a>|"},
	};
	struct canvas *unicode = canvas_new(40, 1, false), *ascii = canvas_new(40, 1, true);
	struct pane up = canvas_pane(unicode), ap = canvas_pane(ascii);
	char expected[64];

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		int used;

		canvas_clear(unicode);
		used = pane_textn(&up, 0, 0, rows[i].max, ROLE_KEY, rows[i].text);
		pane_put(&up, used, 0, ROLE_TEXT, '|');
		snprintf(expected, sizeof expected, "%s\n", rows[i].unicode);
		check(unicode, canvas_print, expected);
		if (!rows[i].ascii)
			continue;
		canvas_clear(ascii);
		used = pane_datan(&ap, 0, 0, rows[i].max, ROLE_KEY, rows[i].text);
		pane_put(&ap, used, 0, ROLE_TEXT, '|');
		snprintf(expected, sizeof expected, "%s\n", rows[i].ascii);
		check(ascii, canvas_print, expected);
	}
	canvas_free(unicode);
	canvas_free(ascii);
}

static void test_clipping(void **state)
{
	struct canvas *canvas = canvas_new(10, 3, false);
	struct pane all = canvas_pane(canvas), sub, inner;

	(void)state;
	pane_fill(&all, ROLE_DIM, '.');
	sub = pane_sub(&all, 2, 1, 5, 1);
	assert_int_equal(pane_text(&sub, -3, 0, ROLE_KEY, "abcdefghijklmnop"), 16);
	pane_text(&sub, 0, -1, ROLE_KEY, "never");
	pane_text(&sub, 0, 1, ROLE_KEY, "never");
	check(canvas, canvas_print, "..........\n..defg…...\n..........\n");
	check(canvas, canvas_print_roles, ",,,,,,,,,,\n,,kkkkk,,,\n,,,,,,,,,,\n");
	/* A pane that hangs out of its parent keeps its own corner. */
	inner = pane_sub(&sub, -2, -4, 100, 100);
	pane_text(&inner, 0, 4, ROLE_VALUE, "0123456789");
	check(canvas, canvas_print, "..........\n..23456...\n..........\n");
	/* Coordinates may be anything. */
	inner = pane_sub(&sub, INT_MIN, INT_MIN, INT_MAX, INT_MAX);
	pane_text(&inner, INT_MIN, INT_MIN, ROLE_KEY, "never");
	pane_text(&inner, INT_MAX, INT_MAX, ROLE_KEY, "never");
	inner = pane_sub(&inner, INT_MAX, INT_MAX, INT_MAX, INT_MAX);
	pane_box(&inner, ROLE_BORDER, "a", "b");
	pane_flag(&all, INT_MIN, INT_MIN, INT_MAX, INT_MAX, CELL_CURSOR);
	pane_text(&all, INT_MAX, 0, ROLE_KEY, "behind");
	check(canvas, canvas_print, ".........…\n..23456...\n..........\n");
	check_law(canvas);
	canvas_free(canvas);
}

/* A picture is copied as far as the pane goes, which may begin above its canvas. */
static void test_copying(void **state)
{
	struct canvas *from = canvas_new(4, 3, false), *to = canvas_new(3, 2, false);
	struct pane drawn = canvas_pane(from), all = canvas_pane(to);

	(void)state;
	pane_text(&drawn, 0, 0, ROLE_KEY, "abcd");
	pane_text(&drawn, 0, 1, ROLE_KEY, "e\u4e16f");
	pane_text(&drawn, 0, 2, ROLE_KEY, "ghij");
	pane_flag(&drawn, 0, 1, 1, 1, CELL_CHANGED);
	for (int y = -4; y < 4; y++)
		for (int x = -5; x < 5; x++) {
			struct pane pane = pane_sub(&all, x, y, 4, 3);

			canvas_clear(to);
			pane_copy(&pane, 0, 0, from);
			for (int row = 0; row < 2; row++)
				for (int i = 0; i < 3; i++) {
					const struct cell *is = canvas_at(to, i, row);
					const struct cell *was = canvas_at(from, i - x, row - y);

					if (!was)
						assert_true(is->ch == ' ' && !is->flags);
					else if (is->ch != ' ' || was->width == 1)
						assert_true(cell_equal(is, was));
				}
		}
	canvas_free(from);
	canvas_free(to);
}

/* Whatever is drawn over half a wide character, or clips it, no half is left. */
static void test_wide_halves(void **state)
{
	struct canvas *canvas = canvas_new(6, 1, false);
	struct pane all = canvas_pane(canvas), sub;

	(void)state;
	pane_text(&all, 0, 0, ROLE_KEY, "漢漢漢");
	pane_put(&all, 1, 0, ROLE_KEY, 'x');
	check(canvas, canvas_print, " x漢漢\n");
	pane_put(&all, 2, 0, ROLE_KEY, 'y');
	check(canvas, canvas_print, " xy 漢\n");
	pane_text(&all, 3, 0, ROLE_KEY, "字");
	check(canvas, canvas_print, " xy字\n");
	check_law(canvas);
	canvas_clear(canvas);
	pane_text(&all, 5, 0, ROLE_KEY, "字");
	check(canvas, canvas_print, "     …\n");
	pane_text(&all, -1, 0, ROLE_KEY, "字字");
	check(canvas, canvas_print, " 字  …\n");
	sub = pane_sub(&all, 0, 0, 2, 1);
	pane_text(&sub, 1, 0, ROLE_KEY, "字");
	check_law(canvas);
	canvas_clear(canvas);
	pane_text(&all, 0, 0, ROLE_KEY, "漢");
	pane_flag(&all, 1, 0, 1, 1, CELL_CURSOR);
	check(canvas, canvas_print_flags, "@@\n");
	canvas_free(canvas);
}

static void test_box(void **state)
{
	static const struct {
		int w, h;
		const char *left, *right, *shows;
	} rows[] = {
		{20, 3, "left", "right",
			"╭ left ───── right ╮\n│ abcdefghijklmno… │\n╰──────────────────╯\n"},
		{14, 3, "left", "right", "╭ left ──────╮\n│ abcdefghi… │\n╰────────────╯\n"},
		{7, 3, "left", NULL, "╭ le… ╮\n│ ab… │\n╰─────╯\n"},
		{4, 2, "left", NULL, "╭──╮\n╰──╯\n"},
		{2, 2, "left", NULL, "╭╮\n╰╯\n"},
		{3, 3, NULL, NULL, "╭─╮\n│ │\n╰─╯\n"},
		{1, 3, NULL, NULL, "\n\n\n"},
		{0, 0, NULL, NULL, ""},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct canvas *canvas = canvas_new(rows[i].w, rows[i].h, false);
		struct pane all = canvas_pane(canvas);
		struct pane in = pane_box(&all, ROLE_BORDER, rows[i].left, rows[i].right);

		pane_text(&in, 0, 0, ROLE_TEXT, "abcdefghijklmnopqrstuvwxyz");
		check(canvas, canvas_print, rows[i].shows);
		check_law(canvas);
		canvas_free(canvas);
	}
}

static void test_split_and_ascii(void **state)
{
	struct canvas *canvas = canvas_new(16, 5, true);
	struct pane all = canvas_pane(canvas), in;

	(void)state;
	in = pane_box(&all, ROLE_BORDER, "hmap", NULL);
	pane_split(&all, 2, ROLE_BORDER, "load");
	pane_printf(&in, 0, 0, ROLE_VALUE, "%s %d", "count", 27);
	for (int i = 0; i <= 8; i++)
		pane_put(&in, i, 2, ROLE_LOAD, glyph_level(i));
	check(canvas, canvas_print,
		"+ hmap --------+\n| count 27     |\n+ load --------+\n|  1234567#    |\n"
		"+--------------+\n");
	check(canvas, canvas_print_roles,
		"-TTTTTT---------\n- vvvvvvvv     -\n-TTTTTT---------\n- bbbbbbbbb    -\n"
		"----------------\n");
	canvas_free(canvas);
}

static void test_canvas(void **state)
{
	struct canvas *a = canvas_new(5, 4, false), *b = canvas_new(5, 4, false);
	struct pane pa = canvas_pane(a), pb = canvas_pane(b);

	(void)state;
	assert_true(canvas_equal(a, b));
	assert_int_equal(canvas_used(a), 0);
	pane_text(&pa, 1, 1, ROLE_KEY, "ab");
	assert_false(canvas_equal(a, b));
	assert_int_equal(canvas_used(a), 2);
	pane_text(&pb, 1, 1, ROLE_KEY, "ab");
	assert_true(canvas_equal(a, b));
	pane_flag(&pb, 1, 1, 1, 1, CELL_CHANGED | CELL_LINKED);
	assert_false(canvas_equal(a, b));
	check(b, canvas_print_flags, "\n l\n\n\n");
	/* Drawing again forgets the flags. */
	pane_put(&pb, 1, 1, ROLE_KEY, 'a');
	check(b, canvas_print_flags, "\n\n\n\n");
	assert_null(canvas_at(a, 5, 0));
	assert_null(canvas_at(a, 0, -1));
	canvas_resize(a, 2, 1);
	assert_int_equal(canvas_used(a), 0);
	check(a, canvas_print, "\n");
	canvas_free(a);
	canvas_free(b);
	canvas_free(NULL);
}

static void test_failing_output(void **state)
{
	struct canvas *canvas = canvas_new(100, 100, false);
	struct pane all = canvas_pane(canvas);
	FILE *full = fopen("/dev/full", "w");

	(void)state;
	pane_fill(&all, ROLE_TEXT, 'x');
	assert_non_null(full);
	assert_false(canvas_print(canvas, full));
	fclose(full);
	canvas_free(canvas);
}

/* Exports are the same everywhere. */
static void test_locale_does_not_matter(void **state)
{
	static const char *const locales[] = {"C", "C.UTF-8"};
	struct canvas *canvas = canvas_new(20, 1, false);
	struct pane all = canvas_pane(canvas);

	(void)state;
	for (size_t i = 0; i < COUNT(locales); i++) {
		assert_non_null(setlocale(LC_ALL, locales[i]));
		canvas_clear(canvas);
		pane_printf(&all, 0, 0, ROLE_TEXT, "%s %.1f", "漢 é ─▸", 3.5);
		check(canvas, canvas_print, "漢 é ─▸ 3.5\n");
	}
	setlocale(LC_ALL, "C");
	canvas_free(canvas);
}

/* Random bytes drawn anywhere: the law holds and nothing unsafe is printed. */
static void test_random_text(void **state)
{
	uint32_t random = 7;

	(void)state;
	for (int round = 0; round < 3000; round++) {
		struct canvas *canvas = canvas_new(1 + round % 17, 1 + round % 5, round % 2);
		struct pane all = canvas_pane(canvas), sub;
		char text[24];
		int at[6];

		for (size_t i = 0; i < sizeof text - 1; i++) {
			random = random * 1664525u + 1013904223u;
			text[i] = (char)(random >> 24 ? random >> 24 : 'x');
		}
		text[sizeof text - 1] = '\0';
		for (size_t i = 0; i < COUNT(at); i++) {
			random = random * 1664525u + 1013904223u;
			at[i] = (int)(random >> 16) % 24 - 6;
		}
		sub = pane_sub(&all, at[0], at[1], at[2], at[3]);
		pane_text(&all, at[4], 0, ROLE_TEXT, "漢字漢字");
		pane_box(&sub, ROLE_BORDER, text, "right");
		pane_data(&sub, at[4], at[5], ROLE_KEY, text);
		pane_textn(&all, at[5], at[4], at[3], ROLE_KEY, text + 12);
		pane_flag(&sub, at[5], at[4], at[3], at[2], CELL_CURSOR);
		check_law(canvas);
		canvas_free(canvas);
	}
}

/* A line is broken at a blank, but not between a word and its number. */
static void test_wrap(void **state)
{
	static const struct {
		const char *text;
		int width;
		const char *lines[3];
	} rows[] = {
		{ "takes slot 3 of overflow bucket 12", 10, { "takes", "slot 3 of", "overflow" } },
		{ "reuses slot 3", 12, { "reuses", "slot 3", NULL } },
		{ "takes slot 3 of overflow bucket 12", 32,
			{ "takes slot 3 of overflow", "bucket 12", NULL } },
		{ "the order: 11 12 13 14 15 16 17", 20,
			{ "the order: 11 12 13", "14 15 16 17", NULL } },
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct canvas *canvas = canvas_new(rows[i].width, 4, false);
		struct pane all = canvas_pane(canvas);

		wrap_text(&all, 0, 0, ROLE_TEXT, rows[i].text);
		for (int y = 0; y < 3 && rows[i].lines[y]; y++)
			for (int x = 0; rows[i].lines[y][x]; x++)
				assert_int_equal(canvas_at(canvas, x, y)->ch, rows[i].lines[y][x]);
		canvas_free(canvas);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_widths),
		cmocka_unit_test(test_utf8),
		cmocka_unit_test(test_text_and_data),
		cmocka_unit_test(test_cut),
		cmocka_unit_test(test_clipping),
		cmocka_unit_test(test_copying),
		cmocka_unit_test(test_wide_halves),
		cmocka_unit_test(test_box),
		cmocka_unit_test(test_split_and_ascii),
		cmocka_unit_test(test_canvas),
		cmocka_unit_test(test_failing_output),
		cmocka_unit_test(test_locale_does_not_matter),
		cmocka_unit_test(test_random_text),
		cmocka_unit_test(test_wrap),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
