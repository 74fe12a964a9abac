/* SPDX-License-Identifier: MIT */
/*
 * What the key or elem under the cursor leads to: the object that it is stored in when it is
 * large, and behind its pointers the bytes of strings, the arrays of slices, what interfaces
 * hold; of structs and arrays part by part.
 */
#ifndef TUI_VIEW_LEADS_H
#define TUI_VIEW_LEADS_H

#include "tui/canvas/pane.h"
#include "tui/view/look.h"

/* Draws them from row y on. Returns the rows. The slot is live. */
int view_leads(const struct look *l, const struct pane *p, int y, bool elem);

#endif
