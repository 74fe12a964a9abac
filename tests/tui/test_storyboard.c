/* SPDX-License-Identifier: MIT */
/* Storyboards: what they look like, that they tell the truth, that they hold no more than a row. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model/base/mem.h"
#include "model/map/classic/reading.h"
#include "tests/cli/program.h"
#include "tests/model/rig.h"
#include "tui/canvas/pane.h"
#include "tui/export/bracket.h"
#include "tui/export/export.h"

#include <cmocka.h>

static char *draw(struct session *s, const char *format, struct export_options o)
{
	struct theme theme;
	struct error err;
	char *text = NULL;
	size_t len;
	FILE *out = open_memstream(&text, &len);

	assert_true(theme_load(&theme, "default", &err));
	o.theme = &theme;
	o.page.width = o.page.width ? o.page.width : 80;
	if (!export_write(s, export_format_find(format, &err), &o, out, &err))
		fail_msg("%s", err.msg);
	fclose(out);
	assert_int_equal(strlen(text), len);
	return text;
}

static void expect(
	struct session *s, const char *golden, const char *format, struct export_options o)
{
	char *text = draw(s, format, o), *again = draw(s, format, o);
	char *path = xasprintf("tests/tui/goldens/story-%s", golden);

	assert_string_equal(text, again);
	if (!golden_equal(path, text, true))
		fail_msg("%s", golden);
	free(text);
	free(again);
	free(path);
}

static void open_growing(struct session *s)
{
	rig_open(s, NULL, NULL, true);
	rig_run(s,
		"make ; insert 0..25 ; snapshot \"a `title`\" ; delete 3 ; insert 26 ; insert 27 ; "
		"caption \"13 * 2 > [25]\" ; evacuate ; insert 5 \"other\" ; snapshot ; lookup 5");
}

static void test_pictures(void **state)
{
	struct session s;

	(void)state;
	open_growing(&s);
	expect(&s, "ops.txt", "text", (struct export_options){ .frames = FRAMES_OPS });
	expect(&s, "ops-across.txt", "ascii", (struct export_options){ .frames = FRAMES_OPS,
		.page.width = 120 });
	expect(&s, "growth.txt", "text", (struct export_options){ .frames = FRAMES_GROWTH });
	expect(&s, "growth-narrow.txt", "text", (struct export_options){ .frames = FRAMES_GROWTH,
		.page.width = 40 });
	expect(&s, "snapshots.md", "markdown",
		(struct export_options){ .frames = FRAMES_SNAPSHOTS });
	expect(&s, "header.txt", "text", (struct export_options){ .frames = FRAMES_SNAPSHOTS,
		.page.view = "header" });
	session_close(&s);
	rig_open(&s, "map[int]int", NULL, true);
	rig_run(&s, "make 20 ; collide 1 9 ; lookup 59 ; delete 57");
	expect(&s, "events.txt", "text", (struct export_options){ .frames = FRAMES_EVENTS });
	session_close(&s);
}

/* A handout: the moments that are spoken of, each with its view, under the type that it is of. */
static void test_captions(void **state)
{
	static const char *const formats[] = { "text", "markdown", "ansi", "html", "svg", "json" };
	static const char said[] = "only this one";
	struct session s;

	(void)state;
	rig_open(&s, "map[int]string", NULL, true);
	rig_run(&s,
		"make ; insert 0..7 ; caption \"eight\" ; lookup 3 ; insert 8 ; lookup 5 ; "
		"caption --view header \"a header\" ; insert 9 ; caption ; map map[int8]struct{A "
		"int8; B "
		"int64} ; insert 1 {1, 2} ; lookup 1 ; caption --view bytes \"only this one\"");
	expect(&s, "captions.txt", "text", (struct export_options){ .frames = FRAMES_CAPTIONS });
	expect(&s, "captions-across.txt", "text",
		(struct export_options){ .frames = FRAMES_CAPTIONS, .page.width = 120 });
	expect(&s, "captions.md", "markdown", (struct export_options){ .frames = FRAMES_CAPTIONS });
	expect(&s, "captions.json", "json", (struct export_options){ .frames = FRAMES_CAPTIONS });
	expect(&s, "captions-map.txt", "text", (struct export_options){ .frames = FRAMES_CAPTIONS,
		.page.view = "map" });
	for (size_t i = 0; i < LENGTH(formats); i++) {
		char *text = draw(
			&s, formats[i], (struct export_options){ .frames = FRAMES_CAPTIONS });
		const char *at = strstr(text, said);

		if (!at || strstr(at + 1, said))
			fail_msg("%s: not once", formats[i]);
		free(text);
	}
	session_close(&s);
}

