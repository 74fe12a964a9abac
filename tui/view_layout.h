/* SPDX-License-Identifier: MIT */
/*
 * The same map on two targets, side by side: hmap, mapextra and the bucket field by field, with
 * offsets, sizes, padding, the size class and what storing pairs would cost.
 */
#ifndef TUI_VIEW_LAYOUT_H
#define TUI_VIEW_LAYOUT_H

#include "model/session.h"
#include "tui/pane.h"

/* Returns the rows it takes. The other target is the one with the other word size. */
int view_layout(const struct session *s, const struct pane *p);

#endif
