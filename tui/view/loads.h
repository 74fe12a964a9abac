/* SPDX-License-Identifier: MIT */
/* The table of loads, model/session/loads.h, in Markdown and as a view. */
#ifndef TUI_VIEW_LOADS_H
#define TUI_VIEW_LOADS_H

#include <stdio.h>

#include "model/session/session.h"
#include "tui/canvas/pane.h"

/* The table, and what its columns are. False when the type's keys do not suffice. */
bool loads_table(struct session *s, FILE *out, struct error *err);

/* Draws the same, or why there is none; returns the rows that it takes. */
int view_loads(struct session *s, const struct pane *p);

#endif
