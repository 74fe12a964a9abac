/* SPDX-License-Identifier: MIT */
#include "tui/paint.h"
#include "tui/glyph.h"

/* Select Graphic Rendition, ECMA-48; colours by their number of 256. */
static void put_style(const struct style *style, FILE *out)
{
	static const struct {
		unsigned attr;
		int code;
	} codes[] = { { ATTR_BOLD, 1 }, { ATTR_DIM, 2 }, { ATTR_ITALIC, 3 }, { ATTR_UNDERLINE, 4 },
		{ ATTR_REVERSE, 7 } };
	const char *separator = "\033[";

	for (size_t i = 0; i < sizeof codes / sizeof *codes; i++) {
		if (!(style->attrs & codes[i].attr))
			continue;
		fprintf(out, "%s%d", separator, codes[i].code);
		separator = ";";
	}
	if (style->fg >= 0) {
		fprintf(out, "%s38;5;%d", separator, style->fg);
		separator = ";";
	}
	if (style->bg >= 0) {
		fprintf(out, "%s48;5;%d", separator, style->bg);
		separator = ";";
	}
	if (*separator == ';')
		putc('m', out);
}

bool paint_ansi(const struct canvas *canvas, const struct theme *theme, FILE *out)
{
	char utf8[GLYPH_UTF8_MAX];
	struct paint_run run;

	for (int y = 0; y < canvas->h; y++) {
		for (int x = 0; paint_run(canvas, theme, x, y, &run); x += run.cells) {
			if (!run.blank)
				put_style(&run.style, out);
			for (int i = x; i < x + run.cells; i++) {
				char32_t ch = canvas_at(canvas, i, y)->ch;

				if (ch)
					fwrite(utf8, 1, utf8_encode(ch, utf8), out);
			}
			if (!run.blank && !run.plain)
				fputs("\033[m", out);
		}
		putc('\n', out);
	}
	return !ferror(out);
}
