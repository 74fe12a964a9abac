/* SPDX-License-Identifier: MIT */
/*
 * Heads: the headers of maps in a program's memory, hmap and Map. Whether an object is one is
 * told by its laws alone: what it points to has to be there, as large as it says, and has to
 * count what it counts. Of maps that have memory no wrong one was seen; one of no bucket and no
 * group looks like other things, and is only counted.
 *
 * No key and no elem is read for that; of a Swiss map not even its groups.
 */
#ifndef MODEL_LIVE_HEAD_H
#define MODEL_LIVE_HEAD_H

#include "model/live/rtype.h"
#include "model/live/spans.h"

enum head_kind {
	HEAD_NONE,
	HEAD_EMPTY,      /* it has no bucket and no group */
	HEAD_HELD,       /* it has memory */
};

struct head {
	uint64_t at;
	uint64_t entries;
	bool writing;           /* a write was under way */
	bool growing;           /* of a classic map */
	uint64_t units;         /* buckets or groups, overflow buckets included */
	uint64_t slots;         /* in which entries can be, */
	uint64_t dead;          /* and that are tombstones */
	uint64_t bytes;         /* objects that it reaches, but for keys and elems stored apart, */
	uint64_t overflow;      /* and for overflow buckets, so many of them, */
	bool spare_left;        /* that all came with the array; else it has no more */
	uint64_t unit_object;   /* the array of buckets or a table's groups: in which object, */
	uint64_t unit_bytes;    /* of so many bytes, */
	uint64_t unit_count;    /* for so many units at least */
	uint64_t unit_type;     /* the type that it was allocated with; 0: not told */
	bool noscan;            /* they have no pointers */
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
