/* SPDX-License-Identifier: MIT */
/*
 * Gathering: the spans of the heap that a map needs, with all that its keys and elems show. Done
 * on the running program it is a guess at what to copy; done on the copy it says what is missing,
 * and which words lead out of the heap.
 */
#ifndef MODEL_LIVE_GATHER_H
#define MODEL_LIVE_GATHER_H

#include "model/live/capture.h"
#include "model/live/refs.h"

struct gathering {
	struct heap_view *view;       /* where is read: the program's, or a copy's */
	const struct copied *copied;  /* NULL: nothing was copied */
	struct capture *patched;      /* whose patches are filled; NULL: nobody's */
	struct wanted *wanted;        /* what is needed and was not copied is added */
	bool lacking;                 /* there was such a thing */
	struct rtype type, key, elem; /* of the map */
	struct rmap map;
	struct refs_kept refs;
	uint8_t *asked;               /* which of the view's spans are wanted already; owned */
	uint64_t entries;             /* that were met */
};

/* Fills type and its parts. False when it is no map type. */
bool gather_begin(struct gathering *g, struct heap_view *view, uint64_t type);
void gather_end(struct gathering *g);

/* False when something could not be read or makes no sense, unless it was not copied. */
bool gather(struct gathering *g, const struct head *head);

#endif
