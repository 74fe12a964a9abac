/* SPDX-License-Identifier: MIT */
#include "tui/canvas/pane.h"

#include <limits.h>
#include <stdarg.h>
#include <string.h>

#include "model/base/text.h"
#include "tui/canvas/glyph.h"

/* The pieces that text is drawn in and cut at: one character, or the escape of one. */
struct unit {
	char32_t glyphs[12];
	int count, width;
};

enum kind { TEXT, DATA };

static bool is_plain(char32_t ch)
{
	return ch >= ' ' && ch <= '~';
}

/* As \x1b, \u0301 or \U000e0001. */
static void unit_escape(struct unit *unit, char letter, int digits, unsigned value)
{
	char escape[sizeof unit->glyphs / sizeof *unit->glyphs];
	int n = snprintf(escape, sizeof escape, "\\%c%0*x", letter, digits, value);

	for (int i = 0; i < n; i++)
		unit->glyphs[i] = (unsigned char)escape[i];
	unit->count = unit->width = n;
}

static void unit_char(struct unit *unit, char32_t ch, bool ascii, enum kind kind)
{
	int width = glyph_width(ch);

	if (ascii && width && ch > '~') {
		char alike = kind == TEXT ? glyph_ascii(ch) : '\0';

		ch = (unsigned char)alike ? (unsigned char)alike : ch;
		width = alike ? 1 : 0;
	}
	if (width) {
		unit->glyphs[0] = ch;
		unit->count = 1;
		unit->width = width;
	} else if (ch < ' ' || ch == 0x7f) {
		unit_escape(unit, 'x', 2, ch);
	} else {
		bool small = ch <= 0xffff;

		unit_escape(unit, small ? 'u' : 'U', small ? 4 : 8, ch);
	}
}

/* Takes the first unit off text; returns what is left. */
static const char *unit_next(struct unit *unit, const char *text, bool ascii, enum kind kind)
{
	char32_t ch;
	size_t n = utf8_decode(text, strnlen(text, UTF8_MOST), &ch);

	if (!n) {
		unit_escape(unit, 'x', 2, (unsigned char)*text);
		return text + 1;
	}
	/* Of one sign it would be taken for greater than. */
	if (ch == U'→' && ascii && kind == TEXT)
		*unit = (struct unit){ .glyphs = { '-', '>' }, .count = 2, .width = 2 };
	else
		unit_char(unit, ch, ascii, kind);
	return text + n;
}

/* Columns of text; stops counting once they are more than limit. */
static int width_to(const char *text, bool ascii, enum kind kind, int limit)
{
	struct unit unit;
	int width = 0;

	while (*text && width <= limit) {
		if (is_plain((unsigned char)*text)) {
			width++;
			text++;
			continue;
		}
		text = unit_next(&unit, text, ascii, kind);
		width += unit.width;
	}
	return width;
}

int text_width(const struct canvas *canvas, const char *text)
{
	return width_to(text, canvas->ascii, TEXT, INT_MAX - (int)sizeof(struct unit));
}

int data_width(const struct canvas *canvas, const char *data)
{
	return width_to(data, canvas->ascii, DATA, INT_MAX - (int)sizeof(struct unit));
}

struct pane canvas_pane(struct canvas *canvas)
{
	return (struct pane){.canvas = canvas,
		.w = canvas->w,
		.h = canvas->h,
		.right = canvas->w,
		.bottom = canvas->h};
}

static int max(int a, int b)
{
	return a > b ? a : b;
}

static int min(int a, int b)
{
	return a < b ? a : b;
}

/* Far outside is as good as any other place outside, and adding to it stays in range. */
static int place(int origin, int offset)
{
	long long at = (long long)origin + offset;

	return at > INT_MAX / 2 ? INT_MAX / 2 : at < INT_MIN / 2 ? INT_MIN / 2 : (int)at;
}

struct pane pane_sub(const struct pane *pane, int x, int y, int w, int h)
{
	struct pane sub = *pane;

