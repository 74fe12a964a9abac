/* SPDX-License-Identifier: MIT */
#include "tui/export/paint.h"
#include "tui/export/picture.h"

/* Of a cell and of the margin, in tenths of a pixel; the font is 14 pixels high. */
enum { CELL_WIDTH = 84, CELL_HEIGHT = 165, BASELINE = 128, MARGIN = 100 };

/* NAME="12.3"; the name comes with what stands around it. */
static void put_length(const char *name, int tenths, struct text *out)
{
	text_add(out, name);
	text_add_number(out, (unsigned)tenths / 10);
	text_addc(out, '.');
	text_addc(out, (char)('0' + tenths % 10));
	text_addc(out, '"');
}

/* What names stand for on a ground. */
static void put_classes(const struct theme *theme, bool dark, struct text *out)
{
	struct paint_ground g = paint_ground(theme);

	text_printf(out, ".t { fill: %s; }\n.g { fill: %s; }\n", dark ? g.dark_text : g.light_text,
		dark ? g.dark_ground : g.light_ground);
	paint_palette(theme, dark, ".c", " { fill: ", "; }\n", out);
}

static void begin_svg(const struct picture *pic)
{
	struct paint_ground g = paint_ground(pic->theme);
	int w = pic->source->width * CELL_WIDTH + 2 * MARGIN;
	int h = pic->height * CELL_HEIGHT + 2 * MARGIN;
	struct text head = { 0 };

	text_printf(&head, "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d.%d %d.%d\"",
		w / 10, w % 10, h / 10, h % 10);
	put_length(" width=\"", w, &head);
	put_length(" height=\"", h, &head);
	text_add(&head, ">\n<title>");
	paint_escaped(pic->title, &head);
	text_add(&head, "</title>\n<style>\n"
		"text { font-family: " PAINT_FONTS "; font-size: 14px; white-space: pre; }\n");
	put_classes(pic->theme, false, &head);
	if (g.both) {
		text_add(&head, "@media (prefers-color-scheme: dark) {\n");
		put_classes(pic->theme, true, &head);
		text_add(&head, "}\n");
	}
	text_add(&head, "</style>\n<rect class=\"g\" width=\"100%\" height=\"100%\" />\n");
	paint_flush(&head, pic->out);
	text_free(&head);
}

static void put_fill(const struct paint_run *run, bool paper, struct text *out)
{
	int color = paper ? run->paper : run->ink;

	text_add(out, run->fixed ? " fill=\"" : " class=\"");
	if (run->fixed)
		paint_fixed(run, paper, out);
	else if (color < 0)
		text_addc(out, color == PAINT_TEXT ? 't' : 'g');
	else
		text_printf(out, "c%d", color);
	text_addc(out, '"');
}

static void put_paper(const struct paint_run *run, int y, struct text *out)
{
	put_length("<rect x=\"", MARGIN + run->x * CELL_WIDTH, out);
	put_length(" y=\"", MARGIN + y * CELL_HEIGHT, out);
	put_length(" width=\"", run->cells * CELL_WIDTH, out);
	put_length(" height=\"", CELL_HEIGHT, out);
	put_fill(run, true, out);
	text_add(out, " />\n");
}

/* Stretched to the width of its cells, whatever font its glyphs come from. */
static void put_text(const struct canvas *canvas, const struct paint_run *run, int row, int y,
	struct text *out)
{
	unsigned attrs = run->style.attrs;

	put_length("<text x=\"", MARGIN + run->x * CELL_WIDTH, out);
	put_length(" y=\"", MARGIN + y * CELL_HEIGHT + BASELINE, out);
	put_length(" textLength=\"", run->cells * CELL_WIDTH, out);
	text_add(out, " lengthAdjust=\"spacingAndGlyphs\"");
	put_fill(run, false, out);
	text_add(out, attrs & ATTR_BOLD ? " font-weight=\"bold\"" : "");
	text_add(out, attrs & ATTR_ITALIC ? " font-style=\"italic\"" : "");
	text_add(out, attrs & ATTR_UNDERLINE ? " text-decoration=\"underline\"" : "");
	text_add(out, " xml:space=\"preserve\">");
	paint_chars(canvas, run, row, out);
	text_add(out, "</text>\n");
}

static void put_rows(const struct picture *pic, const struct canvas *canvas)
{
	struct text band = { 0 };
	struct paint_run run;

	for (int row = 0; row < canvas->h; row++) {
		for (int x = 0; paint_run(canvas, pic->theme, x, row, &run); x += run.cells) {
			if (run.paper != PAINT_GROUND)
				put_paper(&run, pic->y + row, &band);
			if (!run.blank)
				put_text(canvas, &run, row, pic->y + row, &band);
		}
	}
	paint_flush(&band, pic->out);
	text_free(&band);
}

static void end_svg(const struct picture *pic)
{
	fputs("</svg>\n", pic->out);
}

const struct picture_format picture_svg = { .height = true, .begin = begin_svg, .rows = put_rows,
	.end = end_svg };
