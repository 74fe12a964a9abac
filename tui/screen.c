/* SPDX-License-Identifier: MIT */
#include "tui/screen.h"

#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#include <curses.h>
#include <term.h>

#include "model/mem.h"
#include "tui/paint.h"

#define PAIRS_MAX 256 /* more do not fit what setcchar() takes */
#define FLAGS_COUNT (CELL_CURSOR << 1)

/* How curses shows one role with one set of flags. */
struct look {
	bool known;
	attr_t attrs;
	short pair;
};

struct pair {
	int fg, bg;
};

struct screen {
	SCREEN *curses;
	struct theme theme;
	int colors; /* 0 when none, else what curses counts */
	struct look looks[ROLE_COUNT][FLAGS_COUNT];
	struct pair pairs[PAIRS_MAX]; /* from 1 */
	int pair_count;
	struct cell *shown; /* what the terminal shows, row by row */
	int w, h;
	bool stale; /* nothing is known of what it shows */
	int cursor; /* its visibility: 0, 1, or -1 unknown */
};

static void forget_looks(struct screen *screen)
{
	memset(screen->looks, 0, sizeof screen->looks);
	screen->pair_count = 0;
	screen_redraw(screen);
}

static void set_size(struct screen *screen, int w, int h)
{
	screen->w = w;
	screen->h = h;
	screen->shown = xrealloc(screen->shown, (size_t)w * (size_t)h * sizeof *screen->shown);
	screen_redraw(screen);
}

/* Curses would put up with it and make a mess. */
static bool can_place_cursor(void)
{
	return cursor_address && *cursor_address;
}

struct screen *screen_open(FILE *out, FILE *in, struct error *err)
{
	const char *type = getenv("TERM");
	struct screen *screen;
	SCREEN *curses;
	int found;

	/* newterm() cannot say what is wrong; and it must not fail, for then it leaks. */
	if (setupterm(NULL, fileno(out), &found) != OK) {
		if (found < 0)
			fail(err, "no terminal descriptions found; is ncurses-base installed?");
		else
			fail(err, "TERM is %s: unknown terminal type", type);
		return NULL;
	}
	if (!can_place_cursor()) {
		del_curterm(cur_term);
		fail(err, "TERM is %s: a terminal that cannot place its cursor", type);
		return NULL;
	}
	del_curterm(cur_term);
	curses = newterm(NULL, out, in);
	if (!curses) {
		fail(err, "TERM is %s: the terminal cannot be used", type);
		return NULL;
	}
	if (has_colors()) {
		start_color();
		use_default_colors();
	}
	raw();
	noecho();
	nonl();
	screen = xcalloc(1, sizeof *screen);
	screen->curses = curses;
	screen->colors = has_colors() ? COLORS : 0;
	screen->cursor = -1;
	theme_default(&screen->theme);
	set_size(screen, COLS, LINES);
	refresh();
	return screen;
}

void screen_close(struct screen *screen)
{
	if (!screen)
		return;
	endwin();
	delscreen(screen->curses);
	free(screen->shown);
	free(screen);
}

void screen_leave(struct screen *screen)
{
	(void)screen;
	endwin();
}

void screen_enter(struct screen *screen)
{
	reset_prog_mode();
	refresh();
	screen->cursor = -1;
	screen_redraw(screen);
}

bool screen_has_color(const struct screen *screen)
{
	return screen->colors > 0;
}

void screen_set_theme(struct screen *screen, const struct theme *theme)
{
	screen->theme = *theme;
	forget_looks(screen);
}

void screen_size(const struct screen *screen, int *w, int *h)
{
	*w = screen->w;
	*h = screen->h;
}

void screen_resize(struct screen *screen, int w, int h)
{
	resizeterm(h, w);
	set_size(screen, w, h);
}

void screen_redraw(struct screen *screen)
{
	screen->stale = true;
}

static short pair_for(struct screen *screen, int fg, int bg)
{
	int limit = COLOR_PAIRS < PAIRS_MAX ? COLOR_PAIRS : PAIRS_MAX;

	if (fg < 0 && bg < 0)
		return 0;
	for (int i = 0; i < screen->pair_count; i++) {
		if (screen->pairs[i].fg == fg && screen->pairs[i].bg == bg)
			return (short)(i + 1);
	}
	if (screen->pair_count + 1 >= limit)
		return 0;
	screen->pairs[screen->pair_count++] = (struct pair){fg, bg};
	init_pair((short)screen->pair_count, (short)fg, (short)bg);
	return (short)screen->pair_count;
}

