/* SPDX-License-Identifier: MIT */
/*
 * The map in few rows, for pictures that come in a sequence: the counts of the header in one line
 * and the units, without frames. Of an array with many units only those are shown that have
 * changed, and how many lie between them.
 */
#ifndef TUI_PAGE_COMPACT_H
#define TUI_PAGE_COMPACT_H

#include "tui/canvas/canvas.h"
#include "tui/view/look.h"

/* With the changes and the cursor of the look. Free with canvas_free(). */
struct canvas *compact_draw(const struct look *l, int width, bool ascii);

#endif
