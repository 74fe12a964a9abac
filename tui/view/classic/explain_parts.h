/* SPDX-License-Identifier: MIT */
/* What the files that explain a classic map share: explain*.c. */
#ifndef TUI_VIEW_CLASSIC_EXPLAIN_PARTS_H
#define TUI_VIEW_CLASSIC_EXPLAIN_PARTS_H

#include "tui/view/classic/classic_design.h"
#include "tui/view/explain.h"

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

/* What a lookup compares before it takes a live slot's key for its own. */
const char *explain_lookup(const struct look *l);

/* Where the live cell under the cursor, in the old array, will move to. */
void explain_move(const struct look *l, struct text *out);

#endif
