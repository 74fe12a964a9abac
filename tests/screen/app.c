/* SPDX-License-Identifier: MIT */
#include "tests/screen/app.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "model/base/mem.h"
#include "model/base/text.h"
#include "tests/cli/program.h"
#include "themes/role.h"
#include "tui/canvas/glyph.h"

#include <cmocka.h>

enum { ARGS_MOST = 16, SECONDS_MOST = 20, STILL_SECONDS = 5, STILL_MS = 300 };

struct pty *app_start(void **state, const struct app_options *options)
{
	const char *argv[ARGS_MOST + 2] = {program_path()};
	struct pty_options o = {.w = options->w ? options->w : 120,
		.h = options->h ? options->h : 40,
		.env = options->env,
		.argv = argv,
		.input = options->input};
	struct pty *pty;

	for (int i = 0; options->args && options->args[i] && i < ARGS_MOST; i++)
		argv[i + 1] = options->args[i];
	pty = pty_start(&o);
	*state = pty;
	/* The last row is drawn last. */
	if (o.h > 1 && o.w >= 20)
		app_wait_in(pty, -1, options->last ? options->last : " quit");
	return pty;
}

struct pty *app_open(void **state)
{
	return app_start(state, &(struct app_options){0});
}

struct pty *app_open_args(void **state, const char *const *args)
{
	return app_start(state, &(struct app_options){.args = args});
}

int app_end(void **state)
{
	pty_free(*state);
	*state = NULL;
	return 0;
}

void app_type(struct pty *pty, const char *line)
{
	pty_type(pty, line);
	pty_key(pty, "Enter");
}

void app_command(struct pty *pty, const char *line)
{
	pty_key(pty, ":");
	app_type(pty, line);
}

static void each_word(struct pty *pty, const char *words, const char *between,
	void (*use)(struct pty *, const char *))
{
	char *all = xstrdup(words ? words : "");

	for (char *at = NULL, *word = strtok_r(all, between, &at); word;
		word = strtok_r(NULL, between, &at))
		use(pty, word);
	free(all);
}

void app_press(struct pty *pty, const char *keys)
{
	each_word(pty, keys, " ", pty_key);
}

void app_commands(struct pty *pty, const char *lines)
{
	each_word(pty, lines, ";", app_command);
}

void app_wait_until(struct pty *pty, bool (*cond)(struct pty *pty, const void *arg),
	const void *arg, const char *what)
{
	time_t end = time(NULL) + SECONDS_MOST;

	while (!cond(pty, arg)) {
		if (time(NULL) > end) {
			pty_print(pty);
			fail_msg("never came: %s", what);
		}
		pty_settle(pty, 10);
	}
}

struct place_text {
	int y;
	const char *text;
};

static bool row_holds(struct pty *pty, const void *arg)
{
	const struct place_text *at = arg;

	return strstr(pty_row(pty, at->y), at->text) != NULL;
}

static int rows_of(struct pty *pty)
{
	int w, h;

	pty_size(pty, &w, &h);
	return h;
}

void app_wait_in(struct pty *pty, int y, const char *text)
{
	struct place_text at = {.y = y < 0 ? rows_of(pty) + y : y, .text = text};

	app_wait_until(pty, row_holds, &at, text);
}

/* The columns that the first n bytes of a row take. */
static int columns(const char *row, size_t n)
{
	int sum = 0;

	for (size_t i = 0; i < n;) {
		char32_t ch;
		size_t len = utf8_decode(row + i, n - i, &ch);

		sum += len ? glyph_width(ch) : 1;
		i += len ? len : 1;
	}
	return sum;
}

int app_find(struct pty *pty, const char *text, int *x)
{
	for (int y = 0; y < rows_of(pty); y++) {
		const char *row = pty_row(pty, y), *at = strstr(row, text);

		if (!at)
			continue;
		if (x)
			*x = columns(row, (size_t)(at - row));
		return y;
	}
	pty_print(pty);
	fail_msg("the screen does not show \"%s\"", text);
	return -1;
}

