/* SPDX-License-Identifier: MIT */
/*
 * Swiss maps in all views: random maps, stepped into at random, are drawn in every view and format
 * and looked at from every place. Nothing of the other design is said, and the cursor is always on
 * a group that is there.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "model/base/mem.h"
#include "tests/model/rig.h"
#include "themes/theme.h"
#include "tui/export/export.h"
#include "tui/view/entries.h"
#include "tui/view/explain.h"
#include "tui/view/find.h"

#include <cmocka.h>

#define LETTERS "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_"

static const struct {
	const char *type, *arch, *release;
} maps[] = {
	{ "map[string]int", "amd64", "1.24" },
	{ "map[int]int", "amd64", "1.26" },
	{ "map[string]int", "amd64", "1.27" },
	{ "map[int64][]byte", "386", "1.27" },
	{ "map[uint16]struct{}", "s390x", "1.26" },
	{ "map[struct{ A int8; B int64 }]bool", "amd64", "1.27-X:mapsplitgroup" },
	{ "map[int][200]byte", "arm64", "1.25" },
	{ "map[[140]byte]int", "mips", "1.27" },
	{ "map[string]struct{}", "amd64", "1.27-X:mapsplitgroup" },
};

static const char *const scripts[] = {
	"make", "fill 1", "fill 5", "fill 8 ; fill 1", "fill 40 ; delete 3..20",
	"fill 30 ; range 10 ; delete 2..3 ; fill 1 ; next 4", "fill 100 ; clear ; fill 9",
	"fill 896 ; fill 1", "fill 2000 ; delete 5..700 ; undo 1", "make 100 ; fill 20",
	"fill 890 ; range 5 ; fill 10 ; next 7",
};

/* What is said of the other design alone. */
static const char *const foreign[] = { "tophash", "bucket ", "overflow", "mapextra", "nevacuate",
	"emptyRest" };

static char *drawn(struct session *s, const char *view, const char *cursor, int width)
{
	static struct theme theme;
	struct export_options o = { .theme = &theme,
		.page = { .view = view, .width = width, .cursor = cursor } };
	struct text text = { 0 };
	FILE *out = text_stream(&text);
	struct error err;

	assert_true(theme_load(&theme, "mono", &err));
	if (!export_write(s, export_format_find("text", &err), &o, out, &err))
		fputs("-", out);
	fclose(out);
	return text.s ? text.s : xstrdup("");
}

static void draw_all(struct session *s, struct rig_dice *d)
{
	static const char *const views[] = { "map", "header", "buckets", "atlas", "minimap",
		"bucket", "bytes", "slot", "explain", "entries", "story", "shape", "summary",
		"legend" };
	static const char *const cursors[] = { NULL, "@0", "@1.7", "tombstone", "0xc000012000",
		"full" };

	for (size_t i = 0; i < LENGTH(views); i++) {
		char *text = drawn(s, views[i], cursors[rig_below(d, LENGTH(cursors))],
			(int)(40 + rig_below(d, 120)));

		for (size_t k = 0; k < LENGTH(foreign); k++)
			if (strstr(text, foreign[k]))
				fail_msg("%s says %s:\n%s", views[i], foreign[k], text);
		free(text);
	}
}

static void expect_there(const struct look *l, const char *after)
{
	const struct place *c = &l->cursor;

	if (c->addr != units_linked(&l->units, c->array, c->unit, c->link) ||
		(l->units.all[SIDE_MAIN] && !c->addr) || c->slot >= SLOTS)
		fail_msg("after %s the cursor is nowhere", after);
}

