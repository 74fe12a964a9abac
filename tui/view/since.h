/* SPDX-License-Identifier: MIT */
/*
 * What has changed since a mark, for one who asks again and again as time is stepped through.
 *
 * Law: it is what changes_since() finds. A byte has changed when some record of the journal, from
 * the mark to the present, was of another value than what followed it. So what changed from the
 * mark to a base somewhat before the present stays true while time is stepped through behind that
 * base, and is kept; what changed since the base is looked at anew, and is little.
 */
#ifndef TUI_VIEW_SINCE_H
#define TUI_VIEW_SINCE_H

#include "tui/view/changes.h"

struct since {
	struct changes settled;  /* from the mark to the base */
	size_t mark, base;       /* positions of the journal */
	uint64_t taken;          /* the memory's version then */
	uint64_t version; /* the one asked for last; 0: none, or what was told is overwritten */
};

void since_free(struct since *k);

/* Others have written to what since_point() filled. */
void since_forget(struct since *k);

/* Fills c, which lasts as long as k. False when the journal does not reach that far. */
bool since_point(struct since *k, struct changes *c, struct session *s, uint64_t point);

#endif