	sub.x = place(pane->x, x);
	sub.y = place(pane->y, y);
	sub.w = max(w, 0);
	sub.h = max(h, 0);
	sub.left = max(pane->left, sub.x);
	sub.top = max(pane->top, sub.y);
	sub.right = min(pane->right, place(sub.x, sub.w));
	sub.bottom = min(pane->bottom, place(sub.y, sub.h));
	return sub;
}

static struct cell *cell_at(struct canvas *canvas, int x, int y)
{
	return &canvas->cells[(size_t)y * (size_t)canvas->w + (size_t)x];
}

/* Blanks the other half of a wide character that is about to lose the half at x. */
__attribute__((noinline)) static void unpair(struct canvas *canvas, int x, int y)
{
	struct cell *cell = cell_at(canvas, x, y);

	if (cell->width == 0) {
		cell[-1].ch = ' ';
		cell[-1].width = 1;
	} else if (cell->width == 2) {
		cell[1].ch = ' ';
		cell[1].width = 1;
	}
}

/* One column of the canvas; a cell that nothing wide reaches into is simply replaced. */
static inline void put_cell(struct canvas *canvas, int x, int y, enum role role, char32_t ch)
{
	struct cell *cell = cell_at(canvas, x, y);

	if (cell->width != 1)
		unpair(canvas, x, y);
	*cell = (struct cell){.ch = ch, .width = 1, .role = (uint8_t)role};
}

/* x and y on the canvas; wide enough for any place in any pane. */
static inline void put_narrow(
	const struct pane *pane, long long x, long long y, enum role role, char32_t ch)
{
	if (y >= pane->top && y < pane->bottom && x >= pane->left && x < pane->right)
		put_cell(pane->canvas, (int)x, (int)y, role, ch);
}

/* x and y on the canvas. A wide character of which half is clipped shows as a blank. */
static void put(const struct pane *pane, int x, int y, enum role role, char32_t ch, int width)
{
	if (width == 1) {
		put_narrow(pane, x, y, role, ch);
		return;
	}
	if (y < pane->top || y >= pane->bottom)
		return;
	if (x < pane->left || x + 1 >= pane->right) {
		put_narrow(pane, x, y, role, ' ');
		put_narrow(pane, place(x, 1), y, role, ' ');
		return;
	}
	for (int i = 0; i < width; i++) {
		unpair(pane->canvas, x + i, y);
		*cell_at(pane->canvas, x + i, y) = (struct cell){
			.ch = i ? 0 : ch, .width = (uint8_t)(i ? 0 : width), .role = (uint8_t)role};
	}
}

static void put_unit(const struct pane *pane, int x, int y, enum role role, const struct unit *unit)
{
	x = place(pane->x, x);
	y = place(pane->y, y);
	for (int i = 0; i < unit->count; i++)
		put(pane, place(x, i), y, role, unit->glyphs[i], unit->count > 1 ? 1 : unit->width);
}

static bool is_blank(const struct unit *unit)
{
	return unit->count == 1 && unit->glyphs[0] == ' ';
}

/* What would stand behind the pane's last column is told of there. */
static void put_sign(const struct pane *pane, int y, enum role role)
{
	struct unit sign = {
		.glyphs = { pane->canvas->ascii ? '>' : U'…' }, .count = 1, .width = 1
	};

	if (pane->w > 0)
		put_unit(pane, pane->w - 1, y, role, &sign);
}

/* The plain characters at the start of text: nearly all of nearly all text. */
static int plain_length(const char *text)
{
	int n = 0;

	while (is_plain((unsigned char)text[n]))
		n++;
	return n;
}

/* n plain characters from x on. Returns whether more than blanks is behind the last column. */
static bool put_plain(const struct pane *pane, int x, int y, enum role role, const char *text,
	int n)
{
	int column = place(pane->x, x), row = place(pane->y, y);
	int first = max(0, pane->left - column), last = min(n, pane->right - column);
	long over = x < pane->w ? (long)pane->w - x : 0;

	if (row >= pane->top && row < pane->bottom)
		for (int i = first; i < last; i++)
			put_cell(pane->canvas, column + i, row, role, (unsigned char)text[i]);
	return over < n && (int)strspn(text + over, " ") < n - over;
}

