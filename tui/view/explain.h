/* SPDX-License-Identifier: MIT */
/*
 * What is under the cursor, in two or three plain sentences: what it is, why it has this value,
 * what will happen to it next. Exact for its state; how the runtime behaves is in model/.
 */
#ifndef TUI_VIEW_EXPLAIN_H
#define TUI_VIEW_EXPLAIN_H

#include "tui/view/look.h"

/* A field of the header, a cell of the atlas, a byte where bytes are looked at, else the slot. */
void explain(const struct look *l, struct text *out);

/* The slot under the cursor: its state. */
void explain_slot(const struct look *l, struct text *out);

/* The byte under the cursor. */
void explain_byte(const struct look *l, struct text *out);

/* The field of hmap or mapextra under the cursor. */
void explain_field(const struct look *l, struct text *out);

/* What a lookup compares before it takes a live slot's key for its own. */
const char *explain_lookup(const struct look *l);

/* Where the live cell under the cursor, in the old array, will move to. */
void explain_move(const struct look *l, struct text *out);

#endif
