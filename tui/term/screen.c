/* SPDX-License-Identifier: MIT */
#include "tui/term/screen.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <wchar.h>

#include <curses.h>
#include <term.h>

#include "config/carried.h"
#include "model/base/mem.h"
#include "model/base/text.h"
#include "tui/canvas/glyph.h"
#include "tui/canvas/style.h"
#include "tui/term/guard.h"

#define PAIRS_MAX 256 /* of colours; no theme has so many */
#define LOOKS_MAX 256
#define FLAGS_COUNT (CELL_CURSOR << 1)
#define NEAR 6 /* columns; so few are sent again rather than jumped over */
#define FEW 12 /* blanks; more of them are erased, which needs a jump behind them; */
#define FEW_LAST 4 /* or up to the end of the row, which needs none */

/* A way to show cells; several roles may share one. The first is plain: no attributes,
   no colour. */
struct look {
	attr_t attrs;
	short pair;
	bool bare; /* a blank shows nothing of it */
};

struct pair {
	int fg, bg;
};

/* What is sent for a character beyond ASCII. */
struct sent {
	char32_t ch; /* 0: none yet */
	char bytes[UTF8_MOST];
	uint8_t len;
};

#define SENT_MAX 64 /* a power of two; the glyphs of a picture are fewer */

struct screen {
	SCREEN *curses;
	int fd;
	struct theme theme;
	int colors; /* 0 when none, else what curses counts */
	struct look looks[LOOKS_MAX];
	int look_count;
	int16_t known[ROLE_COUNT][FLAGS_COUNT]; /* which look a role has with its flags, plus 1 */
	struct sent sent[SENT_MAX]; /* by the last bits of the character */
	char **changes;          /* what leads from one look to another, LOOKS_MAX of each */
	struct pair pairs[PAIRS_MAX]; /* from 1 */
	int pair_count;
	struct cell *shown; /* what the terminal shows, row by row */
	int w, h;
	bool stale; /* nothing is known of what it shows */
	int cursor; /* its visibility: 0, 1, or -1 unknown */
	struct text out; /* a frame on its way: it goes in one piece */
	int x, y;   /* where the terminal writes next; x is -1 where that is not known */
	int look;   /* and with which look */
};

/* Curses gives characters to a function and nothing with them: this is where they go. */
static struct text *sink;

static int take_char(int c)
{
	if (sink)
		text_addc(sink, (char)c);
	return c;
}

