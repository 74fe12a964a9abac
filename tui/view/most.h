/* SPDX-License-Identifier: MIT */
/* On pages of figures: the largest moment of the map's life so far. */
#ifndef TUI_VIEW_MOST_H
#define TUI_VIEW_MOST_H

#include "model/session/session.h"
#include "tui/sheet/sheet.h"

/* In words. False where that is not known: without a map, and of one that a file or a program has
   brought, whose life began before. */
bool most_words(const struct session *s, struct text *out);

/* The figures alone; and both, as a sentence and as figures. */
void most_facts(const struct session *s, struct sheet *out);
void most_sheet(const struct session *s, struct sheet *out);

#endif
