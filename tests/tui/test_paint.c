/* SPDX-License-Identifier: MIT */
/* Painted pictures show what the text shows, and are sound whatever the keys hold. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model/base/mem.h"
#include "tests/cli/program.h"
#include "tests/model/rig.h"
#include "tui/canvas/pane.h"
#include "tui/canvas/style.h"
#include "tui/export/contrast.h"
#include "tui/export/export.h"
#include "tui/export/paint.h"

#include <cmocka.h>

/* The picture of one canvas; what is not asked for is not put. */
enum { BEGIN = 1, ROWS = 2, END = 4, WHOLE = BEGIN | ROWS | END };

static bool paint(const struct picture_format *f, unsigned parts, const struct canvas *canvas,
	const struct theme *theme, const char *title, FILE *out)
{
	const struct picture_source source = { .width = canvas->w };
	const struct picture pic = { .format = f, .source = &source, .title = title,
		.theme = theme, .out = out, .height = canvas->h };

	if (parts & BEGIN)
		f->begin(&pic);
	if (parts & ROWS)
		f->rows(&pic, canvas);
	if (parts & END)
		f->end(&pic);
	return !ferror(out);
}

/* A session's picture in a format. */
static char *export(struct session *s, const char *format, const char *theme_name)
{
	struct theme theme;
	struct export_options o = { .page.width = 80, .theme = &theme };
	const struct export_format *f;
	struct error err;
	char *text = NULL;
	size_t len;
	FILE *out = open_memstream(&text, &len);

	f = export_format_find(format, &err);
	assert_non_null(f);
	assert_true(theme_load(&theme, theme_name, &err));
	assert_true(export_write(s, f, &o, out, &err));
	fclose(out);
	assert_int_equal(strlen(text), len);
	return text;
}

/* Keys that would break out of anything, and wide ones. */
static void open_hostile(struct session *s)
{
	rig_open(s, "map[string]string", NULL, true);
	rig_run(s,
		"insert \"漢字😀é\" \"\\xff\" ; insert \"</span><script>\" \"&amp;\" ; insert "
		"\"'\\\"<!--\" \"]]>\"");
	rig_run(s, "insert \"\\x1b[31m\\x00\\n\" \"\\u0085\\u202e\"");
	rig_run(s, "insert \"a\" ; delete \"a\" ; caption \"<b>5 < 6 & \\\"7\\\"</b>\"");
}