/* On paper each picture is whole: it is a block of its own, which is not to be torn. */
static void test_paper(void **state)
{
	struct session s;
	struct frames f;
	struct error err;
	char *text;
	unsigned blocks = 0;

	(void)state;
	open_growing(&s);
	assert_true(frames_begin(&f, &s, FRAMES_GROWTH, &err));
	while (frames_next(&f, &err))
		continue;
	assert_true(frames_end(&f, &err) && f.count > 3);
	text = draw(&s, "html", (struct export_options){ .frames = FRAMES_GROWTH });
	for (const char *at = text; (at = strstr(at, "</pre>\n<pre>")) != NULL; at++)
		blocks++;
	/* The frames and the legend, behind the title with the first. */
	assert_int_equal(blocks, f.count);
	assert_non_null(strstr(text, "\npre { break-inside: avoid; }\n"));
	free(text);
	session_close(&s);
}

/* Of a large map only what matters now. */
static void test_large(void **state)
{
	struct session s;

	(void)state;
	rig_open(&s, "map[int]int", NULL, true);
	rig_run(&s,
		"make 300 ; insert 0..9 ; snapshot ; insert 10..99 ; snapshot ; collide 3 60 ; "
		"grow");
	expect(&s, "large.txt", "text", (struct export_options){ .frames = FRAMES_SNAPSHOTS });
	expect(&s, "large-growth.txt", "text", (struct export_options){ .frames = FRAMES_GROWTH });
	session_close(&s);
}

/* Colours instead of brackets; each title comes once, in each format. */
static void test_painted(void **state)
{
	static const char *const formats[] = { "ansi", "html", "svg" };
	struct session s;

	(void)state;
	open_growing(&s);
	for (size_t i = 0; i < LENGTH(formats); i++) {
		char *text = draw(
			&s, formats[i], (struct export_options){ .frames = FRAMES_GROWTH });
		unsigned frames = 0;

		for (const char *at = text; (at = strstr(at, ". insert 8<")) != NULL; at++)
			frames++;
		for (const char *at = text; (at = strstr(at, ". insert 8\033")) != NULL; at++)
			frames++;
		assert_int_equal(frames, 3);
		assert_null(strstr(text, "[d6"));
		free(text);
	}
	session_close(&s);
}

/* Afterwards all is as before, and what lies behind the present is not shown. */
static void test_present(void **state)
{
	struct session s;
	struct text before = { 0 }, after = { 0 };
	struct error err;
	char *text;

	(void)state;
	open_growing(&s);
	assert_true(session_goto(&s, 6, &err));
	assert_true(session_goto_event(&s, 2, &err));
	rig_state(&s, &before);
	text = draw(&s, "text", (struct export_options){ .frames = FRAMES_OPS });
	rig_state(&s, &after);
	assert_string_equal(text_str(&before), text_str(&after));
	assert_true(s.shown.inside);
	assert_int_equal(s.time.now, 6);
	assert_non_null(strstr(text, "\n6. insert 4"));
	assert_null(strstr(text, "\n7. "));
	free(text);
	/* A lookup comes again where it was done. */
	assert_true(session_goto(&s, s.time.total, &err));
	rig_run(&s, "lookup 7");
	text = draw(&s, "text", (struct export_options){ .frames = FRAMES_EVENTS });
	assert_non_null(strstr(text, ". lookup 5 · event 1 of"));
	assert_non_null(strstr(text, ". lookup 7 · event 1 of"));
	assert_string_equal(s.shown.probe_label, "lookup 7");
	assert_false(s.shown.inside);
	free(text);
	text_free(&before);
	text_free(&after);
	session_close(&s);
}