static void forget_looks(struct screen *screen)
{
	for (int i = 0; i < LOOKS_MAX * screen->look_count; i++) {
		free(screen->changes[i]);
		screen->changes[i] = NULL;
	}
	memset(screen->known, 0, sizeof screen->known);
	screen->looks[0] = (struct look){.bare = true};
	screen->look_count = 1;
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

/* Curses believes these before it asks the terminal. */
static bool env_says_more(const char *name, int most)
{
	const char *value = getenv(name);

	return value && strtol(value, NULL, 10) > most;
}

static bool is_huge(int fd)
{
	struct winsize size;

	if (env_says_more("COLUMNS", SCREEN_W_MOST) || env_says_more("LINES", SCREEN_H_MOST))
		return true;
	return ioctl(fd, TIOCGWINSZ, &size) == 0 &&
		(size.ws_col > SCREEN_W_MOST || size.ws_row > SCREEN_H_MOST);
}

/* newterm() cannot say what is wrong; and it must not fail, for then it leaks. */
static bool check_terminal(int fd, const char *type, struct error *err)
{
	bool can;
	int found;

	if (setupterm(NULL, fd, &found) != OK) {
		if (!strcmp(type, "xterm-256color"))
			return fail(
				err, "no terminal descriptions found; is ncurses-base installed?");
		return fail(
			err, "TERM is %s: unknown terminal type; try TERM=xterm-256color", type);
	}
	can = can_place_cursor();
	del_curterm(cur_term);
	return can || fail(err, "TERM is %s: a terminal that cannot place its cursor", type);
}

/* Whether what is installed describes no terminal of that type, but what the program carries. */
static const struct carried *own_description(int fd, const char *type)
{
	char *path = xasprintf(CARRIED "terminfo/%s", type);
	const struct carried *own = carried_find(path);
	int found;

	free(path);
	if (!own || setupterm(NULL, fd, &found) != OK)
		return own;
	del_curterm(cur_term);
	return NULL;
}

static SCREEN *open_curses(FILE *out, FILE *in, const char *type, struct error *err)
{
	SCREEN *curses;

	if (!check_terminal(fileno(out), type, err))
		return NULL;
	/* Then it takes the size of the description at first, not what the terminal says. */
	if (is_huge(fileno(out)))
		use_env(FALSE);
	curses = newterm(NULL, out, in);
	if (!curses)
		fail(err, "TERM is %s: the terminal cannot be used", type);
	return curses;
}

/*
 * Curses takes a description from the environment too. There it stays no longer than that: who
 * reads keys takes it for the name of a folder.
 */
static SCREEN *open_described(FILE *out, FILE *in, const char *type, struct error *err)
{
	const struct carried *own = own_description(fileno(out), type);
	const char *given = getenv("TERMINFO");
	char *before = given ? xstrdup(given) : NULL;
	SCREEN *curses;

	if (own)
		setenv("TERMINFO", own->text, 1);
	curses = open_curses(out, in, type, err);
	if (own && before)
		setenv("TERMINFO", before, 1);
	else if (own)
		unsetenv("TERMINFO");
	free(before);
	return curses;
}

struct screen *screen_open(FILE *out, FILE *in, struct error *err)
{
	SCREEN *curses = open_described(out, in, getenv("TERM"), err);
	struct screen *screen;

	if (!curses)
		return NULL;
	if (has_colors()) {
		start_color();
		use_default_colors();
	}
	raw();
	noecho();
	nonl();
	screen = xcalloc(1, sizeof *screen);
	screen->curses = curses;
	screen->fd = fileno(out);
	screen->changes = xcalloc(LOOKS_MAX * LOOKS_MAX, sizeof *screen->changes);
	screen->colors = has_colors() ? COLORS : 0;
	screen->cursor = -1;
	theme_default(&screen->theme);
	forget_looks(screen);
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
	forget_looks(screen);
	free(screen->changes);
	text_free(&screen->out);
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

static int add_look(struct screen *screen, const struct look *look)
{
	for (int i = 0; i < screen->look_count; i++) {
		const struct look *known = &screen->looks[i];

		if (known->attrs == look->attrs && known->pair == look->pair &&
			known->bare == look->bare)
			return i;
	}
	if (screen->look_count == LOOKS_MAX)
		return 0;
	screen->looks[screen->look_count] = *look;
	return screen->look_count++;
}

static int make_look(struct screen *screen, enum role role, unsigned flags)
{
	struct style style = cell_style(&screen->theme, role, flags);
	struct look look;

	if (screen->colors < 256)
		fit_few(screen->colors, &style);
	look.attrs = curses_attrs(style.attrs);
	look.pair = screen->colors ? pair_for(screen, style.fg, style.bg) : 0;
	look.bare = style.bg < 0 && !(style.attrs & (ATTR_REVERSE | ATTR_UNDERLINE));
	return add_look(screen, &look);
}

/* Asked for each cell that is another one than before, so what is known is at hand. */
static inline int look_of(struct screen *screen, const struct cell *cell)
{
	int16_t *known = &screen->known[cell->role][cell->flags % FLAGS_COUNT];

	if (!*known)
		*known = (int16_t)(make_look(screen, cell->role, cell->flags) + 1);
	return *known - 1;
}

/* The colours of a look; -1 for the terminal's own. */
static struct pair colors_of(const struct screen *screen, const struct look *look)
{
	return look->pair ? screen->pairs[look->pair - 1] : (struct pair){-1, -1};
}

/* A colour that takes the place of another one needs no reset before it, as curses would send. */
static bool change_colors(const struct screen *screen, const struct look *a, const struct look *b)
{
	struct pair from = colors_of(screen, a), to = colors_of(screen, b);

	if (a->attrs != b->attrs || (a->attrs && no_color_video > 0))
		return false;
	if ((to.fg < 0 && from.fg >= 0) || (to.bg < 0 && from.bg >= 0))
		return false;
	if (!set_a_foreground || !set_a_background)
		return false;
	if (to.fg != from.fg)
		tputs(tiparm(set_a_foreground, to.fg), 1, take_char);
	if (to.bg != from.bg)
		tputs(tiparm(set_a_background, to.bg), 1, take_char);
	return true;
}

/*
 * Curses knows how to get from one look to another on this terminal. It takes its time, so it is
 * asked once. It is left to believe that the terminal writes plainly, as it does between frames.
 */
static const char *change_look(struct screen *screen, int from, int to)
{
	char **known = &screen->changes[from * LOOKS_MAX + to];
	const struct look *a = &screen->looks[from], *b = &screen->looks[to];
	struct text text = {0};

	if (*known)
		return *known;
	sink = &text;
	if (!change_colors(screen, a, b)) {
		sink = NULL;
		vid_puts(a->attrs, a->pair, NULL, take_char);
		sink = &text;
		vid_puts(b->attrs, b->pair, NULL, take_char);
		sink = NULL;
		vid_puts(A_NORMAL, 0, NULL, take_char);
	}
	sink = NULL;
	*known = xstrdup(text_str(&text));
	text_free(&text);
	return *known;
}

static void wear(struct screen *screen, int look)
{
	if (look != screen->look)
		text_add(&screen->out, change_look(screen, screen->look, look));
	screen->look = look;
}

/* A string of the terminal's description, with the pauses that it asks for. */
static void put_string(struct screen *screen, const char *string)
{
	sink = &screen->out;
	tputs(string, 1, take_char);
	sink = NULL;
}

static void move_to(struct screen *screen, int x, int y)
{
	if (screen->x == x && screen->y == y)
		return;
	if (!move_standout_mode)
		wear(screen, 0);
	/* Nearly all of them: said at once. */
	if (strcmp(cursor_address, "\033[%i%p1%d;%p2%dH") == 0)
		text_printf(&screen->out, "\033[%d;%dH", y + 1, x + 1);
	else
		put_string(screen, tiparm(cursor_address, y, x));
	screen->x = x;
	screen->y = y;
}

static bool is_bare(const struct screen *screen, const struct cell *cell, int look)
{
	return cell->ch == ' ' && screen->looks[look].bare;
}

/* Blanks on no ground look like each other, whatever their colour would be. */
static bool looks_same(struct screen *screen, const struct cell *a, const struct cell *b)
{
	int x, y;

	if (cell_equal(a, b))
		return true;
	if (a->ch != b->ch || a->width != b->width)
		return false;
	x = look_of(screen, a);
	y = look_of(screen, b);
	return x == y || (is_bare(screen, a, x) && is_bare(screen, b, y));
}

/* Whether the terminal writes a cell of that look without a change of its own. */
static bool is_worn(const struct screen *screen, const struct cell *cell, int look)
{
	return look == screen->look ||
		(is_bare(screen, cell, look) && screen->looks[screen->look].bare);
}

/* The C library, and with it the terminal, may know fewer characters than we do. */
static const struct sent *sent_for(struct screen *screen, const struct cell *cell)
{
	struct sent *sent = &screen->sent[cell->ch % SENT_MAX];

	if (sent->ch == cell->ch)
		return sent;
	sent->ch = cell->ch;
	if (wcwidth((wchar_t)cell->ch) == cell->width) {
		sent->len = (uint8_t)utf8_write(cell->ch, sent->bytes);
	} else {
		sent->len = cell->width;
		memset(sent->bytes, '?', sent->len);
	}
	return sent;
}

/* Writes a cell where the terminal writes next. */
static void put_cell(struct screen *screen, const struct cell *cell)
{
	int look = look_of(screen, cell);

	if (!is_worn(screen, cell, look))
		wear(screen, look);
	if (cell->ch <= '~') {
		text_addc(&screen->out, (char)cell->ch);
	} else {
		const struct sent *sent = sent_for(screen, cell);

		text_addn(&screen->out, sent->bytes, sent->len);
	}
	screen->x += cell->width;
	if (screen->x >= screen->w)
		screen->x = -1;
}

/* Goes to column x of the row, by writing again what lies between when that is shorter. */
static void reach(struct screen *screen, const struct cell *cells, int x, int y)
{
	int from = screen->y == y ? screen->x : -1, at = from;

	while (at >= 0 && at < x && at - from < NEAR && cells[at].width == 1 &&
		is_worn(screen, &cells[at], look_of(screen, &cells[at])))
		at++;
	if (at == x)
		while (screen->x < x)
			put_cell(screen, &cells[screen->x]);
	else
		move_to(screen, x, y);
}

/* How many blanks there are at column x, up to the last new one, that could as well be erased. */
static int count_blanks(struct screen *screen, const struct cell *cells, const struct cell *shown,
	int x)
{
	int blanks = 0;

	for (int at = x; at < screen->w && cells[at].ch == ' '; at++) {
		if (!is_bare(screen, &cells[at], look_of(screen, &cells[at])))
			break;
		if (!looks_same(screen, &cells[at], &shown[at]))
			blanks = at + 1 - x;
	}
	return blanks;
}

/* Erases n cells from where the terminal writes next, if that is shorter; else false. */
static bool erase_blanks(struct screen *screen, int n)
{
	bool all = screen->x + n == screen->w;
	const char *how = all ? clr_eol : erase_chars;

	if (!how || n < (all ? FEW_LAST : FEW))
		return false;
	if (!screen->looks[screen->look].bare)
		wear(screen, 0);
	put_string(screen, all ? how : tiparm(how, n));
	return true;
}

/* What is written in the last cell of all would scroll such terminals. */
static bool is_forbidden(const struct screen *screen, int x, int y)
{
	return auto_right_margin && !eat_newline_glitch && x == screen->w - 1 && y == screen->h - 1;
}

static void send_row(struct screen *screen, const struct cell *cells, int y)
{
	struct cell *shown = &screen->shown[(size_t)y * (size_t)screen->w];
	int asked = 0; /* up to there it is known that nothing is erased */

	if (cells_equal(cells, shown, screen->w))
		return;
	for (int x = 0; x < screen->w; x++) {
		/* The right half of a wide character goes with the left one. */
		if (!cells[x].width || looks_same(screen, &cells[x], &shown[x]) ||
			is_forbidden(screen, x, y))
			continue;
		reach(screen, cells, x, y);
		/* Blanks that were too few to be erased are fewer at each one that is written. */
		if (cells[x].ch == ' ' && x >= asked) {
			int blanks = count_blanks(screen, cells, shown, x);

			asked = x + blanks;
			if (erase_blanks(screen, blanks)) {
				x = asked - 1;
				continue;
			}
		}
		put_cell(screen, &cells[x]);
	}
	memcpy(shown, cells, (size_t)screen->w * sizeof *shown);
}

/* All is blank, as nothing that is drawn when text has a ground; curses can do that everywhere. */
static void start_over(struct screen *screen)
{
	struct cell blank = {.ch = ' ', .width = 1, .role = ROLE_TEXT};

	if (!screen->stale)
		return;
	if (!screen->looks[look_of(screen, &blank)].bare)
		blank.ch = 0;
	clearok(curscr, TRUE);
	refresh();
	for (int i = 0; i < screen->w * screen->h; i++)
		screen->shown[i] = blank;
	screen->stale = false;
}

void screen_draw(struct screen *screen, const struct canvas *canvas, int x, int y)
{
	int visible = x >= 0 && y >= 0 && x < screen->w && y < screen->h;

	assert(canvas->w == screen->w && canvas->h == screen->h);
	start_over(screen);
	screen->x = -1;
	for (int row = 0; row < screen->h; row++)
		send_row(screen, canvas_at(canvas, 0, row), row);
	wear(screen, 0);
	if (visible)
		move_to(screen, x, y);
	/* In one piece, so that no half of a frame is ever shown. */
	write_whole(screen->fd, text_str(&screen->out), screen->out.len);
	text_clear(&screen->out);
	if (visible != screen->cursor)
		curs_set(visible);
	screen->cursor = visible;
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
