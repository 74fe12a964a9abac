/* SPDX-License-Identifier: MIT */
/* What the screen shows in each size: what must be told is told, and nothing is cut without a
   sign. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model/map/classic/reading.h"
#include "tests/cli/program.h"
#include "tests/model/rig.h"
#include "tui/screen/layout.h"
#include "tui/view/find.h"
#include "tui/view/follow.h"
#include "tui/view/view.h"

#include <cmocka.h>

/* A map, how it is looked at, and a line of words that must be seen, or, after "!", must not. */
struct sight {
	const char *type, *arch, *lines;
	int w, h;
	enum zoom zoom;
	const char *find;  /* where the cursor goes; NULL: where the steps lead */
	int field;         /* of the header that the cursor is on, counted from 1; 0: none */
	int back;          /* events back from the end */
	bool explain;
	const char *shows[6];
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

static void put_cursor(struct look *look, const struct sight *s)
{
	struct error err;

	look->zoom = s->zoom;
	look->explain = s->explain;
	for (int i = 0; i < s->back; i++)
		assert_true(session_step_event(look->session, false, &err));
	if (s->back)
		follow(look);
	if (s->find && !find_next(look, s->find, false, &err))
		fail_msg("%s: %s", s->find, err.msg);
	look->in_header = s->field > 0;
	look->field = s->field - 1;
	look_refresh(look);
}

/* The screen after those lines; the caller frees it and looks at *st before the next one. */
static struct canvas *draw(const struct sight *s, struct session *session, struct look *look,
	struct screen_state *st)
{
	struct canvas *canvas = canvas_new(s->w, s->h, false);
	int x, y;

