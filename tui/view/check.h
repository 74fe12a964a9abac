/* SPDX-License-Identifier: MIT */
/* The laws of the map's memory, each with whether it holds, and where those that do not break. */
#ifndef TUI_VIEW_CHECK_H
#define TUI_VIEW_CHECK_H

#include "model/session/session.h"
#include "tui/canvas/pane.h"

/* Returns the rows it takes. Walks the whole map. */
int view_check(struct session *s, const struct pane *p);

#endif