static int draw(
	const struct pane *pane, int x, int y, enum role role, const char *text, enum kind kind)
{
	struct unit unit;
	int used = 0;
	bool lost = false;

	while (*text) {
		int n = plain_length(text);

		if (n) {
			lost |= put_plain(pane, place(x, used), y, role, text, n);
			used += n;
			text += n;
			continue;
		}
		text = unit_next(&unit, text, pane->canvas->ascii, kind);
		put_unit(pane, place(x, used), y, role, &unit);
		used += unit.width;
		lost |= place(x, used) > pane->w && !is_blank(&unit);
	}
	if (lost)
		put_sign(pane, y, role);
	return used;
}

static int draw_cut(const struct pane *pane, int x, int y, int limit, enum role role,
	const char *text, enum kind kind)
{
	bool ascii = pane->canvas->ascii;
	struct unit unit;
	int used = 0;

	if (limit <= 0)
		return 0;
	if (width_to(text, ascii, kind, limit) <= limit)
		return draw(pane, x, y, role, text, kind);
	for (;;) {
		int n = min(plain_length(text), limit - 1 - used);

		put_plain(pane, place(x, used), y, role, text, n);
		used += n;
		text = unit_next(&unit, text + n, ascii, kind);
		if (used + unit.width > limit - 1)
			break;
		put_unit(pane, place(x, used), y, role, &unit);
		used += unit.width;
	}
	unit.glyphs[0] = ascii ? '>' : U'…';
	unit.count = unit.width = 1;
	put_unit(pane, place(x, used), y, role, &unit);
	return used + 1;
}

/* A glyph that takes the columns it should, whatever is asked for. */
static struct unit unit_glyph(char32_t glyph, bool ascii)
{
	struct unit unit;

	unit_char(&unit, glyph, ascii, TEXT);
	if (unit.count > 1)
		unit_char(&unit, '?', true, TEXT);
	return unit;
}

/* The rare case is kept out of pane_put(): it has a large frame. */
__attribute__((noinline)) static int put_glyph(
	const struct pane *pane, int x, int y, enum role role, char32_t glyph)
{
	struct unit unit = unit_glyph(glyph, pane->canvas->ascii);

	put_unit(pane, x, y, role, &unit);
	return unit.width;
}

int pane_put(const struct pane *pane, int x, int y, enum role role, char32_t glyph)
{
	if (glyph_is_common(glyph) && (glyph <= '~' || !pane->canvas->ascii)) {
		put_narrow(pane, (long long)pane->x + x, (long long)pane->y + y, role, glyph);
		return 1;
	}
	return put_glyph(pane, x, y, role, glyph);
}

int pane_text(const struct pane *pane, int x, int y, enum role role, const char *text)
{
	return draw(pane, x, y, role, text, TEXT);
}

int pane_data(const struct pane *pane, int x, int y, enum role role, const char *data)
{
	return draw(pane, x, y, role, data, DATA);
}

int pane_printf(const struct pane *pane, int x, int y, enum role role, const char *format, ...)
{
	struct text text = {0};
	va_list ap;
	int used;

	va_start(ap, format);
	text_vprintf(&text, format, ap);
	va_end(ap);
	used = draw(pane, x, y, role, text_str(&text), TEXT);
	text_free(&text);
	return used;
}

int pane_hex(const struct pane *pane, int x, int y, enum role role, unsigned byte)
{
	static const char digits[] = "0123456789abcdef";

	pane_put(pane, x, y, role, (unsigned char)digits[byte >> 4 & 15]);
	pane_put(pane, x + 1, y, role, (unsigned char)digits[byte & 15]);
	return 2;
}

int pane_textn(const struct pane *pane, int x, int y, int limit, enum role role, const char *text)
{
	return draw_cut(pane, x, y, limit, role, text, TEXT);
}

int pane_datan(const struct pane *pane, int x, int y, int limit, enum role role, const char *data)
{
	return draw_cut(pane, x, y, limit, role, data, DATA);
}

