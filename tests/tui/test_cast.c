/* SPDX-License-Identifier: MIT */
/* A recording, played on a terminal, shows what the screen would show, picture by picture. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jansson.h>
#include <vterm.h>

#include "tests/tui/cells.h"
#include "model/base/mem.h"
#include "tests/model/rig.h"
#include "tui/canvas/style.h"
#include "tui/export/cast.h"
#include "tui/screen/layout.h"
#include "tui/view/follow.h"

#include <cmocka.h>

static struct theme theme;

static int load_theme(void **state)
{
	struct error err;

	(void)state;
	assert_true(theme_load(&theme, "default", &err));
	return 0;
}

static char *record(struct session *s, const struct cast_options *o)
{
	char *text = NULL;
	size_t len;
	FILE *out = open_memstream(&text, &len);
	struct error err;

	if (!cast_write(s, o, out, &err))
		fail_msg("%s", err.msg);
	fclose(out);
	assert_int_equal(strlen(text), len);
	return text;
}

/* A terminal that plays a recording, line by line. */
struct player {
	VTerm *vterm;
	VTermScreen *screen;
	char *at;          /* the next line */
	double seconds;
	long long w, h;
};

static json_t *next_line(struct player *p)
{
	char *end = strchr(p->at, '\n');
	json_t *line = NULL;
	json_error_t error;

	if (!*p->at)
		return NULL;
	assert_non_null(end);
	line = json_loadb(p->at, (size_t)(end - p->at), 0, &error);
	if (!line)
		fail_msg("%s: %.200s", error.text, p->at);
	p->at = end + 1;
	return line;
}

static void play_begin(struct player *p, char *recording)
{
	json_t *head;
	int version;

	*p = (struct player){ .at = recording };
	head = next_line(p);
	assert_int_equal(json_unpack(head, "{s:i, s:I, s:I}", "version", &version, "width", &p->w,
				 "height", &p->h),
		0);
	assert_int_equal(version, 2);
	json_decref(head);
	p->vterm = vterm_new((int)p->h, (int)p->w);
	vterm_set_utf8(p->vterm, 1);
	p->screen = vterm_obtain_screen(p->vterm);
	vterm_screen_reset(p->screen, 1);
}

/* False when all was played. */
static bool play_line(struct player *p)
{
	json_t *line = next_line(p);
	const char *kind, *data;
	double seconds;
	size_t len;

	if (!line)
		return false;
	assert_int_equal(json_unpack(line, "[F, s, s%!]", &seconds, &kind, &data, &len), 0);
	assert_string_equal(kind, "o");
	assert_true(seconds >= p->seconds);
	p->seconds = seconds;
	assert_int_equal(vterm_input_write(p->vterm, data, len), len);
	json_decref(line);
	return true;
}

static int color(const VTermColor *c)
{
	return VTERM_COLOR_IS_INDEXED(c) ? c->indexed.idx : -1;
}

static void expect_cell(const struct player *p, const struct canvas *canvas, int x, int y)
{
	const struct cell *cell = canvas_at(canvas, x, y);
	struct style style = cell_style(&theme, cell->role, cell->flags);
	VTermScreenCell shown;

	vterm_screen_get_cell(p->screen, (VTermPos){ .row = y, .col = x }, &shown);
	if (cell->width == 0)
		return;
	if ((shown.chars[0] ? shown.chars[0] : ' ') != cell->ch)
		fail_msg("column %d of row %d: U+%04x, not U+%04x", x, y, (unsigned)shown.chars[0],
			(unsigned)cell->ch);
	assert_int_equal(shown.width, cell->width);
	assert_int_equal(color(&shown.fg), style.fg);
	assert_int_equal(color(&shown.bg), style.bg);
	assert_int_equal(shown.attrs.bold, !!(style.attrs & ATTR_BOLD));
	assert_int_equal(shown.attrs.underline, !!(style.attrs & ATTR_UNDERLINE));
	assert_int_equal(shown.attrs.reverse, !!(style.attrs & ATTR_REVERSE));
}

/* The screen as it is drawn for somebody who stands there. */
static struct canvas *draw_screen(const struct player *p, struct look *look)
{
	struct canvas *canvas = canvas_new((int)p->w, (int)p->h, false);
	struct prompt prompt = { 0 };
	struct keymap keymap;
	struct config config;
	struct error err;
	int x, y;

	config_init(&config);
	assert_true(keymap_make(&keymap, &config, &err));
	follow(look);
	layout_draw(&(struct screen_state){ .look = look, .prompt = &prompt, .keymap = &keymap,
		.message = "" }, canvas, &x, &y);
	keymap_free(&keymap);
	config_free(&config);
	return canvas;
}

static void expect_screen(const struct player *p, const struct canvas *canvas)
{
	for (int y = 0; y < canvas->h; y++)
		for (int x = 0; x < canvas->w; x++)
			expect_cell(p, canvas, x, y);
}