struct measure {
	uint64_t bands, rows;
	int highest;
};

static bool measure(void *data, const struct canvas *band)
{
	struct measure *m = data;

	m->bands++;
	m->rows += (uint64_t)band->h;
	m->highest = band->h > m->highest ? band->h : m->highest;
	return true;
}

/* More frames than are shown; and row by row, however many. */
static void test_many(void **state)
{
	struct page_options o = { .width = 80 };
	struct storyboard b = { .frames = FRAMES_OPS, .page = &o, .brackets = true };
	struct measure m = { 0 };
	struct session s;
	struct error err;
	char *text;

	(void)state;
	rig_open(&s, "map[int]int", NULL, true);
	rig_run(&s, "make ; fill 10020");
	assert_true(storyboard_stream(&s, &b, measure, &m, &err));
	assert_true(m.rows > 10000 * 6);
	assert_true(m.highest < 60);
	text = draw(&s, "text", (struct export_options){ .frames = FRAMES_OPS });
	assert_non_null(strstr(text, "\n10000. insert 9998"));
	assert_null(strstr(text, "\n10001. "));
	assert_non_null(
		strstr(text, "\n… and more: 10000 pictures are shown, up to op 10000 of 10021\n"));
	free(text);
	session_close(&s);
}

static bool stop_at_once(void *data, const struct canvas *band)
{
	(void)band;
	return ++*(int *)data < 3;
}

static void test_fails(void **state)
{
	struct page_options o = { .width = 80, .view = "bucket", .cursor = "no such key" };
	struct storyboard b = { .frames = FRAMES_GROWTH, .page = &o };
	struct session s;
	struct error err;
	int bands = 0;

	(void)state;
	rig_open(&s, "map[int]int", NULL, true);
	rig_run(&s, "make ; insert 1");
	assert_false(storyboard_stream(&s, &b, stop_at_once, &bands, &err));
	assert_string_equal(err.msg, "--frames growth: there is none in 2 operations");
	b.frames = FRAMES_OPS;
	assert_false(storyboard_stream(&s, &b, stop_at_once, &bands, &err));
	assert_memory_equal(err.msg, "cursor no such key: ", 20);
	assert_int_equal(bands, 0);
	o.view = o.cursor = NULL;
	assert_false(storyboard_stream(&s, &b, stop_at_once, &bands, &err));
	assert_int_equal(bands, 3);
	assert_int_equal(s.time.now, 2);
	session_close(&s);
}

/*
 * Whatever is done: a slot stands in brackets exactly when its tophash, key or elem is another than
 * in the picture before. Read from the pictures of two points, not from the journal.
 */
static void expect_brackets(struct session *s, uint64_t point, const uint8_t *before, uint64_t size)
{
	struct page_options o = { .width = 80 };
	struct storyboard b = { .frames = FRAMES_OPS, .page = &o };
	const struct maptype *t = s->world.map.type;
	struct frames f;
	struct changes c = { 0 };
	struct error err;
	uint64_t base = map_bucket(&s->world.map, false, 0);

	(void)b;
	assert_true(frames_begin(&f, s, FRAMES_OPS, &err));
	while (frames_next(&f, &err) && s->time.now < point)
		continue;
	frames_changes(&f, &c);
	for (uint64_t i = 0; i < size; i++) {
		bool differs = before[i] != map_at(&s->world.map, base)[i];

		if (differs != changes_touch(&c, base + i, 1))
			fail_msg("op %llu: byte %llu of %u", (unsigned long long)point,
				(unsigned long long)i, t->unit.size);
	}
	changes_free(&c);
	assert_true(session_goto(s, point, &err));
}

