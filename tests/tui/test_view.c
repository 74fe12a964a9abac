/* SPDX-License-Identifier: MIT */
/*
 * Pages without a terminal: each golden is a picture beside this file, readable as such. Besides
 * the picture all pages obey laws that are checked whatever they show: as wide as asked for, frames
 * closed, no control bytes, ASCII where ASCII was asked for.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model/base/mem.h"
#include "model/session/session.h"
#include "tests/cli/program.h"
#include "tests/model/rig.h"
#include "tui/page/page.h"
#include "tui/screen/layout.h"
#include "tui/view/follow.h"

#include <cmocka.h>

#define GOLDENS "tests/tui/goldens/"

struct scene {
	const char *name; /* of the golden */
	const char *type, *arch;
	const char *lines;
	const char *view;
	int width;
	bool ascii;
};

static char *print(const struct canvas *canvas)
{
	char *text = NULL;
	size_t size;
	FILE *out = open_memstream(&text, &size);

	assert_non_null(out);
	assert_true(canvas_print(canvas, out));
	assert_int_equal(fclose(out), 0);
	return text;
}

static char32_t char_at(const struct canvas *canvas, int x, int y)
{
	const struct cell *cell = canvas_at(canvas, x, y);

	return cell ? cell->ch : U' ';
}

/* A row that begins with a frame ends with one, in the last column. */
static void check_frame(const struct canvas *canvas, int y)
{
	static const char32_t left[] = U"│╭╰├|+", right[] = U"│╮╯┤|+";
	char32_t first = char_at(canvas, 0, y), last = char_at(canvas, canvas->w - 1, y);
	bool begins = false, ends = false;

	for (size_t i = 0; left[i]; i++) {
		begins |= first == left[i];
		ends |= last == right[i];
	}
	if (begins && !ends)
		fail_msg("row %d: the frame is open", y);
}

static void check_laws(const struct canvas *canvas, const char *text, const struct scene *s)
{
	assert_int_equal(canvas->w, s->width);
	assert_true(canvas->h > 0);
	for (int y = 0; y < canvas->h; y++)
		check_frame(canvas, y);
	for (const char *c = text; *c; c++) {
		assert_true(*c == '\n' || (unsigned char)*c >= ' ');
		assert_int_not_equal(*c, 127);
		assert_true(!s->ascii || (unsigned char)*c < 127);
	}
}

static char *draw(const struct scene *scene)
{
	struct canvas *canvas;
	struct session s;
	struct error err;
	char *text;

	rig_open(&s, scene->type, scene->arch, true);
	rig_run(&s, scene->lines);
	canvas = page_draw(&s, &(struct page_options){ .view = scene->view, .width = scene->width,
		.ascii = scene->ascii }, &err);
	assert_non_null(canvas);
	text = print(canvas);
	check_laws(canvas, text, scene);
	canvas_free(canvas);
	session_close(&s);
	return text;
}

static void check(const struct scene *scene)
{
	char *path = xasprintf(GOLDENS "%s.txt", scene->name), *text = draw(scene);
	bool equal = golden_equal(path, text, true);

	free(text);
	free(path);
	if (!equal)
		fail_msg("the page is not the golden one: %s", scene->name);
}

#define GROWING "make ; fill 27"
/* Swiss maps: one group; a table in which keys were deleted; several tables behind a directory. */
#define SMALL "go 1.27 ; make ; fill 7 ; delete 2"
#define ONE_TABLE "go 1.27 ; make ; fill 40 ; delete 5..9 ; insert 41"
#define TABLES "go 1.26 ; make ; fill 1 ; grow split"

