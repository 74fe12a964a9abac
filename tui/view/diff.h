/* SPDX-License-Identifier: MIT */
/* What is different between two points of time: bytes by cause, and cells. */
#ifndef TUI_VIEW_DIFF_H
#define TUI_VIEW_DIFF_H

#include "model/session/session.h"
#include "tui/canvas/pane.h"

/*
 * The points or files that `diff` chose; without, the last two snapshots, or the last one and now,
 * or all since the map was made. Returns the rows it takes.
 */
int view_diff(struct session *s, const struct pane *p);

#endif
