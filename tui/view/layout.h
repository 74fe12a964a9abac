/* SPDX-License-Identifier: MIT */
/*
 * The same map on two targets, side by side, or one below the other where there is no room:
 * header and unit field by field, with offsets, sizes, alignment and padding, the
 * size classes and what storing pairs would cost. What differs is marked.
 */
#ifndef TUI_VIEW_LAYOUT_H
#define TUI_VIEW_LAYOUT_H

#include "tui/view/present.h"

/* Returns the rows it takes. */
int view_layout(const struct present *now, const struct pane *p);

#endif