static bool was_cleared(struct pty *pty, const void *before)
{
	size_t len;
	const char *since = pty_output(pty, &len) + *(const size_t *)before;

	return strstr(since, "\033[2J") || strstr(since, "\033[H\033[J");
}

void app_wait_cleared(struct pty *pty, size_t bytes)
{
	app_wait_until(pty, was_cleared, &bytes, "the screen is cleared and drawn anew");
}

static bool cursor_is_shown(struct pty *pty, const void *shown)
{
	return pty_cursor(pty) == *(const bool *)shown;
}

void app_wait_cursor(struct pty *pty, bool shown)
{
	app_wait_until(pty, cursor_is_shown, &shown, shown ? "a cursor" : "no cursor");
}

/* All that the cursor lies on, a blank between; in the default theme it alone is reversed. */
char *app_under_cursor(struct pty *pty)
{
	struct text all = {0};
	bool before = true;
	int w, h;

	pty_size(pty, &w, &h);
	text_add(&all, "");
	for (int i = 0; i < w * h; i++) {
		struct pty_cell cell = pty_at(pty, i % w, i / w);
		bool on = cell.attrs & ATTR_REVERSE;

		if (on)
			text_printf(&all, "%s%s", before || !all.len ? "" : " ", cell.text);
		before = on;
	}
	while (all.len && all.s[all.len - 1] == ' ')
		all.s[--all.len] = '\0';
	return all.s;
}

static bool is_under_cursor(struct pty *pty, const void *text)
{
	char *under = app_under_cursor(pty);
	bool is = strcmp(under, text) == 0;

	free(under);
	return is;
}

void app_wait_under_cursor(struct pty *pty, const char *text)
{
	app_wait_until(pty, is_under_cursor, text, text);
}

/* The last word about a mode of the terminal in all that was sent: on or off. */
static bool mode_is_on(struct pty *pty, const char *mode)
{
	size_t len;
	bool on = false;

	for (const char *at = pty_output(pty, &len); (at = strstr(at, mode)) != NULL; at++)
		on = at[strlen(mode)] == 'h';
	return on;
}

void app_check_restored(struct pty *pty)
{
	/* Alternate screen, clicks, drags and how they are sent, pastes, the arrow keys' mode. */
	static const char *const modes[] = {"\033[?1049", "\033[?1000", "\033[?1002", "\033[?1003",
		"\033[?1006", "\033[?2004", "\033[?1"};
	struct pty_cell cell;
	int x, y;

	assert_false(pty_alternate(pty));
	assert_true(pty_cursor(pty));
	assert_int_equal(pty_mouse_mode(pty), 0);
	for (size_t i = 0; i < sizeof modes / sizeof *modes; i++)
		if (mode_is_on(pty, modes[i]))
			fail_msg("mode %s is still on", modes[i] + 2);
	assert_true(pty_modes_restored(pty));
	pty_write(pty, "\r\nx");
	pty_cursor_at(pty, &x, &y);
	cell = pty_at(pty, x - 1, y);
	assert_string_equal(cell.text, "x");
	assert_int_equal(cell.fg, -1);
	assert_int_equal(cell.bg, -1);
	assert_int_equal(cell.attrs, 0);
}

/* The whole screen, a line a row; blanks at the ends of rows are dropped, here and nowhere else. */
static char *whole(struct pty *pty)
{
	struct text all = {0};

	for (int y = 0; y < rows_of(pty); y++) {
		text_add(&all, pty_row(pty, y));
		text_addc(&all, '\n');
	}
	return all.s;
}

enum { LOOKS_MOST = 52 };

