/* SPDX-License-Identifier: MIT */
/*
 * How far work is that takes long, in words: the operation it has come to, of how many, its share,
 * how many it does in a second, and the time that is left. What is not known is left out.
 */
#ifndef TUI_VIEW_PROGRESS_H
#define TUI_VIEW_PROGRESS_H

#include "model/base/text.h"
#include "model/session/session.h"

enum { PROGRESS_FIRST_MS = 500, PROGRESS_MS = 250 }; /* told from when on, and how often */

struct progress {
	long long began, told; /* ms of a clock that only goes forth */
	uint64_t from;         /* the operation it began behind */
};

void progress_begin(struct progress *p, const struct session *s);

/* Whether it is time to tell; if so the words are added. */
bool progress_due(struct progress *p, const struct session *s, struct text *words);

#endif