static void look_around(struct session *s, struct rig_dice *d)
{
	const char *word, *finds;
	struct text out = { 0 };
	struct error err;
	struct look l;

	look_init(&l, s);
	for (int i = 0; i < 30; i++) {
		switch (rig_below(d, 7)) {
		case 0:
			look_move_unit(&l, (int64_t)rig_below(d, 300) - 150);
			break;
		case 1:
			look_move_byte(&l, (int)rig_below(d, 3) - 1);
			break;
		case 2:
			look_next_panel(&l, rig_below(d, 2));
			break;
		case 3:
			look_move_field(&l, (int)rig_below(d, 5) - 2);
			break;
		case 4:
			look_put_offset(&l, (uint32_t)rig_below(d, s->world.map.type->unit.size));
			break;
		case 5:
			word = find_word(&s->world.map, (unsigned)rig_below(d, 9), &finds);
			find_next(&l, word, rig_below(d, 2), &err);
			break;
		default:
			look_move_slot(&l, (int)rig_below(d, 3) - 1);
		}
		expect_there(&l, "a move");
		l.zoom = (enum zoom)rig_below(d, ZOOMS);
		text_clear(&out);
		explain_slot(&l, &out);
		for (size_t k = 0; k < LENGTH(foreign); k++)
			if (out.len && strstr(out.s, foreign[k]))
				fail_msg("%s is explained: %s", foreign[k], out.s);
	}
	text_free(&out);
	look_free(&l);
}

static void any_map_is_drawn(void **state)
{
	struct rig_dice d = { 5 };
	struct error err;

	(void)state;
	for (size_t i = 0; i < LENGTH(maps); i++)
		for (size_t k = 0; k < LENGTH(scripts); k++) {
			struct session s;

			rig_open_go(&s, maps[i].type, maps[i].arch, maps[i].release, true);
			if (*scripts[k])
				rig_run(&s, scripts[k]);
			draw_all(&s, &d);
			for (int step = 0; step < 6; step++) {
				bool forth = rig_below(&d, 4) == 0;

				for (uint64_t n = rig_below(&d, 12); n > 0; n--)
					if (!session_step_event(&s, forth, &err))
						break;
				look_around(&s, &d);
			}
			if (s.world.map.header)
				draw_all(&s, &d);
			session_close(&s);
		}
}

/* Half way through a growth the new table has copies: each entry is listed once all the same. */
static void entries_are_listed_once(void **state)
{
	struct error err;
	struct session s;

	(void)state;
	rig_open_go(&s, "map[int]int", "amd64", "1.27", true);
	rig_run(&s, "fill 29");
	for (int i = 0; i < 15; i++)
		assert_true(session_step_event(&s, false, &err));
	for (bool seen = false; !seen;) {
		struct entries e = { 0 };
		struct units u = { 0 };

		units_read(&u, &s.world.map);
		entries_make(&e, &s, "");
		assert_int_equal(e.count, map_count(&s.world.map));
		seen = units_both(&u);
		entries_free(&e);
		units_free(&u);
		assert_true(seen || session_step_event(&s, false, &err));
	}
	session_close(&s);
}

/* The other design's words, whole ones; and what may hold one: names of the contract, a scene's. */
static const char *const other_words[] = { "tophash", "overflow", "bmap", "noverflow", "evacuated",
	"evacuation", "evacuate", "oldbuckets", "hmap", "mapextra", "bucket", "buckets" };
static const char *const excused[] = { "--buckets", "\"view\": \"bucket" };

static bool is_excused(const char *line, size_t n)
{
	for (size_t i = 0; i < sizeof excused / sizeof *excused; i++)
		if (memmem(line, n, excused[i], strlen(excused[i])))
			return true;
	return false;
}

/* Two show the other design, too, one speaks of Java's buckets. */
static bool is_of_both(const char *name)
{
	return strcmp(name, "designs") == 0 || strcmp(name, "beside") == 0 ||
		strcmp(name, "java") == 0;
}

