/* SPDX-License-Identifier: MIT */
/* Histograms of how the entries lie in their chains, beside what a perfect hash would give. */
#ifndef TUI_VIEW_SHAPE_H
#define TUI_VIEW_SHAPE_H

#include "model/session/session.h"
#include "tui/canvas/pane.h"

/* Returns the rows it takes. Walks the whole map. */
int view_shape(struct session *s, const struct pane *p);

#endif