static const char *skip_name(const char *at)
{
	size_t n = strspn(at, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789:-");

	assert_true(n > 0);
	return at + n;
}

/* ` name="value"` as often as it comes. */
static const char *skip_attributes(const char *at)
{
	while (*at == ' ' && at[1] != '/') {
		at = skip_name(at + 1);
		assert_memory_equal(at, "=\"", 2);
		at += 2;
		at += strcspn(at, "\"<&");
		assert_int_equal(*at, '"');
		at++;
	}
	return at;
}

static const char *skip_entity(const char *at)
{
	static const char *const known[] = { "&amp;", "&lt;", "&gt;", "&quot;" };

	for (size_t i = 0; i < LENGTH(known); i++)
		if (strncmp(at, known[i], strlen(known[i])) == 0)
			return at + strlen(known[i]);
	fail_msg("an unknown entity: %.20s", at);
	return NULL;
}

/* Well-formed XML: every element is closed in its turn, every & begins an entity. */
static void check_xml(const char *text)
{
	const char *open[32], *at = text;
	int depth = 0;

	if (strncmp(at, "<!DOCTYPE html>\n", 16) == 0)
		at += 16;
	while (*at) {
		if (*at == '&') {
			at = skip_entity(at);
		} else if (strncmp(at, "</", 2) == 0) {
			const char *end = skip_name(at + 2);

			assert_true(depth-- > 0);
			assert_memory_equal(open[depth], at + 2, (size_t)(end - at - 2));
			assert_int_equal(*end, '>');
			at = end + 1;
		} else if (*at == '<') {
			assert_true(depth < 32);
			open[depth] = at + 1;
			at = skip_attributes(skip_name(at + 1));
			depth += *at == '>';
			assert_true(*at == '>' || strncmp(at, " />", 3) == 0);
			at += *at == '>' ? 1 : 3;
		} else {
			assert_true(*at != '>' && (depth > 0 || *at == '\n'));
			at++;
		}
	}
	assert_int_equal(depth, 0);
}

static void check_alone(const char *text)
{
	static const char *const outside[] = { "href", "src=", "url(", "@import", "<script",
		"<link", "onload", "https:" };
	const char *http = strstr(text, "http");

	for (size_t i = 0; i < LENGTH(outside); i++) {
		const char *found = strstr(text, outside[i]);

		if (found)
			fail_msg("it refers to something: %.40s", found);
	}
	/* The name of the language SVG is no address. */
	if (http)
		assert_memory_equal(http, "http://www.w3.org/2000/svg\"", 27);
	assert_true(!http || !strstr(http + 4, "http"));
	for (const char *p = text; *p; p++)
		if ((unsigned char)*p < ' ' && *p != '\n')
			fail_msg("control character %d", *p);
}

/* What a reader sees between <pre> and </pre>. */
static char *plain(const char *html)
{
	const char *at = strstr(html, "<pre>") + 5, *end = strstr(html, "</pre>");
	struct text out = { 0 };

	while (at < end) {
		static const char *const entities[][2] = { { "&amp;", "&" }, { "&lt;", "<" },
			{ "&gt;", ">" }, { "&quot;", "\"" } };
		size_t i = 0;

		while (i < LENGTH(entities) && strncmp(at, entities[i][0], strlen(entities[i][0])))
			i++;
		if (i < LENGTH(entities)) {
			text_add(&out, entities[i][1]);
			at += strlen(entities[i][0]);
		} else if (*at == '<') {
			at = strchr(at, '>') + 1;
		} else {
			text_addc(&out, *at++);
		}
	}
	return out.s;
}

static void test_html(void **state)
{
	static const char *const themes[] = { "default", "mono" };
	struct session s;

	(void)state;
	open_hostile(&s);
	for (size_t i = 0; i < LENGTH(themes); i++) {
		char *html = export(&s, "html", themes[i]), *text = export(&s, "text", "default"),
		     *shown;

		check_xml(html);
		check_alone(html);
		shown = plain(html);
		assert_string_equal(shown, text);
		/* A wide character has a place of its own, as wide as two cells. */
		assert_non_null(strstr(html, ">漢</span><span style=\"width:2ch"));
		free(html);
		free(text);
		free(shown);
	}
	session_close(&s);
}

static void test_svg(void **state)
{
	struct session s;
	char *svg;

	(void)state;
	open_hostile(&s);
	svg = export(&s, "svg", "default");
	check_xml(svg);
	check_alone(svg);
	/* A wide character is as wide as two cells. */
	assert_non_null(strstr(svg, "textLength=\"16.8\""));
	assert_non_null(strstr(svg, ">漢</text>"));
	assert_non_null(strstr(svg, "map[string]string</title>"));
	free(svg);
	session_close(&s);
}

static void test_ansi(void **state)
{
	struct session s;
	char *ansi, *text;
	struct text shown = { 0 };

	(void)state;
	open_hostile(&s);
	ansi = export(&s, "ansi", "default");
	text = export(&s, "text", "default");
	for (const char *at = ansi; *at; at++) {
		if (*at != '\033') {
			text_addc(&shown, *at);
			continue;
		}
		/* Colours and nothing else, closed before the row ends. */
		assert_int_equal(*++at, '[');
		at += 1 + strspn(at + 1, "0123456789;");
		assert_int_equal(*at, 'm');
	}
	assert_string_equal(text_str(&shown), text);
	assert_non_null(strstr(ansi, "\033[1;38;5;98mmap[string]string\033[m"));
	text_free(&shown);
	free(ansi);
	free(text);
	session_close(&s);
}

/* Marks laid over a cell, reversed ones, and the ground of either kind of theme. */
static void test_colors(void **state)
{
	static const char marked[] = "\033[7mab\033[m \033[38;5;160mx\033[m\n";
	struct theme theme;
	struct canvas *canvas = canvas_new(6, 1, false);
	struct pane p = canvas_pane(canvas);
	struct error err;
	char *text = NULL;
	size_t len;
	FILE *out = open_memstream(&text, &len);

	(void)state;
	assert_true(theme_load(&theme, "default", &err));
	pane_text(&p, 0, 0, ROLE_TEXT, "ab");
	pane_text(&p, 3, 0, ROLE_TOMBSTONE, "x");
	pane_flag(&p, 0, 0, 2, 1, CELL_CURSOR);
	assert_true(paint(&picture_ansi, ROWS, canvas, &theme, "", out));
	fflush(out);
	assert_string_equal(text, marked);
	rewind(out);
	assert_true(paint(&picture_html, WHOLE, canvas, &theme, "<t>", out));
	fclose(out);
	assert_non_null(strstr(text, "<title>&lt;t&gt;</title>"));
	assert_non_null(strstr(text,
		"<span style=\"width:2ch;color:var(--ground);background:var(--text)\">"
		"ab</span> <span style=\"width:1ch;color:var(--c160)\">x</span>\n"));
	free(text);
	canvas_free(canvas);
	assert_true(paint_ground(&theme).both);
	assert_true(theme_load(&theme, "themes/light.ini", &err));
	assert_false(paint_ground(&theme).both);
	assert_string_equal(paint_ground(&theme).light_ground, "#ffffff");
	assert_true(theme_load(&theme, "themes/dark.ini", &err));
	assert_false(paint_ground(&theme).both);
	assert_string_equal(paint_ground(&theme).light_ground, "#121212");
}

/* What a style sheet says a name is: "#rrggbb" behind the words, from there on. */
static unsigned color_named(const char *sheet, const char *words)
{
	const char *at = strstr(sheet, words);

	if (!at)
		fail_msg("no %s", words);
	return (unsigned)strtoul(strchr(at, '#') + 1, NULL, 16);
}

/* One run as it is painted, on the ground that the sheet is of; fails where it cannot be read. */
static void expect_readable(const struct paint_run *run, const char *sheet, const char *theme)
{
	char name[2][16];
	unsigned color[2];

	if (run->fixed) {
		struct text ink = { 0 }, paper = { 0 };

		paint_fixed(run, false, &ink);
		paint_fixed(run, true, &paper);
		color[0] = (unsigned)strtoul(ink.s + 1, NULL, 16);
		color[1] = (unsigned)strtoul(paper.s + 1, NULL, 16);
		text_free(&ink);
		text_free(&paper);
	}
	for (int i = 0; i < 2 && !run->fixed; i++) {
		int c = i ? run->paper : run->ink;

		snprintf(name[i], sizeof name[i],
			c == PAINT_TEXT             ? ".t {"
				: c == PAINT_GROUND ? ".g {"
						    : ".c%d {",
			c);
		color[i] = color_named(sheet, name[i]);
	}
	if (contrast_ratio(color[0], color[1]) < CONTRAST_LEAST)
		fail_msg("%s: #%06x on #%06x", theme, color[0], color[1]);
}

/* Every role under every overlay, in every theme, on every ground that a reader may have. */
static void test_readable(void **state)
{
	static const char *const themes[] = { "default", "light", "dark", "mono", "colorblind" };
	static const char dark[] = "@media (prefers-color-scheme: dark)";
	struct canvas *canvas = canvas_new(1, 1, false);
	struct pane p = canvas_pane(canvas);

	(void)state;
	for (size_t i = 0; i < LENGTH(themes); i++) {
		struct theme theme;
		struct error err;
		char *svg = NULL;
		size_t len;
		FILE *out = open_memstream(&svg, &len);
		const char *other;

		assert_true(theme_load(&theme, themes[i], &err));
		paint(&picture_svg, BEGIN, canvas, &theme, "", out);
		fclose(out);
		other = strstr(svg, dark);
		assert_true((other != NULL) == paint_ground(&theme).both);
		for (int role = 0; role < ROLE_COUNT; role++)
			for (unsigned flags = 0; flags < CELL_CURSOR << 1; flags++) {
				struct paint_run run;

				canvas_clear(canvas);
				pane_text(&p, 0, 0, (enum role)role, "x");
				pane_flag(&p, 0, 0, 1, 1, flags);
				assert_true(paint_run(canvas, &theme, 0, 0, &run));
				expect_readable(&run, svg, themes[i]);
				if (other)
					expect_readable(&run, other, themes[i]);
			}
		free(svg);
	}
	canvas_free(canvas);
}

/* The figures of WCAG's own examples, and no colour that cannot be made readable. */
static void test_contrast(void **state)
{
	(void)state;
	assert_true(contrast_ratio(0, 0xffffff) > 20.99 && contrast_ratio(0, 0xffffff) < 21.01);
	assert_true(contrast_ratio(0x777777, 0xffffff) < 4.5);
	assert_true(contrast_ratio(0x767676, 0xffffff) > 4.5);
	assert_int_equal(contrast_readable(0x123456, 0xffffff), 0x123456);
	for (unsigned ground = 0; ground <= 0xff; ground++)
		for (unsigned ink = 0; ink <= 0xff; ink += 5)
			if (contrast_ratio(contrast_readable(ink * 0x010101, ground * 0x010101),
				ground * 0x010101) < CONTRAST_LEAST)
				fail_msg("%02x on %02x", ink, ground);
}

static void test_goldens(void **state)
{
	static const char *const formats[] = { "ansi", "html", "svg" };
	struct session s;

	(void)state;
	rig_open(&s, NULL, NULL, true);
	rig_run(&s, "fill 5 ; delete 1 ; insert 7 \"seven\"");
	for (size_t i = 0; i < LENGTH(formats); i++) {
		char *path = xasprintf("tests/tui/goldens/small.%s", formats[i]);
		char *text = export(&s, formats[i], "default");

		assert_true(golden_equal(path, text, golden_wanted()));
		free(path);
		free(text);
	}
	session_close(&s);
}

static void test_failing_output(void **state)
{
	struct canvas *canvas = canvas_new(200, 100, false);
	struct pane p = canvas_pane(canvas);
	static const struct picture_format *const formats[] = { &picture_ansi, &picture_html,
		&picture_svg };
	struct theme theme;

	(void)state;
	theme_default(&theme);
	pane_fill(&p, ROLE_KEY, 'x');
	for (int i = 0; i < 3; i++) {
		FILE *full = fopen("/dev/full", "w");

		assert_non_null(full);
		setvbuf(full, NULL, _IONBF, 0);
		assert_false(paint(formats[i], i ? WHOLE : ROWS, canvas, &theme, "", full));
		fclose(full);
	}
	canvas_free(canvas);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_html),
		cmocka_unit_test(test_svg),
		cmocka_unit_test(test_ansi),
		cmocka_unit_test(test_colors),
		cmocka_unit_test(test_readable),
		cmocka_unit_test(test_contrast),
		cmocka_unit_test(test_goldens),
		cmocka_unit_test(test_failing_output),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
