/* SPDX-License-Identifier: MIT */
/*
 * Pages: every view in every format. Each view has goldens, readable as pictures beside this file;
 * and whatever it shows, in every format and width, the laws of that format hold.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model/base/mem.h"
#include "model/map/classic/reading.h"
#include "tests/cli/program.h"
#include "tests/model/rig.h"
#include "tui/view/classic/classic_design.h"
#include "tui/canvas/glyph.h"
#include "tui/export/export.h"

#include <cmocka.h>

#define GOLDENS "tests/tui/goldens/page-"

struct shot {
	const char *name, *type, *arch, *lines;
	struct page_options page;
	const char *format; /* NULL: text, or ascii */
};

static char *export(struct session *s, const struct page_options *page, const char *format)
{
	struct export_options o = { .page = *page };
	struct theme theme;
	struct error err;
	char *text = NULL;
	size_t len;
	FILE *out = open_memstream(&text, &len);

	theme_default(&theme);
	o.theme = &theme;
	if (!export_write(s, export_format_find(format, &err), &o, out, &err))
		fail_msg("%s: %s", page->view, err.msg);
	fclose(out);
	return text;
}

static char *draw(const struct shot *shot)
{
	struct session s;
	char *text;

	rig_open(&s, shot->type, shot->arch, true);
	rig_run(&s, shot->lines);
	text = export(&s, &shot->page,
		shot->format               ? shot->format
			: shot->page.ascii ? "ascii"
					   : "text");
	session_close(&s);
	return text;
}

#define PATTERNS \
	"make ; insert \"sess:1:tok\" \"red\" ; insert \"sess:2:tok\" \"green\" ; " \
	"insert \"sess:77:tok\" \"red\" ; insert \"sess:af3:ref\" \"red\" ; " \
	"insert \"sess:9:ref\" \"a longer text than others, to be the largest\" ; " \
	"insert \"user/alice\" \"x\" ; insert \"user/bob\" \"x\" ; insert \"user/eve\" \"x\" ; " \
	"snapshot ; insert \"sess:100:tok\" \"blue\" ; insert \"user/ann\" \"x\" ; delete " \
	"\"sess:9:ref\""
#define GROWING "make ; fill 27"
#define CHAINS "make 100 ; collide 3 30 ; delete 3 ; insert \"nine\""

