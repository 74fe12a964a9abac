/* SPDX-License-Identifier: MIT */
#include "tui/export/paint.h"

#include "themes/color.h"

void paint_html_begin(const struct theme *theme, const char *title, FILE *out)
{
	struct paint_ground g = paint_ground(theme);

	fputs("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\" />\n"
	      "<meta name=\"viewport\" content=\"width=device-width\" />\n<title>", out);
	paint_escaped(title, out);
	fprintf(out, "</title>\n<style>\n:root { --text: %s; --ground: %s; }\n", g.light_text,
		g.light_ground);
	if (g.both)
		fprintf(out, "@media (prefers-color-scheme: dark) {\n"
			     ":root { --text: %s; --ground: %s; }\n}\n", g.dark_text, g.dark_ground);
	/* A run of cells is as wide as its cells, whatever font its glyphs come from. */
	fputs("body { margin: 1em; color: var(--text); background: var(--ground); }\n"
	      "pre { margin: 0; font: 14px/1.18 \"DejaVu Sans Mono\", Menlo, \"Cascadia Mono\", Consolas,"
	      " monospace; }\n"
	      "pre span { display: inline-block; white-space: pre; vertical-align: top; }\n"
	      "</style>\n</head>\n<body>\n<pre>", out);
}

static void put_color(const char *property, int color, FILE *out)
{
	if (color >= 0)
		fprintf(out, ";%s:#%06x", property, color_rgb(color));
	else
		fprintf(out, ";%s:var(--%s)", property, color == PAINT_TEXT ? "text" : "ground");
}

static void put_span(const struct paint_run *run, FILE *out)
{
	unsigned attrs = run->style.attrs;

	fprintf(out, "<span style=\"width:%dch", run->cells);
	if (run->ink != PAINT_TEXT)
		put_color("color", run->ink, out);
	if (run->paper != PAINT_GROUND)
		put_color("background", run->paper, out);
	fputs(attrs & ATTR_BOLD ? ";font-weight:bold" : "", out);
	fputs(attrs & ATTR_ITALIC ? ";font-style:italic" : "", out);
	fputs(attrs & ATTR_UNDERLINE ? ";text-decoration:underline" : "", out);
	fputs(attrs & ATTR_DIM ? ";opacity:.7" : "", out);
	fputs("\">", out);
}

void paint_html_rows(const struct canvas *canvas, const struct theme *theme, FILE *out)
{
	struct paint_run run;

	for (int y = 0; y < canvas->h; y++) {
		for (int x = 0; paint_run(canvas, theme, x, y, &run); x += run.cells) {
			bool bare = run.blank || (run.plain && canvas_at(canvas, x, y)->ch < 0x80);

			if (!bare)
				put_span(&run, out);
			paint_chars(canvas, &run, y, out);
			if (!bare)
				fputs("</span>", out);
		}
		putc('\n', out);
	}
}

void paint_html_end(FILE *out)
{
	fputs("</pre>\n</body>\n</html>\n", out);
}

bool paint_html(const struct canvas *canvas, const struct theme *theme, const char *title, FILE *out)
{
	paint_html_begin(theme, title, out);
	paint_html_rows(canvas, theme, out);
	paint_html_end(out);
	return !ferror(out);
}
