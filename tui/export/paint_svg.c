/* SPDX-License-Identifier: MIT */
#include "tui/export/paint.h"

#include "themes/color.h"

/* Of a cell and of the margin, in tenths of a pixel; the font is 14 pixels high. */
enum { CELL_WIDTH = 84, CELL_HEIGHT = 165, BASELINE = 128, MARGIN = 100 };

static void put_length(const char *name, int tenths, FILE *out)
{
	fprintf(out, " %s=\"%d.%d\"", name, tenths / 10, tenths % 10);
}

void paint_svg_begin(int columns, int rows, const struct theme *theme, const char *title, FILE *out)
{
	struct paint_ground g = paint_ground(theme);
	int w = columns * CELL_WIDTH + 2 * MARGIN, h = rows * CELL_HEIGHT + 2 * MARGIN;

	fprintf(out, "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d.%d %d.%d\"", w / 10,
		w % 10, h / 10, h % 10);
	put_length("width", w, out);
	put_length("height", h, out);
	fputs(">\n<title>", out);
	paint_escaped(title, out);
	fprintf(out, "</title>\n<style>\n"
		     "text { font-family: \"DejaVu Sans Mono\", Menlo, \"Cascadia Mono\", Consolas, monospace;"
		     " font-size: 14px; white-space: pre; }\n.t { fill: %s; }\n.g { fill: %s; }\n", g.light_text,
		g.light_ground);
	if (g.both)
		fprintf(out, "@media (prefers-color-scheme: dark) {\n.t { fill: %s; }\n"
			     ".g { fill: %s; }\n}\n", g.dark_text, g.dark_ground);
	fputs("</style>\n<rect class=\"g\" width=\"100%\" height=\"100%\" />\n", out);
}

static void put_fill(int color, FILE *out)
{
	if (color >= 0)
		fprintf(out, " fill=\"#%06x\"", color_rgb(color));
	else
		fprintf(out, " class=\"%s\"", color == PAINT_TEXT ? "t" : "g");
}

static void put_paper(const struct paint_run *run, int y, FILE *out)
{
	fputs("<rect", out);
	put_length("x", MARGIN + run->x * CELL_WIDTH, out);
	put_length("y", MARGIN + y * CELL_HEIGHT, out);
	put_length("width", run->cells * CELL_WIDTH, out);
	put_length("height", CELL_HEIGHT, out);
	put_fill(run->paper, out);
	fputs(" />\n", out);
}

/* Stretched to the width of its cells, whatever font its glyphs come from. */
static void put_text(const struct canvas *canvas, const struct paint_run *run, int row, int y,
	FILE *out)
{
	unsigned attrs = run->style.attrs;

	fputs("<text", out);
	put_length("x", MARGIN + run->x * CELL_WIDTH, out);
	put_length("y", MARGIN + y * CELL_HEIGHT + BASELINE, out);
	put_length("textLength", run->cells * CELL_WIDTH, out);
	fputs(" lengthAdjust=\"spacingAndGlyphs\"", out);
	put_fill(run->ink, out);
	fputs(attrs & ATTR_BOLD ? " font-weight=\"bold\"" : "", out);
	fputs(attrs & ATTR_ITALIC ? " font-style=\"italic\"" : "", out);
	fputs(attrs & ATTR_UNDERLINE ? " text-decoration=\"underline\"" : "", out);
	fputs(attrs & ATTR_DIM ? " opacity=\".7\"" : "", out);
	fputs(" xml:space=\"preserve\">", out);
	paint_chars(canvas, run, row, out);
	fputs("</text>\n", out);
}

void paint_svg_rows(const struct canvas *canvas, int y, const struct theme *theme, FILE *out)
{
	struct paint_run run;

	for (int row = 0; row < canvas->h; row++) {
		for (int x = 0; paint_run(canvas, theme, x, row, &run); x += run.cells) {
			if (run.paper != PAINT_GROUND)
				put_paper(&run, y + row, out);
			if (!run.blank)
				put_text(canvas, &run, row, y + row, out);
		}
	}
}

void paint_svg_end(FILE *out)
{
	fputs("</svg>\n", out);
}

bool paint_svg(const struct canvas *canvas, const struct theme *theme, const char *title, FILE *out)
{
	paint_svg_begin(canvas->w, canvas->h, theme, title, out);
	paint_svg_rows(canvas, 0, theme, out);
	paint_svg_end(out);
	return !ferror(out);
}