/* Words in lower case, line by line. */
static void look_for_words(const char *text, const char *format, const char *view)
{
	bool commands = strcmp(view, "keys") == 0; /* one of them is called so */

	if (is_of_both(format) || is_of_both(view))
		return;
	for (const char *end; *text; text = end + (*end != '\0')) {
		end = text + strcspn(text, "\n");
		if (is_excused(text, (size_t)(end - text)))
			continue;
		for (const char *at = text; at < end;) {
			size_t n = strspn(at, LETTERS), i;

			for (i = 0; i < sizeof other_words / sizeof *other_words; i++)
				if (n == strlen(other_words[i]) &&
					strncasecmp(at, other_words[i], n) == 0 &&
					!(commands && strcmp(other_words[i], "evacuate") == 0))
					fail_msg("%s of %s: %.*s", format, view, (int)(end - text),
						text);
			at += n ? n : 1;
		}
	}
}

static char *exported(struct session *s, const struct export_format *format, const char *view,
	enum frames_kind frames)
{
	struct theme theme;
	struct export_options o = { .theme = &theme, .page = { .view = view, .width = 100 },
		.frames = frames };
	struct text text = { 0 };
	FILE *out = text_stream(&text);
	struct error err;

	assert_true(theme_load(&theme, "mono", &err));
	/* What does not go together fails, and is not looked at. */
	if (!export_write(s, format, &o, out, &err))
		fputs(err.msg, out);
	fclose(out);
	return text.s;
}

static void every_view_and_format_speaks_of_groups(void **state)
{
	struct session s;

	(void)state;
	rig_open_go(&s, "map[string]int", "amd64", "1.27", false);
	rig_run(&s, "fill 1000 ; snapshot ; delete 3..90 ; range 5 ; insert \"more\" 7");
	for (unsigned f = 0; export_format_at(f); f++)
		for (unsigned v = 0; page_view_at(v); v++) {
			const char *view = page_view_at(v)->name;
			char *text;

			if (strcmp(view, "scenes") == 0)
				continue;
			text = exported(&s, export_format_at(f), view, FRAMES_NONE);
			look_for_words(text, export_format_at(f)->name, view);
			free(text);
		}
	session_close(&s);
}

/* A growth is a table that is replaced: it begins, and the directory leads to what is new. */
static void growths_are_frames(void **state)
{
	static const char *const frames[] = { "1. insert 8", "the one group is full", "2. insert 8",
		"entry 0 of the directory now leads", "3. insert 14", "growthLeft is 0",
		"4. insert 14", "entry 0 of the directory" };
	struct session s;
	struct error err;
	const char *at;
	char *text;

	(void)state;
	rig_open_go(&s, "map[int]int", "amd64", "1.27", false);
	rig_run(&s, "fill 17");
	text = exported(&s, export_format_find("text", &err), NULL, FRAMES_GROWTH);
	at = text;
	for (size_t i = 0; i < sizeof frames / sizeof *frames; i++) {
		at = strstr(at, frames[i]);
		assert_non_null(at);
	}
	assert_null(strstr(at, "5. "));
	free(text);
	session_close(&s);
}

/* The words of histograms stand with them, and what is not there is said of the map. */
static void what_is_said_is_explained(void **state)
{
	struct error err;
	struct session s;
	struct look l;
	char *text;

	(void)state;
	rig_open_go(&s, "map[int]int", "amd64", "1.27", false);
	rig_run(&s, "fill 100");
	text = exported(&s, export_format_find("text", &err), "shape", FRAMES_NONE);
	assert_non_null(strstr(text, "begin here: entries whose search begins in the group"));
	free(text);
	look_init(&l, &s);
	assert_int_equal(find_next(&l, "@9:0", false, &err), FOUND_NOT);
	assert_string_equal(err.msg, "there is no table 9: the map has 1");
	assert_int_equal(find_next(&l, "@99", false, &err), FOUND_NOT);
	assert_string_equal(err.msg, "there is no group 99: the map has 16");
	look_free(&l);
	session_close(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(any_map_is_drawn),
		cmocka_unit_test(every_view_and_format_speaks_of_groups),
		cmocka_unit_test(growths_are_frames),
		cmocka_unit_test(what_is_said_is_explained),
		cmocka_unit_test(entries_are_listed_once) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
