/* SPDX-License-Identifier: MIT */
/*
 * The range loop of a snapshot: written, read, and put back.
 *
 *     "range": {.., "over": false, "left": false, "keys": ["7", "1"], "stands": {..}}
 *
 * keys is what came. Where it began, and what stands has, is the design's: see buckets_loop.c and
 * groups_loop.c. A loop that nobody goes on with does not stand anywhere: it is over, or was left,
 * or walks memory that no snapshot shows.
 */
#ifndef MODEL_SOURCE_LOOP_H
#define MODEL_SOURCE_LOOP_H

#include "model/source/buckets.h"
#include "model/source/groups.h"
#include "model/source/reading.h"
#include "model/time/world.h"

struct source_loop {
	bool there;                          /* all below is nothing otherwise */
	bool over, left, stands;
	char **keys;                         /* literals; owned */
	size_t count, cap;
	/* By the design: */
	struct buckets_loop buckets;
	struct groups_loop groups;
};

struct rebuilding;
struct snapshot_reading;

/* The field "range" of a snapshot, as a JSON object. */
void loop_add_json(const struct world *w, struct text *out);

/* Reads that field into a struct snapshot_reading; free it in any case. */
bool loop_read(struct reading *r, void *into);
void loop_free(struct source_loop *l);

/* For the designs: "stands", by a table of its members. An object or null; *there tells. */
bool loop_read_part(struct reading *r, const struct members *fields, void *into, bool *there);

/*
 * Puts it into the world, whose map is back. False when it cannot be gone on with, though it was
 * under way: there is no loop then.
 */
bool loop_restore(const struct rebuilding *r);

#endif