static void test_goldens(void **state)
{
	static const struct shot shots[] = {
		{ "atlas-80", NULL, NULL, "make ; fill 900 ; delete 100..300 ; collide 5 40",
			{ .view = "atlas", .width = 80 }, NULL },
		{ "atlas-growing-60", NULL, NULL, GROWING,
			{ .view = "atlas", .width = 60, .ascii = true }, NULL },
		{ "minimap-80", NULL, NULL, "make ; fill 900", { .view = "minimap", .width = 80 },
			NULL },
		{ "bucket-80", NULL, NULL, GROWING, { .view = "bucket", .width = 80 }, NULL },
		{ "bucket-old-100", NULL, NULL, GROWING,
			{ .view = "bucket", .width = 100, .cursor = "old@1.2" }, NULL },
		{ "bytes-80", NULL, NULL, "make ; fill 7 ; delete 5",
			{ .view = "bytes", .width = 80, .cursor = "6" }, NULL },
		{ "bytes-chain-110", NULL, NULL, "make 100 ; collide 3 30",
			{ .view = "bytes", .width = 110, .cursor = "@3+2.4" }, NULL },
		{ "bytes-386-40", "map[string]int8", "386", "make ; insert \"a\" 1 ; insert \"b\"",
			{ .view = "bytes", .width = 40, .ascii = true }, NULL },
		{ "bytes-none-60", NULL, NULL, "make", { .view = "bytes", .width = 60 }, NULL },
		{ "slot-80", "map[string]string", NULL,
			"make ; fill 3 ; insert \"漢字\" \"a\\x1b[1m\"",
			{ .view = "slot", .width = 80 }, NULL },
		{ "slot-tombstone-60", NULL, NULL, "make ; fill 8 ; delete 3",
			{ .view = "slot", .width = 60, .cursor = "tombstone" }, NULL },
		{ "explain-60", NULL, NULL, GROWING,
			{ .view = "explain", .width = 60, .cursor = "old@3.1" }, NULL },
		{ "entries-80", "map[string]int", NULL,
			"make ; insert \"b\" 2 ; insert \"a\\n\" 1 ; insert \"漢\" -3",
			{ .view = "entries", .width = 80 }, NULL },
		{ "quiz-80", NULL, NULL, GROWING, { .view = "quiz", .width = 80 }, NULL },
		{ "story-80", NULL, NULL, GROWING, { .view = "story", .width = 80 }, NULL },
		{ "story-lookup-60", NULL, NULL, GROWING " ; lookup 99",
			{ .view = "story", .width = 60 }, NULL },
		{ "timeline-80", NULL, NULL,
			"make 4 ; fill 9 ; delete 2 ; clear ; fill 30 ; undo 12",
			{ .view = "timeline", .width = 80 }, NULL },
		{ "legend-80", NULL, NULL, GROWING, { .view = "legend", .width = 80 }, NULL },
		{ "buckets-range-80", NULL, NULL, "make ; fill 60 ; fill 107",
			{ .view = "buckets", .width = 80, .buckets = { PICK_RANGE, 5, 9 } }, NULL },
		{ "buckets-folded-80", NULL, NULL, "make 900 ; insert 1..4",
			{ .view = "buckets", .width = 80 }, NULL },
		{ "buckets-place-80", NULL, NULL, "make 900 ; insert 1..4 ; lookup 5",
			{ .view = "buckets", .width = 80 }, NULL },
		{ "buckets-cut-100", NULL, NULL, "make 2000 ; fill 2000 ; collide 77 200",
			{ .view = "buckets", .width = 100 }, NULL },
		{ "buckets-chain-80", NULL, NULL, "make 100 ; collide 3 300",
			{ .view = "buckets", .width = 80, .cursor = "@3+14" }, NULL },
		{ "caption.md", NULL, NULL, "make ; fill 2 ; caption \"``` and ```` are fences\"",
			{ .view = "story", .width = 80 }, "markdown" },
		{ "map.md", NULL, NULL, "make ; fill 3", { .width = 80 }, "markdown" },
		{ "entries.md", "map[string]string", NULL,
			"make ; insert \"a|b\" \"`c`\" ; insert \"<b>\" \"*x*\\n\" ; insert \"漢\" "
			"\"\"",
			{ .view = "entries", .width = 80 }, "markdown" },
		{ "layout.md", "map[int8]struct{ A int8; B int64 }", NULL, "make",
			{ .view = "layout", .width = 80 }, "markdown" },
		{ "diff.md", "map[string]int", NULL,
			"make ; fill 5 ; snapshot ; insert \"a|`b\" 4 ; delete \"key-1\" ; "
			"insert \"key-2\" 8",
			{ .view = "diff", .width = 80 }, "markdown" },
		{ "loads.md", NULL, NULL, "make", { .view = "loads", .width = 60 }, "markdown" },
		{ "ledger.md", NULL, NULL, GROWING, { .view = "ledger", .width = 80 }, "markdown" },
		{ "patterns-80", "map[string]string", NULL, PATTERNS,
			{ .view = "patterns", .width = 80 }, NULL },
		{ "patterns.md", "map[string]string", NULL, PATTERNS,
			{ .view = "patterns", .width = 80 }, "markdown" },
		{ "patterns.json", "map[string]string", NULL, PATTERNS, { .view = "patterns" },
			"json" },
		{ "patterns-none-60", NULL, NULL, "make", { .view = "patterns", .width = 60 },
			NULL },
		{ "patterns-ints-60", NULL, NULL, "make ; fill 120",
			{ .view = "patterns", .width = 60 }, NULL },
		{ "java-80", "map[string]int", NULL, "make ; fill 20 ; insert \"gopher\"",
			{ .view = "java", .width = 80 }, NULL },
		{ "java-swiss-60", NULL, NULL, "go 1.27 ; make ; fill 20",
			{ .view = "java", .width = 60 }, NULL },
		{ "java.md", "map[string]int", "386", "make ; insert \"gopher\"",
			{ .view = "java", .width = 80 }, "markdown" },
		{ "java.json", NULL, NULL, "make ; fill 14", { .view = "java" }, "json" },
		{ "lifecycle.md", NULL, NULL, "make ; fill 300 ; delete 0..299 ; gc ; clear",
			{ .view = "lifecycle", .width = 80 }, "markdown" },
		{ "shape.md", NULL, NULL, "make 300 ; fill 300", { .view = "shape", .width = 80 },
			"markdown" },
		{ "bytes.svg", NULL, NULL, "make ; fill 7 ; delete 5",
			{ .view = "bytes", .width = 80, .cursor = "6" }, "svg" },
		{ "slot.html", "map[string]string", NULL, "make ; insert \"漢字\" \"</pre>&\"",
			{ .view = "slot", .width = 80 }, "html" },
		{ "atlas.ansi", NULL, NULL, "make ; fill 900", { .view = "atlas", .width = 80 },
			"ansi" },
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(shots); i++) {
		char *text = draw(&shots[i]);
		char *path = xasprintf(
			GOLDENS "%s%s", shots[i].name, strchr(shots[i].name, '.') ? "" : ".txt");

		if (!golden_equal(path, text, true))
			fail_msg("the page is not the golden one: %s", shots[i].name);
		free(path);
		free(text);
	}
}