	rig_open(session, s->type, s->arch, true);
	rig_run(session, s->lines);
	look_init(look, session);
	follow(look);
	put_cursor(look, s);
	st->look = look;
	layout_draw(st, canvas, &x, &y);
	return canvas;
}

static void check_shows(const char *screen, const char *words)
{
	bool not = *words == '!';

	if (!strstr(screen, words + not) != not)
		fail_msg(
			"%s: \"%s\" in\n%s", not ? "there is" : "there is no", words + not, screen);
}

static void check(const struct sight *s)
{
	struct config config;
	struct keymap keymap;
	struct error err;
	struct prompt prompt = { 0 };
	struct session session;
	struct look look;
	struct screen_state st = { .prompt = &prompt, .keymap = &keymap, .message = "" };
	struct canvas *canvas;
	char *screen;

	config_init(&config);
	assert_true(keymap_make(&keymap, &config, &err));
	canvas = draw(s, &session, &look, &st);
	screen = print(canvas);
	for (size_t i = 0; i < LENGTH(s->shows) && s->shows[i]; i++)
		check_shows(screen, s->shows[i]);
	free(screen);
	canvas_free(canvas);
	look_free(&look);
	session_close(&session);
	keymap_free(&keymap);
	config_free(&config);
}

static void check_all(const struct sight *sights, size_t n)
{
	for (size_t i = 0; i < n; i++)
		check(&sights[i]);
}

#define GROWING "make ; fill 27"

#define REPACKING "make 200 ; fill 200 ; delete 0..160 ; grow same"

/* The whole array in one line: where it has no row it is in a frame's lower edge. */
static void test_minimap_is_always_there(void **state)
{
	static const struct sight sights[] = {
		{ NULL, NULL, GROWING, 120, 40, ZOOM_ROWS, NULL, 0, 0, false,
			{ "\n new ▂··▁▅··▆" } },
		{ NULL, NULL, GROWING, 80, 24, ZOOM_ROWS, NULL, 0, 0, false,
			{ "╰ new ▂··▁▅··▆ ─" } },
		{ NULL, NULL, GROWING, 80, 24, ZOOM_BYTES, NULL, 0, 0, false,
			{ "╰ new ▂··▁▅··▆ ─" } },
		{ NULL, NULL, GROWING, 80, 24, ZOOM_SLOT, NULL, 0, 0, false,
			{ "╰ new ▂··▁▅··▆ ─" } },
		{ NULL, NULL, GROWING, 40, 10, ZOOM_ROWS, NULL, 0, 0, false,
			{ "╰ new ▂··▁▅··▆ " } },
		{ NULL, NULL, GROWING, 40, 10, ZOOM_BYTES, NULL, 0, 0, false,
			{ "╰ new ▂··▁▅··▆ ─" } },
		{ NULL, NULL, GROWING, 40, 10, ZOOM_SLOT, NULL, 0, 0, false,
			{ "╰ new ▂··▁▅··▆ ─", " 1-4 of 1" } },
		{ NULL, NULL, GROWING, 40, 10, ZOOM_ROWS, NULL, 1, 0, false,
			{ "╰ new ▂··▁▅··▆ ─", " 1-4 of 9 " } },
		{ NULL, NULL, "make ; fill 5000", 40, 10, ZOOM_ROWS, NULL, 0, 0, false,
			{ "╰ ▄▅▄▄▅▇", "▅▃▅ ╯" } },
		{ NULL, NULL, "make", 40, 10, ZOOM_ROWS, NULL, 0, 0, false, { "╰─────" } },
	};

	(void)state;
	check_all(sights, LENGTH(sights));
}

/* Why a growth began, how far it is, and which kind: at every size. */
static void test_growth_is_told(void **state)
{
	static const struct sight sights[] = {
		{ NULL, NULL, GROWING, 40, 10, ZOOM_ROWS, NULL, 0, 0, false,
			{ " began: beyond 6.5 × 4 ╯", "doubling: nevacuate 1/4" } },
		{ NULL, NULL, GROWING, 80, 24, ZOOM_ROWS, NULL, 0, 0, false,
			{ " · began: beyond 6.5 × 4 " } },
		{ NULL, NULL, GROWING, 120, 40, ZOOM_ROWS, NULL, 0, 0, false,
			{ "│ began: beyond 6.5 × 4 ", "│ doubling: 2 of 4 buckets done ",
				"growing 2/4" } },
		{ NULL, NULL, REPACKING, 40, 10, ZOOM_ROWS, NULL, 0, 0, false,
			{ "same-size 2/32", " began: noverflow 32+ ╯", " repacked │" } },
		{ NULL, NULL, REPACKING, 80, 24, ZOOM_ROWS, NULL, 0, 0, false,
			{ " repacked │", "!◂ X" } },
		{ NULL, NULL, REPACKING, 120, 40, ZOOM_ROWS, NULL, 0, 0, false,
			{ "│ same-size: 2 of 32 buckets done │", "│ began: noverflow 32+" } },
		{ NULL, NULL, REPACKING, 200, 40, ZOOM_ROWS, NULL, 0, 0, false, { "◂ repacked " } },
	};

	(void)state;
	check_all(sights, LENGTH(sights));
}

/* The number of the old bucket that cells came from is whole, or left out. */
static void test_halves(void **state)
{
	static const struct sight sights[] = {
		{ NULL, NULL, GROWING, 40, 10, ZOOM_ROWS, NULL, 0, 0, false, { "◂ Y of 3 │" } },
		{ NULL, NULL, "make ; fill 209 ; evacuate 13", 80, 24, ZOOM_ROWS, "@45", 0, 0,
			false, { "45 ▏", "◂ Y 13", "!of …" } },
		{ NULL, NULL, "make ; fill 209 ; evacuate 13", 200, 24, ZOOM_ROWS, "@45", 0, 0,
			false, { "◂ Y of 13" } },
	};

	(void)state;
	check_all(sights, LENGTH(sights));
}

/* Each key and elem in one row with what it means: the header makes room. */
static void test_closer_look_has_room(void **state)
{
	static const struct sight sights[] = {
		{ NULL, NULL, "make ; fill 9", 80, 24, ZOOM_BYTES, NULL, 0, 0, false,
			{ "!0x08 flags", "count 9 · B 1",
				"00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00  \"\"" } },
		{ NULL, NULL, "make ; fill 9", 80, 24, ZOOM_SLOT, NULL, 0, 0, false,
			{ "!0x08 flags",
				" 00000001 00011100 11000000 10011100 10110100 10110111 "
				"11100110" } },
		{ NULL, NULL, "make ; fill 9", 80, 24, ZOOM_ROWS, NULL, 0, 0, false,
			{ "0x08 flags" } },
		{ NULL, NULL, "make ; fill 9", 80, 24, ZOOM_BYTES, NULL, 2, 0, false,
			{ "0x08 flags", "bucket 0 · 0x" } },
		{ NULL, NULL, "make ; fill 9", 120, 40, ZOOM_BYTES, NULL, 0, 0, false,
			{ "0x08 flags" } },
		{ "map[int]int", NULL, "make ; fill 9", 100, 24, ZOOM_BYTES, NULL, 0, 0, false,
			{ "0x08 flags" } },
		{ NULL, NULL, "make ; fill 9", 100, 24, ZOOM_BYTES, NULL, 0, 0, false,
			{ "!0x08 flags" } },
		{ NULL, NULL, "make ; fill 3", 40, 10, ZOOM_BYTES, "@0", 0, 0, false, { "!fr…" } },
	};

	(void)state;
	check_all(sights, LENGTH(sights));
}

/* A field lights its bytes: while growing both are to be seen. */
static void test_header_beside_what_it_lights(void **state)
{
	static const struct sight sights[] = {
		{ NULL, NULL, GROWING, 80, 24, ZOOM_ROWS, NULL, 8, 0, false,
			{ "0x20 nevacuate", "╮╭ new 8 ×", "│╭ old 4 ×", "◂ next" } },
		{ NULL, NULL, GROWING, 80, 24, ZOOM_ROWS, NULL, 0, 0, false,
			{ "!0x20 nevacuate" } },
		{ NULL, NULL, GROWING, 60, 24, ZOOM_ROWS, NULL, 8, 0, false,
			{ "0x20 nevacuate", "!old 4 ×" } },
	};

	(void)state;
	check_all(sights, LENGTH(sights));
}

static void test_nothing_allocated(void **state)
{
	static const struct sight sights[] = {
		{ NULL, NULL, "make", 80, 24, ZOOM_ROWS, NULL, 0, 0, false,
			{ "╭ buckets nil ─", "no array before the first insert ", "!buckets 0",
				"!…" } },
		{ NULL, NULL, "make", 40, 10, ZOOM_SLOT, NULL, 0, 0, false,
			{ "╭ buckets nil ─", "make: only the header so far", "!…" } },
	};

	(void)state;
	check_all(sights, LENGTH(sights));
}

/* Free spare buckets lie behind the array; nextOverflow lights them. */
static void test_spare_buckets(void **state)
{
	static const struct sight sight = { NULL, NULL, "make 1000", 120, 40, ZOOM_ROWS, NULL,
		HMAP_FIELDS + EXTRA_NEXTOVERFLOW + 1, 0, false, { NULL } };
	struct config config;
	struct keymap keymap;
	struct error err;
	struct prompt prompt = { 0 };
	struct screen_state st = { .prompt = &prompt, .keymap = &keymap, .message = "" };

	(void)state;
	config_init(&config);
	assert_true(keymap_make(&keymap, &config, &err));
	for (int lit = 0; lit < 2; lit++) {
		struct sight s = sight;
		struct session session;
		struct look look;
		struct canvas *canvas;
		char *screen;

		s.field = lit ? s.field : 1;
		canvas = draw(&s, &session, &look, &st);
		screen = print(canvas);
		check_shows(screen, " 19 spare overflow buckets at 0xc000021000 ");
		/* The number's last digit: right below the rows, before the words. */
		for (int x = 0; x < s.w; x++) {
			const struct cell *c = canvas_at(canvas, x, st.frame.y + st.frame.h - 1);

			if (c && c->ch == U'9')
				assert_int_equal((c->flags & CELL_LINKED) != 0, lit);
		}
		free(screen);
		canvas_free(canvas);
		look_free(&look);
		session_close(&session);
	}
	keymap_free(&keymap);
	config_free(&config);
}

/* What a slot leads to: objects apart, strings in structs and interfaces, the arrays of slices. */
static void test_leads(void **state)
{
	static const struct sight sights[] = {
		{ "map[[200]byte]int", NULL, "make ; fill 3", 80, 30, ZOOM_SLOT, NULL, 0, 0, false,
			{ "stored apart, as it is larger than 128 bytes:", "02 00 00 00",
				"… 200 bytes in all" } },
		{ "map[any]int", NULL, "make ; insert \"abc\" 3", 80, 40, ZOOM_SLOT, NULL, 0, 0,
			false,
			{ "the data word leads to its string", ".(string): the string",
				"61 62 63 " } },
		{ "map[any]int", "386", "make ; insert 258", 80, 40, ZOOM_SLOT, NULL, 0, 0, false,
			{ "the data word leads to its int", "  02 01 00 00  " } },
		{ "map[any]int", NULL, "make ; insert nil", 80, 40, ZOOM_SLOT, NULL, 0, 0, false,
			{ "nil", "!leads" } },
		{ "map[struct{N string; V [2]string}][]string", NULL,
			"make ; insert {\"ab\", {\"\", \"cd\"}} {\"ef\", \"gh\"}", 80, 40,
			ZOOM_SLOT, NULL, 0, 0, false,
			{ ".N: the string", ".V[1]: the string", "!.V[0]",
				"the slice, len 2, cap 2", "[1]: the string", "67 68 " } },
		{ "map[int][9]string", NULL,
			"make ; insert 1 {\"a\",\"b\",\"c\",\"d\",\"e\",\"f\",\"g\",\"h\",\"i\"}",
			80, 60, ZOOM_SLOT, NULL, 0, 0, false,
			{ "[5]: the string", "![6]:", "… and more", "stored apart" } },
		{ "map[*int]int", NULL, "make ; fill 2", 80, 24, ZOOM_SLOT, NULL, 0, 0, false,
			{ "leads to the program's memory, which is not here" } },
		{ "map[error]int", NULL, "make ; insert \"no\"", 80, 40, ZOOM_SLOT, NULL, 0, 0,
			false,
			{ "leads to an errorString", ".(*errorString): the string", "6e 6f" } },
	};

	(void)state;
	check_all(sights, LENGTH(sights));
}

/* Where there is one bucket no bit chooses it; an old bucket is chosen by fewer bits. */
static void test_slot_index(void **state)
{
	static const struct sight sights[] = {
		{ NULL, NULL, "make ; fill 3", 80, 24, ZOOM_SLOT, NULL, 0, 0, false,
			{ "the only bucket", "!  low 0" } },
		{ NULL, NULL, GROWING, 80, 24, ZOOM_SLOT, "5", 0, 0, false,
			{ "low 2 bits: old bucket 2", "upper (Y) half, bucket 6" } },
	};

	(void)state;
	check_all(sights, LENGTH(sights));
}

static void test_no_bytes(void **state)
{
	static const struct sight sights[] = {
		{ "map[string]struct{}", NULL, "make ; fill 3", 80, 24, ZOOM_BYTES, NULL, 0, 0,
			false, { "elems      no bytes: struct {}", "!elem 0", "overflow   00" } },
		{ "map[struct{}]int", NULL, "make ; fill 1", 80, 24, ZOOM_BYTES, NULL, 0, 0, false,
			{ "keys       no bytes: struct {}", "!key 0", "elem 0",
				"free, and all behind it" } },
	};

	(void)state;
	check_all(sights, LENGTH(sights));
}

/* All of the flags in the room that there is. */
static void test_flags(void **state)
{
	static const struct sight sights[] = {
		{ NULL, NULL, "make ; fill 26 ; range ; insert 26", 120, 40, ZOOM_ROWS, NULL, 0, 0,
			false, { "flags       2 oldIterator" } },
		{ NULL, NULL, "make ; fill 26 ; range ; insert 26 ; range", 120, 40, ZOOM_ROWS,
			NULL, 0, 0, false,
			{ "flags       3 iter oldIter", " 1.   came first in the range" } },
		{ NULL, NULL, REPACKING " ; range", 120, 40, ZOOM_ROWS, NULL, 0, 0, false,
			{ "flags       11 i o s" } },
	};

	(void)state;
	check_all(sights, LENGTH(sights));
}

/* A caption that is longer than its rows ends in a sign, at the least size too. */
static void test_captions(void **state)
{
#define CAPTION \
	"make ; fill 9 ; caption \"Two buckets hold 13 entries at most: the 14th doubles them. " \
	"Go back with [, and step through this insert event by event with . (a dot).\""
	static const struct sight sights[] = {
		{ NULL, NULL, CAPTION, 80, 24, ZOOM_ROWS, NULL, 0, 0, false,
			{ " Two buckets hold 13 entries", "with . (a dot)." } },
		{ NULL, NULL, CAPTION, 60, 14, ZOOM_ROWS, NULL, 0, 0, false,
			{ "by event with . (a dot)." } },
		{ NULL, NULL, CAPTION, 40, 10, ZOOM_ROWS, NULL, 0, 0, false,
			{ " Two buckets hold 13 entries at most:", "insert event by…\n", " 1 ▏" } },
		{ NULL, NULL, CAPTION, 40, 10, ZOOM_ROWS, NULL, 0, 0, true,
			{ "!Two buckets", "This slot is live", "x more  " } },
	};

	(void)state;
	check_all(sights, LENGTH(sights));
}

/* While its cells are moved one by one an old bucket is not done, nor has all of it arrived. */
static void test_inside_an_evacuation(void **state)
{
#define EVACUATE "make ; fill 27 ; evacuate"
	static const struct sight sights[] = {
		{ NULL, NULL, EVACUATE, 120, 40, ZOOM_ROWS, NULL, 0, 0, false,
			{ "growing 3/4", "doubling: 3 of 4", "◂ Y of 1", "!moving" } },
		{ NULL, NULL, EVACUATE, 120, 40, ZOOM_ROWS, NULL, 0, 3, false,
			{ "growing 2/4", "doubling: 2 of 4", "◂ moving", "arriving",
				"!◂ Y of 1" } },
		{ NULL, NULL, EVACUATE, 80, 24, ZOOM_ROWS, NULL, 0, 3, false,
			{ "growing 2/4", "◂ moving │", "arriving │" } },
		{ NULL, NULL, EVACUATE, 120, 40, ZOOM_ROWS, "old@1.4", 0, 3, true,
			{ "about to be moved" } },
	};

	(void)state;
	check_all(sights, LENGTH(sights));
}

/* In few rows too a moved cell is called so, and what is said in the story is not said again. */
static void test_said_once_and_alike(void **state)
{
	static const struct sight sights[] = {
		{ "map[int]int", NULL, "make ; fill 27", 80, 24, ZOOM_ROWS, "old@0", 0, 0, false,
			{ "moved to Y", "!free", "!dead" } },
		{ NULL, NULL, "make ; fill 27", 80, 24, ZOOM_SLOT, NULL, 0, 0, true,
			{ "This slot is live", "hash 0x" } },
	};
	static const char said[] = "This slot is live";
	struct session s;
	struct look l;
	struct canvas *canvas = canvas_new(80, 30, false);
	struct pane all = canvas_pane(canvas);
	char *text;

	(void)state;
	check_all(sights, LENGTH(sights));
	rig_open(&s, NULL, NULL, true);
	rig_run(&s, "make ; fill 3");
	look_init(&l, &s);
	l.explain = true;
	view_slot(&l, &all);
	text = print(canvas);
	assert_null(strstr(text, said));
	l.explain = false;
	view_slot(&l, &all);
	free(text);
	text = print(canvas);
	assert_non_null(strstr(text, said));
	free(text);
	canvas_free(canvas);
	look_free(&l);
	session_close(&s);
}

/* The way back shows what the way forth did: the cursor's place comes from where in time one is. */
static void test_back_as_forth(void **state)
{
	static const char *const lines[] = {
		"make ; fill 27 ; evacuate ; evacuate ; delete 3 ; clear ; fill 9",
		"make 60 ; collide 3 9 ; fill 20 ; range 3 ; range ; delete 0..9 ; gc",
		"make ; fill 13 ; grow same ; lookup 3"
	};
	struct error err;

	(void)state;
	for (size_t i = 0; i < LENGTH(lines); i++) {
		struct place places[4000];
		struct session s;
		struct look l;
		size_t n = 0;

		rig_open(&s, NULL, NULL, true);
		rig_run(&s, lines[i]);
		assert_true(session_goto(&s, 1, &err));
		look_init(&l, &s);
		follow(&l);
		for (places[n++] = l.cursor;
			n < LENGTH(places) && session_step_event(&s, true, &err);) {
			follow_step(&l);
			places[n++] = l.cursor;
		}
		assert_true(n > 100);
		while (--n > 0) {
			assert_true(session_step_event(&s, false, &err));
			follow_step(&l);
			if (l.cursor.addr != places[n - 1].addr ||
				l.cursor.slot != places[n - 1].slot)
				fail_msg("%s: at step %zu forth bucket %llu slot %u, back %llu %u",
					lines[i], n - 1, (unsigned long long)places[n - 1].unit,
					places[n - 1].slot, (unsigned long long)l.cursor.unit,
					l.cursor.slot);
		}
		look_free(&l);
		session_close(&s);
	}
}

/* Marks are told of a run of any length. */
static void test_timeline_is_marked(void **state)
{
	static const struct sight sights[] = {
		{ "map[int32]struct{}", NULL, "make ; fill 5000", 80, 24, ZOOM_ROWS, NULL, 0, 0,
			false, { "!·····", "●\n" } },
		{ "map[int32]struct{}", NULL, "make ; fill 205000", 80, 24, ZOOM_ROWS, NULL, 0, 0,
			false, { "\n GG┴G", "!··", "●\n" } },
	};

	(void)state;
	check_all(sights, LENGTH(sights));
}

/* Changes since a mark are kept while the memory is the same: a far one is not summed up each
   key. */
static void test_marked_changes_are_kept(void **state)
{
	struct session s;
	struct changes c = { 0 };
	struct since k = { 0 };

	(void)state;
	rig_open(&s, NULL, NULL, true);
	rig_run(&s, "make ; fill 100");
	assert_true(since_point(&k, &c, &s, 5));
	assert_true(c.count > 10);
	c.count = 3; /* summed up again it would be more */
	assert_true(since_point(&k, &c, &s, 5));
	assert_int_equal(c.count, 3);
	assert_true(since_point(&k, &c, &s, 6));
	assert_true(c.count > 10);
	c.count = 3;
	rig_run(&s, "insert 200");
	assert_true(since_point(&k, &c, &s, 6));
	assert_true(c.count > 10);
	c.count = 3;
	changes_of_step(&c, &s);
	since_forget(&k);
	assert_true(since_point(&k, &c, &s, 6));
	assert_true(c.count > 10);
	changes_free(&c);
	since_free(&k);
	session_close(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_minimap_is_always_there),
		cmocka_unit_test(test_growth_is_told),
		cmocka_unit_test(test_halves),
		cmocka_unit_test(test_closer_look_has_room),
		cmocka_unit_test(test_header_beside_what_it_lights),
		cmocka_unit_test(test_nothing_allocated),
		cmocka_unit_test(test_spare_buckets),
		cmocka_unit_test(test_leads),
		cmocka_unit_test(test_slot_index),
		cmocka_unit_test(test_no_bytes),
		cmocka_unit_test(test_flags),
		cmocka_unit_test(test_captions),
		cmocka_unit_test(test_inside_an_evacuation),
		cmocka_unit_test(test_said_once_and_alike),
		cmocka_unit_test(test_back_as_forth),
		cmocka_unit_test(test_timeline_is_marked),
		cmocka_unit_test(test_marked_changes_are_kept),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
