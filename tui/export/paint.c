/* SPDX-License-Identifier: MIT */
#include "tui/export/paint.h"

#include <stdlib.h>

#include "model/base/hex.h"
#include "themes/color.h"
#include "tui/canvas/glyph.h"
#include "tui/canvas/style.h"
#include "tui/export/contrast.h"

static bool same_style(const struct style *a, const struct style *b)
{
	return a->fg == b->fg && a->bg == b->bg && a->attrs == b->attrs;
}

/*
 * Fonts that lack a glyph borrow it from others, which may be wider. ASCII never is borrowed, and
 * lines and blocks (U+2500..U+259F) are so together; any other glyph is a run of its own.
 */
enum { COLOR_BLACK = 16, COLOR_WHITE = 231 };

enum glyph_kind { KIND_ASCII, KIND_LINES, KIND_ALONE };

static enum glyph_kind kind_of(const struct cell *cell)
{
	if (cell->ch < 0x80)
		return KIND_ASCII;
	return cell->ch >= 0x2500 && cell->ch < 0x25a0 ? KIND_LINES : KIND_ALONE;
}

/* Whether nothing shows in a cell. */
static bool is_blank(const struct cell *cell, const struct style *style)
{
	return cell->ch == ' ' && style->bg < 0 &&
		!(style->attrs & (ATTR_REVERSE | ATTR_UNDERLINE));
}

static int used_columns(const struct canvas *canvas, const struct theme *theme, int y)
{
	int used = canvas->w;

	while (used > 0) {
		const struct cell *cell = canvas_at(canvas, used - 1, y);
		struct style style;

		if (cell->ch != ' ')
			break;
		style = cell_style(theme, cell->role, cell->flags);
		if (!is_blank(cell, &style))
			break;
		used--;
	}
	return used;
}

bool paint_run(const struct canvas *canvas, const struct theme *theme, int x, int y,
	struct paint_run *run)
{
	int end = x == 0 ? used_columns(canvas, theme, y) : run->end;
	const struct cell *first = x < end ? canvas_at(canvas, x, y) : NULL;

	if (!first)
		return false;
	*run = (struct paint_run){ .x = x, .cells = first->width, .end = end,
		.style = cell_style(theme, first->role, first->flags) };
	run->blank = is_blank(first, &run->style);
	for (int to = x + run->cells; to < end && kind_of(first) != KIND_ALONE; to++) {
		const struct cell *cell = canvas_at(canvas, to, y);
		struct style style = cell->role == first->role && cell->flags == first->flags
			? run->style : cell_style(theme, cell->role, cell->flags);
		bool blank = is_blank(cell, &style);

		if (kind_of(cell) != kind_of(first) || (run->blank && !blank) ||
			!(run->blank || same_style(&style, &run->style)))
			break;
		/* Blanks belong to a run that goes on behind them. */
		if (run->blank || !blank)
			run->cells = to + 1 - x;
	}
	run->plain = run->style.fg < 0 && run->style.bg < 0 && !run->style.attrs;
	run->ink = run->style.fg < 0 ? PAINT_TEXT : run->style.fg;
	run->paper = run->style.bg < 0 ? PAINT_GROUND : run->style.bg;
	run->fixed = run->style.bg >= 0;
	if (run->fixed && run->ink < 0)
		run->ink = color_is_bright(run->paper) ? COLOR_BLACK : COLOR_WHITE;
	else if (run->ink == PAINT_TEXT && run->style.attrs & ATTR_DIM)
		run->ink = PAINT_DIM;
	if (run->style.attrs & ATTR_REVERSE) {
		int ink = run->ink;

		run->ink = run->paper;
		run->paper = ink;
	}
	return true;
}

static void put_escaped(char32_t ch, struct text *out)
{
	char utf8[UTF8_MOST];

	switch (ch) {
	case '&':
		text_add(out, "&amp;");
		break;
	case '<':
		text_add(out, "&lt;");
		break;
	case '>':
		text_add(out, "&gt;");
		break;
	case '"':
		text_add(out, "&quot;");
		break;
	default:
		text_addn(out, utf8, utf8_write(ch, utf8));
	}
}

void paint_chars(const struct canvas *canvas, const struct paint_run *run, int y,
	struct text *out)
{
	const struct cell *cells = canvas_at(canvas, run->x, y);

	for (int i = 0; i < run->cells; i++)
		if (cells[i].ch)
			put_escaped(cells[i].ch, out);
}

void paint_escaped(const char *text, struct text *out)
{
	for (; *text; text++)
		if ((unsigned char)*text >= 0x80)
			text_addc(out, *text);
		else if (*text >= ' ' && *text != 0x7f)
			put_escaped((char32_t)*text, out);
}

static void put_rgb(unsigned rgb, struct text *out)
{
	char digits[7] = "#";

	hex_write(digits + 1, (uint8_t[]){ (uint8_t)(rgb >> 16), (uint8_t)(rgb >> 8),
		(uint8_t)rgb }, 3);
	text_addn(out, digits, sizeof digits);
}

void paint_fixed(const struct paint_run *run, bool paper, struct text *out)
{
	unsigned ground = color_rgb(run->paper);

	put_rgb(paper ? ground : contrast_readable(color_rgb(run->ink), ground), out);
}

static unsigned read_rgb(const char *css)
{
	return (unsigned)strtoul(css + 1, NULL, 16);
}

/* Of which colours a theme draws on the ground, and whether anything is dim. */
static void take_colors(const struct theme *theme, bool used[PAINT_DIM + 1])
{
	for (int i = 0; i < ROLE_COUNT; i++) {
		if (theme->styles[i].fg >= 0)
			used[theme->styles[i].fg] = true;
		used[PAINT_DIM] |= (theme->styles[i].attrs & ATTR_DIM) != 0;
	}
}

void paint_palette(const struct theme *theme, bool dark, const char *before, const char *between,
	const char *after, struct text *out)
{
	struct paint_ground g = paint_ground(theme);
	unsigned ground = read_rgb(dark ? g.dark_ground : g.light_ground);
	unsigned text = read_rgb(dark ? g.dark_text : g.light_text);
	bool used[PAINT_DIM + 1] = { false };

	take_colors(theme, used);
	for (int i = 0; i <= PAINT_DIM; i++) {
		unsigned rgb = i == PAINT_DIM ? contrast_dimmed(text, ground)
			: used[i]             ? color_rgb(i)
					      : 0;

		if (!used[i])
			continue;
		text_add(out, before);
		text_add_number(out, (unsigned)i);
		text_add(out, between);
		put_rgb(contrast_readable(rgb, ground), out);
		text_add(out, after);
	}
}

void paint_flush(struct text *part, FILE *out)
{
	if (part->len)
		fwrite(part->s, 1, part->len, out);
	text_clear(part);
}

struct paint_ground paint_ground(const struct theme *theme)
{
	struct paint_ground g = { "#ffffff", "#1c1c1c", "#121212", "#e4e4e4", true };
	int text = theme->styles[ROLE_TEXT].fg;

	if (text < 0)
		return g;
	g.both = false;
	if (color_is_bright(text)) {
		g.light_ground = g.dark_ground;
		g.light_text = g.dark_text;
	}
	return g;
}