/* Columns of a line of UTF-8, which ends with a line feed. */
static int columns_of(const char *line, size_t len)
{
	int columns = 0;
	char32_t ch;

	for (size_t at = 0; at < len;) {
		size_t n = utf8_decode(line + at, len - at, &ch);

		assert_true(n > 0);
		columns += glyph_width(ch);
		at += n;
	}
	return columns;
}

static void check_lines(const char *text, int width, bool ascii, const char *what)
{
	for (const char *line = text; *line;) {
		size_t len = strcspn(line, "\n");

		for (size_t i = 0; i < len; i++) {
			assert_true((unsigned char)line[i] >= ' ' && line[i] != 127);
			assert_true(!ascii || (unsigned char)line[i] < 127);
		}
		if (columns_of(line, len) > width)
			fail_msg("%s at %d: %.*s", what, width, (int)len, line);
		assert_true(len == 0 || line[len - 1] != ' ');
		line += len + (line[len] == '\n');
	}
}

/* Every fence that opens is closed by one as long, and nothing in between is one. */
static void check_fences(const char *text, const char *what)
{
	size_t open = 0;
	int pictures = 0;

	for (const char *line = text; *line; line += strcspn(line, "\n") + 1) {
		size_t n = strspn(line, "`");

		if (!open && n >= 3) {
			assert_memory_equal(line + n, "text\n", 5);
			open = n;
		} else if (open && n >= open && line[n] == '\n') {
			open = 0;
			pictures++;
		}
	}
	if (open || pictures != 1)
		fail_msg("%s: %d pictures, a fence of %zu is open", what, pictures, open);
}

static void check_formats(struct session *s, const char *view)
{
	static const int widths[] = { 40, 53, 80, 120, 233 };

	for (size_t i = 0; i < LENGTH(widths); i++) {
		struct page_options page = { .view = view, .width = widths[i] };
		char *text = export(s, &page, "text"), *other;

		if (!*text || *text == '\n')
			fail_msg("%s is empty", view);
		check_lines(text, widths[i], false, view);
		other = export(s, &page, "ascii");
		check_lines(other, widths[i], true, view);
		free(other);
		other = export(s, &page, "markdown");
		check_fences(other, view);
		assert_non_null(strstr(other, text));
		free(other);
		other = export(s, &page, "html");
		assert_non_null(strstr(other, "</pre>\n</body>\n</html>\n"));
		free(other);
		other = export(s, &page, "svg");
		assert_non_null(strstr(other, "</svg>\n"));
		free(other);
		free(export(s, &page, "ansi"));
		free(text);
	}
}

static void test_every_view_in_every_format(void **state)
{
	static const char *const sessions[][3] = {
		{ NULL, NULL, GROWING },
		{ NULL, NULL, "make" },
		{ NULL, NULL, "make ; insert 1 ; lookup 1" },
		{ NULL, NULL, "make 5000 ; fill 5000 ; collide 9 500" },
		{ "map[string]string", "386",
			"make ; insert \"漢字\\x1b\\xff\" \"😀|`*_<&\" ; caption \"```\\nx\"" },
		{ "map[[200]byte]struct{}", "s390x", "make ; fill 40 ; clear" },
		{ "map[any]any", NULL,
			"make ; insert 1 \"x\" ; insert nil nil ; insert 1.5 true ; delete nil" },
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(sessions); i++) {
		struct session s;

		rig_open(&s, sessions[i][0], sessions[i][1], true);
		rig_run(&s, sessions[i][2]);
		for (unsigned j = 0; page_view_at(j); j++)
			check_formats(&s, page_view_at(j)->name);
		session_close(&s);
	}
}

/* Numbers of the buckets that have a row, in order; -1 for an overflow bucket. */
static long rows_of(const char *text, long *rows, long most)
{
	long n = 0;

	for (const char *line = text; *line; line += strcspn(line, "\n") + 1) {
		long bucket;

		if (sscanf(line, "│ %ld ▏", &bucket) == 1 && n < most)
			rows[n++] = bucket;
		else if (strstr(line, "└▸ ▏") && strstr(line, "└▸ ▏") < line + 20 && n < most)
			rows[n++] = -1;
	}
	return n;
}

