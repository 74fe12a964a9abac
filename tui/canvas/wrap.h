/* SPDX-License-Identifier: MIT */
/* Lines too long for a pane, gone on with below. */
#ifndef TUI_CANVAS_WRAP_H
#define TUI_CANVAS_WRAP_H

#include <stddef.h>

#include "model/base/text.h"
#include "tui/canvas/pane.h"

/*
 * Draws text (pane.h) from row y on, broken at blanks; what goes on below is set in by `indent`
 * columns. Returns the rows it takes.
 */
int wrap_text(const struct pane *p, int y, int indent, enum role role, const char *text);

/* Adds one more item, parted from those before, to a line of the pane, if it fits whole. */
bool line_item(struct text *line, const struct pane *p, const char *item);

/* As many rows as the pane has; when that is not all, the last one ends in a cut sign. */
void wrap_most(const struct pane *p, enum role role, const char *text);

/*
 * Adds the first n bytes of text to out, shortened in their middle, between characters and with
 * a … there, to at most so many columns.
 */
void wrap_shorten(struct text *out, const struct canvas *canvas, const char *text, size_t n,
	int most);

/*
 * One more item of a line at *x, *y, which move on behind it and `gap` columns: what does not fit
 * whole begins the next line.
 */
void wrap_item(const struct pane *p, int *x, int *y, int gap, enum role role, const char *words);

#endif
