/* SPDX-License-Identifier: MIT */
/*
 * Painted pictures: a canvas in the colours of a theme as text with colours, as a page for
 * browsers and as a drawing. Each is one file that refers to nothing outside, holds no control
 * characters but those that colour, and keeps its text as text.
 *
 * A theme that leaves plain text in the terminal's own colours looks good on a light and on a
 * dark ground; then pages and drawings follow what the reader prefers. Else the ground is the one
 * that the theme's text can be read on.
 *
 * Colours on that ground are those of the theme, made darker or brighter where they could not be
 * read (contrast.h): on a light ground others than on a dark one. So pages and drawings name them,
 * c0 to c255 and c256 for dim text, and say once what each is.
 */
#ifndef TUI_EXPORT_PAINT_H
#define TUI_EXPORT_PAINT_H

#include <stdio.h>

#include "model/base/text.h"
#include "themes/theme.h"
#include "tui/canvas/canvas.h"

/* Of text in drawings and pages, in CSS. */
#define PAINT_FONTS "\"DejaVu Sans Mono\", Menlo, \"Cascadia Mono\", Consolas, monospace"

/*
 * What an ANSI picture begins with: all looks that cells may have end here. No other program says
 * it in these words, so that it is also the mark by which such a file is known again.
 */
#define PAINT_ANSI_MARK "\033[0;22;23;24;27;39;49m"

/*
 * What leads a terminal of that size from one picture to another, which is as large: only cells
 * that differ are sent, each with its place.
 */
bool paint_ansi_changes(const struct canvas *before, const struct canvas *now,
	const struct theme *theme, FILE *out);

/* For the three formats, paint_*.c */

/* Cells of a row that look alike, and are drawn alike by whatever font. */
struct paint_run {
	int x, cells;
	int end;              /* of what shows in the row */
	struct style style;   /* reverse is done: ink and paper are */
	int ink, paper;       /* 0..255, PAINT_DIM, PAINT_TEXT or PAINT_GROUND */
	bool fixed;           /* with a ground of its own: neither is of the palette */
	bool blank, plain;    /* nothing shows; text as any other */
};

enum { PAINT_TEXT = -1, PAINT_GROUND = -2 }; /* the reader's own, */
enum { PAINT_DIM = 256 };                    /* and between the two */

/*
 * The run from x on, which is 0 or the end of the one that *run is; false behind the last one that
 * shows anything.
 */
bool paint_run(const struct canvas *canvas, const struct theme *theme, int x, int y,
	struct paint_run *run);

/* The run's characters, escaped for XML; any text, without its controls. */
void paint_chars(const struct canvas *canvas, const struct paint_run *run, int y,
	struct text *out);
void paint_escaped(const char *text, struct text *out);

/* #rrggbb, of a run with a ground of its own. */
void paint_fixed(const struct paint_run *run, bool paper, struct text *out);

/* The colours of a theme on its light or dark ground, each as BEFORE number BETWEEN #rrggbb
   AFTER. */
void paint_palette(const struct theme *theme, bool dark, const char *before, const char *between,
	const char *after, struct text *out);

/* Writes what was put together and begins anew; pictures of millions of rows go by the band. */
void paint_flush(struct text *part, FILE *out);

/* The ground and plain text, as #rrggbb; the same twice unless the reader may choose. */
struct paint_ground {
	const char *light_ground, *light_text, *dark_ground, *dark_text;
	bool both;
};

struct paint_ground paint_ground(const struct theme *theme);

#endif
