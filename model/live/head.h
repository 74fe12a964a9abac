/* SPDX-License-Identifier: MIT */
/*
 * Heads: the headers of maps in a program's memory. Whether an object is one is
 * told by its laws alone: what it points to has to be there, as large as it says, and has to
 * count what it counts. Of maps that have memory no wrong one was seen; one without any unit looks
 * like other things, and is only counted.
 *
 * No key and no elem is read for that; of a Swiss map not even its groups.
 */
#ifndef MODEL_LIVE_HEAD_H
#define MODEL_LIVE_HEAD_H

#include "model/live/rtype.h"
#include "model/live/spans.h"

enum { HEAD_ARRAYS = 8 };

enum head_kind {
	HEAD_NONE,
	HEAD_EMPTY,      /* it has no unit */
	HEAD_HELD,       /* it has memory */
};

struct head {
	uint64_t at;
	uint64_t entries;
	bool writing;           /* a write was under way */
	bool growing;           /* in a design that does so in parts */
	uint64_t units;         /* with those that are linked to others */
	uint64_t slots;         /* in which entries can be, */
	uint64_t dead;          /* and that are tombstones */
	uint64_t bytes;         /* objects that it reaches, but for keys and elems stored apart, */
	uint64_t linked;        /* and for units that are linked to others, so many, */
	bool spare_left;        /* that all came with the array; else it has no more */
	uint64_t unit_object;   /* an array of units: in which object, */
	uint64_t unit_bytes;    /* of so many bytes, */
	uint64_t unit_count;    /* for so many units at least */
	uint64_t unit_type;     /* the type that it was allocated with; 0: not told */
	bool noscan;            /* they have no pointers */
	uint32_t arrays[HEAD_ARRAYS]; /* of 1, 2, 4, .. units, in a design that has several */
};

/* Where maps are looked for. */
struct heap_view {
	struct rtypes types;
	struct spans spans;
};

/* What is at that address. */
enum head_kind head_read(struct heap_view *h, uint64_t at, struct head *head);

/* Told of each one in the heap that has memory; returns the number of the others. */
typedef void head_sink(void *data, const struct head *head);
uint64_t heads_find(struct heap_view *h, head_sink *sink, void *data);

#endif
