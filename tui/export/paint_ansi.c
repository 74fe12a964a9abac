/* SPDX-License-Identifier: MIT */
#include "tui/canvas/glyph.h"
#include "tui/canvas/style.h"
#include "tui/export/paint.h"
#include "tui/export/picture.h"

enum { NEAR = 6 }; /* columns */

/* One more number of a sequence that began where the text was so long. */
static void put_code(struct text *out, size_t begin, const char *kind, int code)
{
	text_add(out, out->len == begin ? "\033[" : ";");
	text_add(out, kind);
	text_add_number(out, (unsigned long long)code);
}

/* Select Graphic Rendition, ECMA-48; colours by their number of 256. False when it is plain. */
static bool put_style(const struct style *style, struct text *out)
{
	static const struct {
		unsigned attr;
		int code;
	} codes[] = { { ATTR_BOLD, 1 }, { ATTR_DIM, 2 }, { ATTR_ITALIC, 3 }, { ATTR_UNDERLINE, 4 },
		{ ATTR_REVERSE, 7 } };
	size_t begin = out->len;

	for (size_t i = 0; i < sizeof codes / sizeof *codes; i++)
		if (style->attrs & codes[i].attr)
			put_code(out, begin, "", codes[i].code);
	if (style->fg >= 0)
		put_code(out, begin, "38;5;", style->fg);
	if (style->bg >= 0)
		put_code(out, begin, "48;5;", style->bg);
	if (out->len > begin)
		text_addc(out, 'm');
	return out->len > begin;
}

static void put_char(const struct cell *cell, struct text *out)
{
	char utf8[UTF8_MOST];

	if (cell->ch)
		text_addn(out, utf8, utf8_write(cell->ch, utf8));
}

static void begin_ansi(const struct picture *pic)
{
	fputs(PAINT_ANSI_MARK, pic->out);
}

static void put_rows(const struct picture *pic, const struct canvas *canvas)
{
	struct text band = { 0 };
	struct paint_run run;

	for (int y = 0; y < canvas->h; y++) {
		for (int x = 0; paint_run(canvas, pic->theme, x, y, &run); x += run.cells) {
			if (!run.blank)
				put_style(&run.style, &band);
			for (int i = x; i < x + run.cells; i++)
				put_char(canvas_at(canvas, i, y), &band);
			if (!run.blank && !run.plain)
				text_add(&band, "\033[m");
		}
		text_addc(&band, '\n');
	}
	paint_flush(&band, pic->out);
	text_free(&band);
}

const struct picture_format picture_ansi = { .begin = begin_ansi, .rows = put_rows };

static bool same_look(const struct cell *a, const struct cell *b)
{
	return a->role == b->role && a->flags == b->flags;
}

/* The cells from x up to `to`, in as many styles as they have. */
static void put_cells(const struct canvas *now, const struct theme *theme, int x, int to, int y,
	struct text *out)
{
	const struct cell *before = NULL;
	bool plain = true;

	text_printf(out, "\033[%d;%dH", y + 1, x + 1);
	for (; x < to; x++) {
		const struct cell *cell = canvas_at(now, x, y);

		if (!before || !same_look(before, cell)) {
			struct style style = cell_style(theme, cell->role, cell->flags);

			text_add(out, plain ? "" : "\033[m");
			plain = !put_style(&style, out);
		}
		put_char(cell, out);
		before = cell;
	}
	text_add(out, plain ? "" : "\033[m");
}

/* Where a run of cells ends that differ, seen from x; x itself when that one does not. */
static int changed_to(const struct canvas *before, const struct canvas *now, int x, int y)
{
	int to = x;

	/* To say where the cursor goes takes as long as a few cells that stay. */
	for (int i = x; i < now->w && i <= to + (to > x ? NEAR : 0); i++)
		if (!cell_equal(canvas_at(before, i, y), canvas_at(now, i, y)))
			to = i + 1;
	return to;
}

bool paint_ansi_changes(const struct canvas *before, const struct canvas *now,
	const struct theme *theme, FILE *out)
{
	struct text part = { 0 };

	for (int y = 0; y < now->h; y++) {
		for (int x = 0; x < now->w; x++) {
			int to = changed_to(before, now, x, y);

			if (to == x)
				continue;
			put_cells(now, theme, x, to, y, &part);
			x = to - 1;
		}
	}
	paint_flush(&part, out);
	text_free(&part);
	return !ferror(out);
}
