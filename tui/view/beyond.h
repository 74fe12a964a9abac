/* SPDX-License-Identifier: MIT */
/* On pages of figures: what is not of the map's own objects: what its entries lead to, the
   stack. */
#ifndef TUI_VIEW_BEYOND_H
#define TUI_VIEW_BEYOND_H

#include "model/session/session.h"
#include "tui/sheet/sheet.h"

/* What pointers lead to, as far as their types tell. False when they lead to nothing. */
bool beyond_pointers(const struct session *s, struct text *out);

/* What strings, slices and interfaces lead to now. False when that is nothing. */
bool beyond_values(const struct session *s, struct text *out);

/* What is on the stack, or would be; what was allocated then, too. False where that is not
   known. */
bool beyond_stack(const struct session *s, bool allocated, struct text *out);

/* All of it, as sentences and as figures; nothing where nothing is led to. */
void beyond_sheet(const struct session *s, struct sheet *out);

/* The figures alone. */
void beyond_facts(const struct session *s, struct sheet *out);

#endif