/* With 8 colours the bright ones are made with bold, and grey, which cannot be, with dim. */
static void fit_few(int colors, struct style *style)
{
	style->fg = style->fg_few;
	style->bg = style->bg_few;
	if (colors >= 16)
		return;
	if (style->fg == 8) {
		style->fg = -1;
		style->attrs |= ATTR_DIM;
	} else if (style->fg > 8) {
		style->fg -= 8;
		style->attrs |= ATTR_BOLD;
	}
	if (style->bg >= 8)
		style->bg -= 8;
}

static attr_t curses_attrs(unsigned attrs)
{
	return (attrs & ATTR_BOLD ? A_BOLD : 0) | (attrs & ATTR_DIM ? A_DIM : 0) |
	       (attrs & ATTR_REVERSE ? A_REVERSE : 0) | (attrs & ATTR_UNDERLINE ? A_UNDERLINE : 0) |
	       (attrs & ATTR_ITALIC ? A_ITALIC : 0);
}

static const struct look *look_of(struct screen *screen, enum role role, unsigned flags)
{
	struct look *look = &screen->looks[role][flags % FLAGS_COUNT];
	struct style style;

	if (look->known)
		return look;
	style = paint_style(&screen->theme, role, flags);
	if (screen->colors < 256)
		fit_few(screen->colors, &style);
	look->known = true;
	look->attrs = curses_attrs(style.attrs);
	look->pair = screen->colors ? pair_for(screen, style.fg, style.bg) : 0;
	return look;
}

static void send_cell(struct screen *screen, int x, int y, const struct cell *cell)
{
	const struct look *look = look_of(screen, cell->role, cell->flags);
	wchar_t text[2] = {(wchar_t)cell->ch, L'\0'};
	cchar_t wide;

	if (cell->width == 0)
		return;
	/* The C library may know fewer characters; it decides how curses counts columns. */
	if (x + cell->width > screen->w || wcwidth(text[0]) != cell->width)
		text[0] = L'?';
	setcchar(&wide, text, look->attrs, look->pair, NULL);
	/* The last cell of the screen is written although that is reported as an error. */
	mvadd_wch(y, x, &wide);
	if (text[0] == L'?' && cell->width == 2 && x + 1 < screen->w)
		mvadd_wch(y, x + 1, &wide);
}

static void send_row(struct screen *screen, const struct canvas *canvas, int y)
{
	static const struct cell nothing = {.ch = ' ', .width = 1, .role = ROLE_TEXT};

	for (int x = 0; x < screen->w; x++) {
		const struct cell *cell = canvas_at(canvas, x, y);
		struct cell *shown = &screen->shown[(size_t)y * (size_t)screen->w + (size_t)x];

		if (!cell)
			cell = &nothing;
		if (!screen->stale && cell_equal(cell, shown))
			continue;
		send_cell(screen, x, y, cell);
		*shown = *cell;
	}
}

static void place_cursor(struct screen *screen, int x, int y)
{
	int visible = x >= 0 && y >= 0 && x < screen->w && y < screen->h;

	if (visible)
		move(y, x);
	if (visible != screen->cursor)
		curs_set(visible);
	screen->cursor = visible;
}

void screen_draw(struct screen *screen, const struct canvas *canvas, int x, int y)
{
	if (screen->stale) {
		erase();
		clearok(curscr, TRUE);
	}
	for (int row = 0; row < screen->h; row++)
		send_row(screen, canvas, row);
	screen->stale = false;
	place_cursor(screen, x, y);
	refresh();
}

/* Without the $<5> that ask for a pause. */
static void add_string(char *out, size_t size, const char *name)
{
	char *string = tigetstr(name);
	size_t used = strlen(out);

	if (!string || string == (char *)-1)
		return;
	for (const char *at = string; *at && used + 1 < size; at++) {
		if (at[0] == '$' && at[1] == '<' && strchr(at, '>'))
			at = strchr(at, '>');
		else
			out[used++] = *at;
	}
	out[used] = '\0';
}

void screen_reset_text(const struct screen *screen, char *out, size_t size)
{
	static const char *const names[] = {"sgr0", "op", "rmacs", "rmcup", "rmkx", "cnorm"};

	(void)screen;
	out[0] = '\0';
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		add_string(out, size, names[i]);
	if (strlen(out) + 2 < size)
		strcat(out, "\r\n");
}
