/* SPDX-License-Identifier: MIT */
/* On pages of figures: what a map's entries lead to, which is not of the map itself. */
#ifndef TUI_VIEW_BEYOND_H
#define TUI_VIEW_BEYOND_H

#include "model/session/session.h"
#include "tui/sheet/sheet.h"

/* What pointers lead to, as far as their types tell. False when they lead to nothing. */
bool beyond_pointers(const struct session *s, struct text *out);

/* What strings, slices and interfaces lead to now. False when that is nothing. */
bool beyond_values(const struct session *s, struct text *out);

/* Both, as sentences and as figures; nothing where nothing is led to. */
void beyond_sheet(const struct session *s, struct sheet *out);

/* The figures alone. */
void beyond_facts(const struct session *s, struct sheet *out);

#endif