/* A letter for each look, in the order that they are met. */
static char look_letter(struct pty_cell looks[LOOKS_MOST], int *count, const struct pty_cell *cell)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
	bool bare = cell->bg < 0 && !(cell->attrs & (ATTR_REVERSE | ATTR_UNDERLINE));
	bool nothing = !*cell->text || strcmp(cell->text, " ") == 0;

	if (bare && (nothing || (cell->fg < 0 && !cell->attrs)))
		return ' ';
	for (int i = 0; i < *count; i++)
		if (looks[i].fg == cell->fg && looks[i].bg == cell->bg &&
			looks[i].attrs == cell->attrs)
			return letters[i];
	assert_true(*count < LOOKS_MOST);
	looks[*count] = *cell;
	return letters[(*count)++];
}

static void say_look(struct text *out, char letter, const struct pty_cell *look)
{
	static const struct {
		unsigned attr;
		const char *name;
	} names[] = {{ATTR_BOLD, "bold"}, {ATTR_DIM, "dim"}, {ATTR_ITALIC, "italic"},
		{ATTR_UNDERLINE, "underline"}, {ATTR_REVERSE, "reverse"}};

	text_printf(out, "%c", letter);
	if (look->fg >= 0)
		text_printf(out, " %d", look->fg);
	if (look->bg >= 0)
		text_printf(out, " on %d", look->bg);
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (look->attrs & names[i].attr)
			text_printf(out, " %s", names[i].name);
	text_addc(out, '\n');
}

static char *colours(struct pty *pty)
{
	struct pty_cell looks[LOOKS_MOST];
	struct text all = {0};
	int w, h, count = 0;

	pty_size(pty, &w, &h);
	for (int y = 0; y < h; y++) {
		size_t used = all.len;

		for (int x = 0; x < w; x++) {
			struct pty_cell cell = pty_at(pty, x, y);

			text_addc(&all, look_letter(looks, &count, &cell));
			if (all.s[all.len - 1] != ' ')
				used = all.len;
		}
		all.s[used] = '\0';
		all.len = used;
		text_addc(&all, '\n');
	}
	for (int i = 0; i < count; i++)
		say_look(
			&all, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"[i], &looks[i]);
	return all.s;
}

char *app_seen(struct pty *pty)
{
	char *text = whole(pty), *looks = colours(pty), *both = xasprintf("%s%s", text, looks);

	free(looks);
	free(text);
	return both;
}

/* What of the screen a file holds. */
typedef char *picture(struct pty *pty);

struct golden {
	picture *show;
	const char *text;
};

static bool is_golden(struct pty *pty, const void *arg)
{
	const struct golden *golden = arg;
	char *text = golden->show(pty);
	bool equal = strcmp(text, golden->text) == 0;

	free(text);
	return equal;
}

static void wait_picture(struct pty *pty, picture *show, const char *path)
{
	time_t end = time(NULL) + SECONDS_MOST;
	char *expected = file_read(path, NULL), *text;
	struct golden golden = {show, expected};
	size_t bytes = pty_bytes(pty);

	/* What has been still for so long is not about to change. */
	while (expected && !is_golden(pty, &golden) && time(NULL) <= end) {
		if (pty_bytes(pty) != bytes)
			end = time(NULL) + STILL_SECONDS;
		bytes = pty_bytes(pty);
		pty_settle(pty, 10);
	}
	free(expected);
	text = show(pty);
	if (!golden_equal(path, text, false)) {
		pty_print(pty);
		free(text);
		fail_msg("the screen is not %s", path);
	}
	free(text);
}

static void wait_golden(struct pty *pty, picture *show, const char *path)
{
	char *text;

	if (golden_wanted()) {
		int still = atoi(getenv("GOLDEN"));

		pty_settle(pty, still > STILL_MS ? still : STILL_MS);
		text = show(pty);
		golden_equal(path, text, true);
		free(text);
	}
	wait_picture(pty, show, path);
}

void app_wait_screen(struct pty *pty, const char *path)
{
	wait_picture(pty, whole, path);
}

void app_wait_golden(struct pty *pty, const char *path)
{
	wait_golden(pty, whole, path);
}

void app_wait_colours(struct pty *pty, const char *path)
{
	wait_golden(pty, colours, path);
}
