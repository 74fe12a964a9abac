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

/* The slot, when it is free: at the end of its chain (emptyRest), or a tombstone. */
void explain_rest(const struct look *l, struct text *out);
void explain_tombstone(const struct look *l, struct text *out);

/* That a growth comes before the next new key finds its slot; false, and nothing said, if not. */
bool explain_growth_first(const struct look *l, struct text *out);

/* What became, or will become, of the bytes of an evacuated cell under the cursor. */
enum left_behind {
	LEFT_AS_IT_WAS,    /* nobody clears what has no pointers */
	LEFT_WIPED,
	LEFT_FOR_RANGE,
	LEFT_TO_BE_WIPED,  /* its evacuation is not over */
	LEFT_TO_BE_CUT,    /* nor is that of its overflow bucket's chain */
};
enum left_behind explain_left_behind(const struct look *l);

/* The live key under the cursor is a NaN: it equals nothing, not even itself. */
bool explain_is_nan(const struct look *l);

/* What a lookup compares before it takes a live slot's key for its own. */
const char *explain_lookup(const struct look *l);

/* Where the live cell under the cursor, in the old array, will move to. */
void explain_move(const struct look *l, struct text *out);

#endif