void pane_right(const struct pane *pane, int x, int y, enum role role, const char *text)
{
	pane_text(pane, x - text_width(pane->canvas, text), y, role, text);
}

void pane_fill(const struct pane *pane, enum role role, char32_t glyph)
{
	struct unit unit = unit_glyph(glyph, pane->canvas->ascii);

	for (int y = pane->top; y < pane->bottom; y++) {
		for (int x = pane->left; x < pane->right; x++)
			put(pane, x, y, role, unit.glyphs[0], unit.width);
	}
}

static void put_hline(const struct pane *pane, int x, int y, int len, enum role role)
{
	struct pane line = pane_sub(pane, x, y, len, 1);

	pane_fill(&line, role, U'─');
}

void pane_vline(const struct pane *pane, int x, int y, int len, enum role role)
{
	struct pane line = pane_sub(pane, x, y, 1, len);

	pane_fill(&line, role, U'│');
}

/* A title with a blank at each side, in at most limit columns; returns the columns it takes. */
static int draw_title(const struct pane *pane, int x, int y, int limit, const char *title)
{
	int used;

	if (!title || !*title || limit < 3)
		return 0;
	used = pane_textn(pane, x + 1, y, limit - 2, ROLE_TITLE, title);
	pane_put(pane, x, y, ROLE_TITLE, ' ');
	pane_put(pane, x + 1 + used, y, ROLE_TITLE, ' ');
	return used + 2;
}

struct pane pane_box(const struct pane *pane, enum role role, const char *left, const char *right)
{
	int w = pane->w, h = pane->h, used, right_width;

	if (w < 2 || h < 2)
		return pane_sub(pane, 0, 0, 0, 0);
	put_hline(pane, 1, 0, w - 2, role);
	put_hline(pane, 1, h - 1, w - 2, role);
	pane_vline(pane, 0, 1, h - 2, role);
	pane_vline(pane, w - 1, 1, h - 2, role);
	pane_put(pane, 0, 0, role, U'╭');
	pane_put(pane, w - 1, 0, role, U'╮');
	pane_put(pane, 0, h - 1, role, U'╰');
	pane_put(pane, w - 1, h - 1, role, U'╯');
	used = draw_title(pane, 1, 0, w - 2, left);
	right_width = right ? text_width(pane->canvas, right) + 2 : 0;
	if (right_width && used + right_width <= w - 3)
		draw_title(pane, w - 1 - right_width, 0, right_width, right);
	return pane_sub(pane, 2, 1, w - 4, w < 5 ? 0 : h - 2);
}

void pane_split(const struct pane *pane, int y, enum role role, const char *title)
{
	int w = pane->w;

	if (w < 2)
		return;
	pane_put(pane, 0, y, role, U'├');
	put_hline(pane, 1, y, w - 2, role);
	pane_put(pane, w - 1, y, role, U'┤');
	draw_title(pane, 1, y, w - 2, title);
}

void pane_flag(const struct pane *pane, int x, int y, int w, int h, unsigned flags)
{
	struct pane area = pane_sub(pane, x, y, w, h);

	for (int row = area.top; row < area.bottom; row++) {
		for (int col = area.left; col < area.right; col++) {
			struct cell *cell = cell_at(pane->canvas, col, row);

			cell->flags |= (uint8_t)flags;
			if (cell->width == 0)
				cell[-1].flags |= (uint8_t)flags;
			else if (cell->width == 2)
				cell[1].flags |= (uint8_t)flags;
		}
	}
}

void pane_copy(const struct pane *pane, int x, int y, const struct canvas *from)
{
	for (int row = 0; row < from->h; row++)
		for (int i = 0; i < from->w; i++) {
			const struct cell *cell = canvas_at(from, i, row);

			if (!cell->width)
				continue;
			put(pane, place(place(pane->x, x), i), place(place(pane->y, y), row),
				(enum role)cell->role, cell->ch, cell->width);
			pane_flag(pane, x + i, y + row, cell->width, 1, cell->flags);
		}
}