/* Plays it beside a session that goes the same way. Returns the seconds it takes. */
static double expect_true(struct session *s, struct session *beside, const struct cast_options *o)
{
	char *recording = record(s, o);
	struct player p;
	struct canvas *shown, *next;
	struct frames f;
	struct look look;
	struct error err;

	play_begin(&p, recording);
	assert_int_equal(p.w, o->width);
	assert_int_equal(p.h, o->height);
	assert_true(play_line(&p));
	assert_true(frames_begin(&f, beside, o->frames ? o->frames : FRAMES_OPS, &err));
	look_init(&look, beside);
	shown = canvas_new(o->width, o->height, false);
	while (frames_next(&f, &err)) {
		next = draw_screen(&p, &look);
		/* A picture that is as the one before takes no line. */
		assert_true(canvas_equal(next, shown) || play_line(&p));
		expect_screen(&p, next);
		canvas_free(shown);
		shown = next;
	}
	assert_true(frames_end(&f, &err));
	assert_true(play_line(&p));
	expect_screen(&p, shown);
	assert_false(play_line(&p));
	canvas_free(shown);
	look_free(&look);
	vterm_free(p.vterm);
	free(recording);
	return p.seconds;
}

static double expect_script(const char *type, const char *script, const struct cast_options *o)
{
	struct session s, beside;
	double seconds;

	rig_open(&s, type, NULL, true);
	rig_run(&s, script);
	rig_open(&beside, type, NULL, true);
	rig_run(&beside, script);
	seconds = expect_true(&s, &beside, o);
	session_close(&s);
	session_close(&beside);
	return seconds;
}

static const char
	growing[] = "make ; fill 26 ; delete 3 ; delete 7 ; snapshot \"before\" ; insert 100 ; "
		    "insert 101 ; caption \"moved\" ; insert 102 ; lookup 102 ; lookup 7 ; insert "
		    "103 ; snapshot \"after\" ; clear";

static void test_ops(void **state)
{
	struct cast_options o = { .width = 80, .height = 24, .theme = &theme };

	(void)state;
	expect_script(NULL, growing, &o);
	o.width = 120;
	o.height = 40;
	expect_script(NULL, growing, &o);
	o.width = 40;
	o.height = 10;
	expect_script("map[int][200]byte", growing, &o);
}

static void test_kinds(void **state)
{
	struct cast_options o = { .width = 100, .height = 30, .theme = &theme };

	(void)state;
	for (unsigned i = 0; frames_at(i); i++) {
		struct error err;

		assert_true(frames_find(frames_at(i)->name, &o.frames, &err));
		expect_script(NULL, growing, &o);
	}
}

/* Wide characters come and go, and what a key holds is not sent as it is. */
static void test_hostile(void **state)
{
	struct cast_options o = { .width = 80, .height = 24, .theme = &theme };

	(void)state;
	expect_script("map[string]string",
		"insert \"漢字漢字\" ; insert \"a\" ; delete \"漢字漢字\" ; "
		"insert \"é\\x1b[31m\\x00\" \"\\u202e\" ; insert \"字\" ; caption \"\\\"\\\\ 漢\"",
		&o);
}

/* More of the same goes quickly, what is to be read stands longer. */
static void test_pace(void **state)
{
	struct cast_options o = { .width = 80, .height = 24, .theme = &theme };
	double few = expect_script(NULL, "make 100 ; insert 1 ; insert 2 ; insert 3", &o);
	double words = expect_script(NULL,
		"make 100 ; insert 1 ; insert 2 ; caption \"a sentence that "
		"takes some time to read, as it is long\" ; insert 3",
		&o);
	double many = expect_script(NULL, "make 1000 ; fill 200", &o);

	(void)state;
	assert_true(few > 4 && few < 8);
	assert_true(words > few + 2);
	assert_true(many < 60);
}

static void test_nothing(void **state)
{
	struct cast_options o = {
		.width = 80, .height = 24, .theme = &theme, .frames = FRAMES_GROWTH
	};
	struct session s;
	struct error err;
	FILE *out = fopen("/dev/null", "w");

	(void)state;
	rig_open(&s, NULL, NULL, true);
	rig_run(&s, "make ; insert 1");
	assert_false(cast_write(&s, &o, out, &err));
	assert_string_equal(err.msg, "--frames growth: there is none in 2 operations");
	o.frames = FRAMES_SNAPSHOTS;
	assert_false(cast_write(&s, &o, out, &err));
	assert_string_equal(err.msg, "--frames snapshots: the script has no command snapshot");
	fclose(out);
	session_close(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_ops),
		cmocka_unit_test(test_kinds),
		cmocka_unit_test(test_hostile),
		cmocka_unit_test(test_pace),
		cmocka_unit_test(test_nothing),
	};

	return cmocka_run_group_tests(tests, load_theme, NULL);
}
