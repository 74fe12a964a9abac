/* SPDX-License-Identifier: MIT */
#include "tui/export/paint.h"
#include "tui/export/picture.h"

/* What names stand for on a ground. */
static void put_root(const struct theme *theme, bool dark, FILE *out)
{
	struct paint_ground g = paint_ground(theme);
	struct text names = { 0 };

	paint_palette(theme, dark, " --c", ": ", ";", &names);
	fprintf(out, ":root { --text: %s; --ground: %s;%s }\n", dark ? g.dark_text : g.light_text,
		dark ? g.dark_ground : g.light_ground, text_str(&names));
	text_free(&names);
}

static void begin_html(const struct picture *pic)
{
	struct paint_ground g = paint_ground(pic->theme);
	FILE *out = pic->out;
	struct text escaped = { 0 };

	paint_escaped(pic->title, &escaped);
	fputs("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\" />\n"
	      "<meta name=\"viewport\" content=\"width=device-width\" />\n<title>", out);
	fprintf(out, "%s</title>\n<style>\n", text_str(&escaped));
	text_free(&escaped);
	/* A run of cells is as wide as its cells, whatever font its glyphs come from. */
	fputs("body { margin: 1em; color: var(--text); background: var(--ground); }\n"
	      "pre { margin: 0; font: 14px/1.18 " PAINT_FONTS "; }\n"
	      "pre { break-inside: avoid; }\n"
	      "pre span { display: inline-block; white-space: pre; vertical-align: top; }\n", out);
	put_root(pic->theme, false, out);
	if (g.both) {
		fputs("@media (prefers-color-scheme: dark) {\n", out);
		put_root(pic->theme, true, out);
		fputs("}\n", out);
	}
	fputs("</style>\n</head>\n<body>\n<pre>", out);
}

static void put_color(const char *property, const struct paint_run *run, bool paper,
	struct text *out)
{
	int color = paper ? run->paper : run->ink;

	text_add(out, property);
	if (run->fixed) {
		paint_fixed(run, paper, out);
	} else if (color >= 0) {
		text_add(out, "var(--c");
		text_add_number(out, (unsigned)color);
		text_addc(out, ')');
	} else {
		text_add(out, color == PAINT_TEXT ? "var(--text)" : "var(--ground)");
	}
}

static void put_span(const struct paint_run *run, struct text *out)
{
	unsigned attrs = run->style.attrs;

	text_add(out, "<span style=\"width:");
	text_add_number(out, (unsigned)run->cells);
	text_add(out, "ch");
	if (run->ink != PAINT_TEXT)
		put_color(";color:", run, false, out);
	if (run->paper != PAINT_GROUND)
		put_color(";background:", run, true, out);
	text_add(out, attrs & ATTR_BOLD ? ";font-weight:bold" : "");
	text_add(out, attrs & ATTR_ITALIC ? ";font-style:italic" : "");
	text_add(out, attrs & ATTR_UNDERLINE ? ";text-decoration:underline" : "");
	text_add(out, "\">");
}

static void put_rows(const struct picture *pic, const struct canvas *canvas)
{
	struct text band = { 0 };
	struct paint_run run;

	text_add(&band, canvas->begins ? "</pre>\n<pre>" : "");
	for (int y = 0; y < canvas->h; y++) {
		for (int x = 0; paint_run(canvas, pic->theme, x, y, &run); x += run.cells) {
			bool bare = run.blank || (run.plain && canvas_at(canvas, x, y)->ch < 0x80);

			if (!bare)
				put_span(&run, &band);
			paint_chars(canvas, &run, y, &band);
			if (!bare)
				text_add(&band, "</span>");
		}
		text_addc(&band, '\n');
	}
	paint_flush(&band, pic->out);
	text_free(&band);
}

static void end_html(const struct picture *pic)
{
	fputs("</pre>\n</body>\n</html>\n", pic->out);
}

const struct picture_format picture_html = { .begin = begin_html, .rows = put_rows,
	.end = end_html };
