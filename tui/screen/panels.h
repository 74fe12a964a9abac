/* SPDX-License-Identifier: MIT */
/*
 * The framed panels: the header's, the arrays, the closer looks at a unit. Each notes in the
 * screen's state where it is, for the mouse and for scrolling.
 */
#ifndef TUI_SCREEN_PANELS_H
#define TUI_SCREEN_PANELS_H

#include "tui/screen/layout.h"
#include "tui/screen/plan.h"

void panel_header(struct screen_state *st, const struct pane *p);
void panel_atlas(struct screen_state *st, const struct pane *p);

/* The array; while growing the old one too, beside it or below. */
void panel_arrays(struct screen_state *st, const struct pane *p);

/* On a lower edge: the minimap and why a growth began, where they are not told
   elsewhere; spares. */
void panel_edge(struct screen_state *st, const struct plan *plan);

/* The unit under the cursor, closer. */
void panel_below(struct screen_state *st, const struct plan *plan, const struct pane *p);

#endif
