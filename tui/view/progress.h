/* SPDX-License-Identifier: MIT */
/*
 * How far work is that takes long, in words: the operation or whatever it is counted in that it has
 * come to, of how many, its share, how many it does in a second, and the time that is left. What is
 * not known is left out.
 */
#ifndef TUI_VIEW_PROGRESS_H
#define TUI_VIEW_PROGRESS_H

#include "model/base/text.h"
#include "model/base/work.h"

enum { PROGRESS_FIRST_MS = 100, PROGRESS_MS = 250 }; /* told from when on, and how often */

struct progress {
	double began, told; /* ms of a clock that only goes forth */
	/* Of what is counted now, as one work may follow another: */
	const char *unit;      /* NULL: nothing yet */
	uint64_t from, at, of;
	double since;
};

void progress_begin(struct progress *p);

/* Whether it is time to tell; if so the words are added. */
bool progress_due(struct progress *p, const struct work *work, struct text *words);

#endif