/* Asked for all, each bucket has its row, whatever band it falls into. */
static void test_all_buckets(void **state)
{
	static const struct {
		const char *lines;
		uint64_t from, to;
		enum page_pick pick;
	} rows[] = {
		{ "make 3000 ; fill 3000", 0, 511, PICK_ALL },
		{ "make 3000 ; fill 10", 0, 511, PICK_ALL },
		{ "make 100 ; collide 3 2000", 0, 0, PICK_ALL },
		{ "make 3000 ; fill 3000", 17, 17, PICK_RANGE },
		{ "make 3000 ; fill 3000", 100, 400, PICK_RANGE },
		{ "make 3000 ; collide 150 1000", 100, 400, PICK_RANGE },
	};
	long found[4096];

	(void)state;
	for (size_t i = 0; i < LENGTH(rows); i++) {
		struct session s;
		struct page_options page = { .view = "buckets", .width = 80,
			.buckets = { rows[i].pick, rows[i].from, rows[i].to } };
		uint64_t to;
		long n, at = 0;
		char *text;

		rig_open(&s, "map[int]int", NULL, true);
		rig_run(&s, rows[i].lines);
		to = rows[i].pick == PICK_ALL ? classic_buckets(&s.world.map, false) - 1
					      : rows[i].to;
		text = export(&s, &page, "text");
		n = rows_of(text, found, LENGTH(found));
		if (map_growing(&s.world.map))
			fail_msg("row %zu grows", i);
		for (uint64_t b = rows[i].from; b <= to; b++) {
			assert_int_equal(found[at++], b);
			for (uint64_t a = map_bucket(&s.world.map, false,
				b); (a = map_overflow(&s.world.map, a));)
				assert_int_equal(found[at++], -1);
		}
		assert_int_equal(n, at);
		assert_null(strstr(text, "…  "));
		free(text);
		session_close(&s);
	}
}

/* What goes wrong leaves nothing behind. */
static void test_errors(void **state)
{
	static const struct {
		struct page_options page;
		const char *says;
	} rows[] = {
		{ { .view = "moon", .width = 80 }, "unknown view \"moon\": one of map, header" },
		{ { .width = 80, .cursor = "77" }, "cursor 77: there is no key 77" },
		{ { .width = 80, .cursor = "@8" },
			"cursor @8: there is no bucket 8: the array has 8" },
		{ { .width = 80, .cursor = "old@4" },
			"cursor old@4: there is no bucket 4: the array has 4" },
		{ { .width = 80, .cursor = "@1+1" },
			"cursor @1+1: bucket 1 has no overflow bucket 1" },
		{ { .width = 80, .cursor = "@1.8" },
			"cursor @1.8: there is no slot 8: a bucket has 8, from 0" },
		{ { .width = 80, .cursor = "@" }, "cursor @: a number is missing" },
		{ { .width = 80, .cursor = "@1+" }, "cursor @1+: a number is missing" },
		{ { .width = 80, .cursor = "@1+x" }, "cursor @1+x: \"x\" is no number" },
		{ { .width = 80, .cursor = "tombstone" },
			"cursor tombstone: tombstone finds a deleted slot (emptyOne): there is "
			"none" },
		{ { .width = 80, .buckets = { PICK_RANGE, 0, 8 } },
			"there is no bucket 8: the array has 8" },
	};
	struct session s;

	(void)state;
	rig_open(&s, NULL, NULL, true);
	rig_run(&s, GROWING);
	for (size_t i = 0; i < LENGTH(rows); i++) {
		struct error err;

		assert_null(page_draw(&s, &rows[i].page, &err));
		if (strncmp(err.msg, rows[i].says, strlen(rows[i].says)) != 0)
			fail_msg("\"%s\", not \"%s\"", err.msg, rows[i].says);
	}
	session_close(&s);
}

static bool stop_after(void *data, const struct canvas *band)
{
	int *bands = data;

	(void)band;
	return --*bands > 0;
}

/* A sink that gives up ends the page there. */
static void test_stops(void **state)
{
	struct page_options page = {
		.view = "buckets", .width = 80, .buckets = { .pick = PICK_ALL }
	};
	struct session s;
	struct error err;
	int bands = 3;

	(void)state;
	rig_open(&s, NULL, NULL, true);
	rig_run(&s, "make 100000 ; fill 100");
	assert_false(page_stream(&s, &page, stop_after, &bands, &err));
	assert_int_equal(bands, 0);
	session_close(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_goldens),
		cmocka_unit_test(test_every_view_in_every_format),
		cmocka_unit_test(test_all_buckets),
		cmocka_unit_test(test_errors),
		cmocka_unit_test(test_stops),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
