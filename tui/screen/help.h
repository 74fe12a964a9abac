/* SPDX-License-Identifier: MIT */
/* The help page: every key as it is bound, and every command. Made from the tables. */
#ifndef TUI_SCREEN_HELP_H
#define TUI_SCREEN_HELP_H

#include "tui/canvas/pane.h"
#include "tui/screen/action.h"
#include "tui/view/design.h"

/* Returns how many rows the help has. */
int help_draw(const struct keymap *map, const struct design *d, const struct pane *p);

/* What the marks in the rows of units mean, from row y on; returns the row behind. */
int help_marks(const struct design *d, const struct pane *p, int y);

#endif
