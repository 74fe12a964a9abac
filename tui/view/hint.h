/* SPDX-License-Identifier: MIT */
/* The hint calculator: the same entries in maps made with different hints, really filled. */
#ifndef TUI_VIEW_HINT_H
#define TUI_VIEW_HINT_H

#include "model/session/session.h"
#include "tui/canvas/pane.h"

/*
 * For as many entries as the map has, the hint it was made with, no hint, and the right one.
 * Returns the rows it takes; 0 where there is nothing to compare, or too much to fill.
 */
int view_hint(const struct session *s, const struct pane *p);

#endif