static void test_scenes(void **state)
{
	static const struct scene scenes[] = {
		{ "header-only", NULL, NULL, "make", NULL, 80, false },
		{ "empty", NULL, NULL, "make ; insert 1 ; delete 1", NULL, 80, false },
		{ "growing-40", NULL, NULL, GROWING, NULL, 40, false },
		{ "growing-60", NULL, NULL, GROWING, NULL, 60, false },
		{ "growing-80", NULL, NULL, GROWING, NULL, 80, false },
		{ "growing-120", NULL, NULL, GROWING, NULL, 120, false },
		{ "growing-200", NULL, NULL, GROWING, NULL, 200, false },
		{ "growing-ascii", NULL, NULL, GROWING, NULL, 80, true },
		{ "growing-386", NULL, "386", GROWING, NULL, 80, false },
		{ "growing-s390x", NULL, "s390x", GROWING, NULL, 80, false },
		{ "same-size", NULL, NULL, "make ; fill 13 ; grow same", NULL, 80, false },
		{ "chain", NULL, NULL, "make 100 ; collide 3 30", NULL, 80, false },
		{ "tombstones", NULL, NULL, "make ; fill 8 ; delete 0..5", NULL, 80, false },
		{ "large", NULL, NULL, "make ; fill 20000", "buckets", 80, false },
		{ "wide-keys", "map[string]string", NULL,
			"make ; insert \"漢字\" \"😀\" ; insert \"e\\u0301\" \"ａ\" ; insert \"x\" "
			"\"한글\"",
			NULL, 80, false },
		{ "wide-keys-ascii", "map[string]string", NULL,
			"make ; insert \"漢字\" \"😀\" ; insert \"e\\u0301\" \"ａ\"", NULL, 80,
			true },
		{ "control-keys", "map[string]string", NULL,
			"make ; insert \"\\x1b[31m\" \"\\a\\x7f\" ; insert \"\\u202eabc\" "
			"\"\\xff\\xfe\" ; "
			"insert \"nul\\x00\" \"\\u009b\"",
			NULL, 80, false },
		{ "padding", "map[struct{A int8; B int64; C int8}]struct{D bool; E int32}", NULL,
			"make ; insert {1, 2, 3} {true, 4} ; insert {-1, -2, -3}", NULL, 80,
			false },
		{ "indirect", "map[[200]byte]int", NULL, "make ; fill 3", NULL, 80, false },
		{ "no-elem", "map[string]struct{}", NULL, "make ; fill 9", NULL, 80, false },
		{ "header-view", NULL, NULL, GROWING, "header", 80, false },
		{ "layout-view", "map[struct{A int8; B int64}]string", NULL,
			"make ; insert {1, 2} \"x\"", "layout", 80, false },
		{ "layout-pair-50", "map[int8]int64", NULL, "layout riscv64 mips ; make 20",
			"layout", 50, false },
		{ "layout-same-100", "map[struct{A bool; B uint64; C string}][3]uint16", NULL,
			"layout ppc64 ; make", "layout", 100, false },
		{ "layout-swiss-100", "map[int64]int8", NULL, "go 1.27 ; make ; fill 30", "layout",
			100, false },
		{ "layout-swiss-80", "map[struct{A int8; B int64}][200]byte", NULL,
			"go 1.24 ; make", "layout", 80, false },
		{ "layout-split-40", "map[string]bool", NULL, "go 1.27-X:mapsplitgroup ; make",
			"layout", 40, false },
		{ "swiss-small-120", NULL, NULL, SMALL, NULL, 120, false },
		{ "swiss-small-80", NULL, NULL, SMALL, NULL, 80, false },
		{ "swiss-small-40", NULL, NULL, SMALL, NULL, 40, false },
		{ "swiss-table-120", NULL, NULL, ONE_TABLE, NULL, 120, false },
		{ "swiss-table-80", NULL, NULL, ONE_TABLE, NULL, 80, false },
		{ "swiss-table-40-ascii", NULL, NULL, ONE_TABLE, NULL, 40, true },
		{ "swiss-header-120", NULL, NULL, TABLES, "header", 120, false },
		{ "swiss-header-80", NULL, NULL, TABLES, "header", 80, false },
		{ "swiss-header-40", NULL, NULL, TABLES, "header", 40, false },
		{ "swiss-header-386", NULL, "386", TABLES, "header", 80, false },
		{ "swiss-slot-80", "map[int64]int8", NULL, ONE_TABLE, "slot", 80, false },
		{ "swiss-explain-80", NULL, NULL, ONE_TABLE, "explain", 80, false },
		{ "swiss-explain-small-60", NULL, NULL, SMALL, "explain", 60, false },
		{ "swiss-explain-tables-80", NULL, NULL, TABLES, "explain", 80, false },
		{ "swiss-bytes-80", "map[int64]int8", NULL, SMALL, "bytes", 80, false },
		{ "layout-40", "map[string]bool", NULL, "make", "layout", 40, false },
		{ "layout-386-ascii", "map[string]bool", "386", "make ; fill 3", "layout", 80,
			true },
		{ "ledger-view", "map[string]int", NULL,
			"make ; fill 27 ; delete \"key-3\" ; range", "ledger", 80, false },
		{ "ledger-40-ascii", NULL, NULL, GROWING, "ledger", 40, true },
		{ "buckets-view", NULL, NULL, GROWING, "buckets", 60, false },
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(scenes); i++)
		check(&scenes[i]);
}

/* The laws hold in every width, for keys of every kind. */
static void test_every_width(void **state)
{
	static const struct scene kinds[] = {
		{ "", NULL, NULL, GROWING, NULL, 0, false },
		{ "", "map[string]string", NULL,
			"make ; insert \"漢字漢字\" \"😀😀\" ; insert \"\\x1b\" \"\\xff\"", NULL, 0,
			false },
		{ "", "map[any]any", "386", "make ; fill 20", NULL, 0, false },
		{ "", "map[[40]int64]string", NULL, "make ; fill 9", NULL, 0, true },
		{ "", "map[float64]complex128", "s390x", "make ; fill 60", NULL, 0, false },
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(kinds); i++)
		for (int w = 40; w <= 230; w += i ? 13 : 3) {
			struct scene s = kinds[i];

			s.width = w;
			free(draw(&s));
		}
}

