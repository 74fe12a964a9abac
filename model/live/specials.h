/* SPDX-License-Identifier: MIT */
/*
 * Specials: records of the runtime on objects, in a list at their span. Some keep objects alive: a
 * finalizer itself, and all that its object leads to; a weak handle; a cleanup.
 *
 * Source: runtime/mheap.go, type special and those that begin with one; their kinds by release.
 */
#ifndef MODEL_LIVE_SPECIALS_H
#define MODEL_LIVE_SPECIALS_H

#include "model/live/live.h"

struct special {
	uint64_t value; /* what is kept, or leads to what is: of a finalizer its object, */
	bool object;              /* which this says: then what it leads to */
};

struct specials {
	struct special *list;     /* owned */
	size_t count, cap;
};

void specials_find(struct specials *all, struct live *l);
void specials_free(struct specials *all);

#endif
