/* SPDX-License-Identifier: MIT */
/* The four figures of a heap profile along the timeline, as a table and as a chart. */
#ifndef TUI_VIEW_LIFE_H
#define TUI_VIEW_LIFE_H

#include "model/session/session.h"
#include "tui/canvas/pane.h"

/* Goes through the whole timeline and comes back. Returns the rows it takes. */
int view_life(struct session *s, const struct pane *p);

#endif