static void test_changes(void **state)
{
	struct rig_dice dice = { 7 };
	struct session s;
	struct error err;

	(void)state;
	rig_open(&s, "map[int]int", NULL, true);
	rig_run(&s, "make 40");
	for (int i = 0; i < 60; i++) {
		char line[64];
		int key = (int)rig_below(&dice, 30);

		snprintf(line, sizeof line, rig_below(&dice, 3) ? "insert %d %d" : "delete %d", key,
			(int)rig_below(&dice, 9));
		rig_run(&s, line);
	}
	for (uint64_t point = 2; point < s.time.total; point++) {
		uint64_t size = (uint64_t)s.world.map.type->unit.size << map_get(&s.world.map,
			HMAP_B);
		uint8_t *before = xmalloc(size);

		assert_true(session_goto(&s, point - 1, &err));
		memcpy(before, map_at(&s.world.map, map_bucket(&s.world.map, false, 0)), size);
		assert_true(session_goto(&s, s.time.total, &err));
		expect_brackets(&s, point, before, size);
		free(before);
	}
	session_close(&s);
}

/* `cells` as they are drawn, `flags` what lies over them: c for changed, @ for the cursor. */
static void expect_bracketed(const char *cells, const char *flags, const char *result)
{
	struct canvas *canvas = canvas_new((int)strlen(flags), 1, true);
	struct pane p = canvas_pane(canvas);
	char *text = NULL;
	size_t len;
	FILE *out = open_memstream(&text, &len);

	pane_text(&p, 0, 0, ROLE_TEXT, cells);
	for (int x = 0; flags[x]; x++)
		if (flags[x] != ' ')
			pane_flag(&p, x, 0, 1, 1, flags[x] == 'c' ? CELL_CHANGED : CELL_CURSOR);
	bracket_changes(canvas);
	bracket_cursor(canvas);
	canvas_print(canvas, out);
	fclose(out);
	text[strcspn(text, "\n")] = '\0';
	assert_string_equal(text, result);
	free(text);
	canvas_free(canvas);
}

static void test_brackets(void **state)
{
	(void)state;
	expect_bracketed(" 5b 6c 7d ", " cc       ", "[5b]6c 7d");
	expect_bracketed(" 5b 6c 7d ", " cc cc    ", "[5b 6c]7d");
	expect_bracketed(" 5b 6c 7d ", " cc    cc ", "[5b]6c[7d]");
	expect_bracketed("|.  .  .  ", " cc cc    ", "[.  .] .");
	expect_bracketed("|5b 6c    ", " cc @@    ", "[5b]6c");
	expect_bracketed("|5b 6c 7d ", " cc    @@ ", "[5b]6c(7d)");
	expect_bracketed("5b 6c", "cc cc", "5b 6c");
	expect_bracketed("count 7   ", "      cccc", "count[7]");
	expect_bracketed(" count  7  ", "        ccc", " count [7]");
	expect_bracketed(" 5b 6c 7d ", "          ", " 5b 6c 7d");
}

/* Of a table of many groups the one that a step was about is shown, and which table that is. */
static void test_place_is_shown(void **state)
{
	static const char *const want[] = {
		"growthLeft 431\n  0 [25 78", " of them changed\n 29 [37 12 5f 5d 39",
		"… 212 more\ntable 1 · directory 1 · used 431 of 1024 · growthLeft 465\n 84 ",
	};
	struct session s;
	char *text;

	(void)state;
	rig_open_go(&s, "map[int]int", NULL, "1.27", true);
	rig_run(&s, "fill 897 ; caption \"split\" ; delete 500 ; caption \"gone\"");
	text = draw(&s, "text", (struct export_options){ .frames = FRAMES_CAPTIONS });
	for (size_t i = 0; i < LENGTH(want); i++)
		if (!strstr(text, want[i]))
			fail_msg("%s is not in\n%s", want[i], text);
	free(text);
	session_close(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_pictures),
		cmocka_unit_test(test_captions),
		cmocka_unit_test(test_paper),
		cmocka_unit_test(test_large),
		cmocka_unit_test(test_painted),
		cmocka_unit_test(test_present),
		cmocka_unit_test(test_many),
		cmocka_unit_test(test_fails),
		cmocka_unit_test(test_changes),
		cmocka_unit_test(test_brackets),
		cmocka_unit_test(test_place_is_shown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
