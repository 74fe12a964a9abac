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

/* The key or elem under the cursor, of a long one its beginning. */
void explain_add_value(const struct look *l, bool elem, struct text *out);

/* What a delete leaves of an entry's bytes; `string`: of a string, where that is told apart. */
void explain_deleted(const struct maptype *type, const char *string, struct text *out);

/* What a byte of a key or elem is: of which, and of which value where the slot is `full`. */
void explain_part_byte(const struct look *l, bool full, struct text *out);

/* The live key under the cursor is a NaN: it equals nothing, not even itself. */
bool explain_is_nan(const struct look *l);

#endif
