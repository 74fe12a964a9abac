/* SPDX-License-Identifier: MIT */
/*
 * The range loop of a snapshot: written, read, and put back.
 *
 *     "range": {"bucket": 3, "slot": 5, "over": false, "left": false, "keys": ["7", "1"],
 *       "stands": {"array": "buckets", "next": 6, "wrapped": false,
 *         "at": {"array": "buckets", "bucket": 5, "chain": 0, "done": 2}}}
 *
 * bucket and slot are where it began, keys what came. stands says from where it goes on: the
 * array that it walks, the bucket that is next, and between buckets null, or else the bucket that
 * it is in, how far down its chain and how many of the eight slots are done; where the release's
 * header counts the clears, also the count when it began, "clearseq". A loop that nobody
 * goes on with does not stand anywhere: it is over, or was left, or walks memory that no snapshot
 * shows: an array that is gone, a chain that was cut off. Of an old array's evacuated cells the
 * raw bytes show the keys only if these have no pointers; else such a loop cannot go on either.
 */
#ifndef MODEL_SOURCE_LOOP_H
#define MODEL_SOURCE_LOOP_H

#include <jansson.h>

#include "model/source/reading.h"
#include "model/time/world.h"

struct source_loop {
	bool there;                          /* all below is nothing otherwise */
	bool over, left, stands;
	uint64_t bucket, slot;               /* where it began */
	bool old;                            /* the array that it walks */
	uint64_t next;                       /* bucket */
	bool wrapped;
	uint64_t clears;                     /* of the map when it began */
	bool inside;                         /* it is in a bucket: */
	bool at_old;
	uint64_t at_bucket, chain, done;
	char **keys;                         /* literals; owned */
	size_t count, cap;
};

/* The keys that came so far in the last loop; the loop. New references. */
json_t *loop_keys_json(const struct world *w);
json_t *loop_json(const struct world *w);

/* Reads the field "range" of a snapshot; free it in any case. */
bool loop_read(struct reading *r, struct source_loop *l);
void loop_free(struct source_loop *l);

/*
 * Puts it into a world whose map is back. False when it cannot be gone on with, though it was
 * under way: there is no loop then.
 */
bool loop_restore(struct world *w, const struct source_loop *l);

#endif