/* Every bucket of each array has a row, is folded or counted as left out: in order, each once. */
static long buckets_told(const char *text)
{
	long next = 0, all = 0, from, to;
	char *line, *copy = xstrdup(text), *rest = copy;

	while ((line = strsep(&rest, "\n"))) {
		char *fold, *gap;

		if (strncmp(line, "╰", 3) == 0) {
			all += next;
			next = 0;
		}
		fold = strstr(line, " buckets like this one, ");
		gap = strstr(line, " more buckets, ");

		if (sscanf(line, "│ %ld ▏", &from) == 1)
			assert_int_equal(from, next++);
		if (!fold && !gap)
			continue;
		assert_int_equal(sscanf(fold ? fold : gap,
					 fold ? " buckets like this one, %ld to %ld"
					      : " more buckets, %ld to %ld",
					 &from, &to),
			2);
		assert_int_equal(from, next);
		next = to + 1;
	}
	free(copy);
	return all;
}

static int lines_of(const char *text)
{
	int lines = 0;

	for (; *text; text++)
		lines += *text == '\n';
	return lines;
}

static void test_large_says_what_is_left_out(void **state)
{
	static const struct {
		const char *type, *lines;
		long buckets;
	} rows[] = {
		{ NULL, "make ; fill 20000", 4096 },
		{ NULL, "make 30000 ; insert 1 ; insert 2", 8192 },
		{ NULL, "make 3000 ; fill 3000 ; delete 0..2990", 512 },
		{ NULL, "make 600 ; fill 600 ; collide 77 300", 256 + 128 },
		{ "map[int]int", "make 40000 ; fill 40000 ; lookup 33333", 8192 },
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(rows); i++)
		for (int width = 40; width <= 120; width += 20) {
			struct scene scene = { "", rows[i].type, NULL, rows[i].lines, "buckets",
				width, false };
			char *text = draw(&scene);

			if (width >= 80)
				assert_int_equal(buckets_told(text), rows[i].buckets);
			/* The head, a place, the tail, each with a chain that is cut; for each
			 * array. */
			assert_in_range(lines_of(text), 5, 2 * (PAGE_ROWS + 24));
			free(text);
		}
}

/* The whole screen on a canvas of any size: nothing is drawn outside, nothing is read outside. */
static void test_layout_any_size(void **state)
{
	static const int sizes[][2] = { { 1, 1 }, { 2, 2 }, { 3, 1 }, { 1, 50 }, { 10, 3 },
		{ 40, 10 }, { 80, 24 }, { 81, 25 }, { 104, 26 }, { 105, 30 }, { 120, 40 },
		{ 300, 100 }, { 500, 4 } };
	static const char *const scenes[] = { "make", GROWING, "make 100 ; collide 3 30",
		"make ; fill 5000" };
	struct config config;
	struct keymap keymap;
	struct error err;

	(void)state;
	config_init(&config);
	assert_true(keymap_make(&keymap, &config, &err));
	for (size_t i = 0; i < LENGTH(scenes); i++) {
		struct prompt prompt = {0};
		struct session s;
		struct look look;
		struct screen_state st = {
			.look = &look, .prompt = &prompt, .keymap = &keymap, .message = ""
		};

		rig_open(&s, NULL, NULL, true);
		rig_run(&s, scenes[i]);
		look_init(&look, &s);
		follow(&look);
		for (int zoom = 0; zoom < ZOOMS; zoom++)
			for (size_t j = 0; j < LENGTH(sizes); j++) {
				struct canvas *canvas = canvas_new(
					sizes[j][0], sizes[j][1], j % 2 == 1);
				int x, y;

				look.zoom = (enum zoom)zoom;
				layout_draw(&st, canvas, &x, &y);
				assert_int_equal(x, -1);
				assert_true(canvas_used(canvas) <= sizes[j][1]);
				canvas_free(canvas);
			}
		look_free(&look);
		session_close(&s);
	}
	keymap_free(&keymap);
	config_free(&config);
}

/* The same state is the same picture, however it was come to. */
static void test_picture_is_of_the_state(void **state)
{
	static const struct scene straight = {"", NULL, NULL, "make ; fill 20", NULL, 80, false};
	static const struct scene around = {
		"", NULL, NULL, "make ; fill 20 ; insert 50..90 ; undo 41", NULL, 80, false};
	char *a = draw(&straight), *b = draw(&around);

	(void)state;
	/* The first line says where in time one is. */
	assert_string_equal(strchr(a, '\n'), strchr(b, '\n'));
	free(a);
	free(b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_scenes),
		cmocka_unit_test(test_every_width),
		cmocka_unit_test(test_large_says_what_is_left_out),
		cmocka_unit_test(test_layout_any_size),
		cmocka_unit_test(test_picture_is_of_the_state),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
