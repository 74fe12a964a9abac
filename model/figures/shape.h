/* SPDX-License-Identifier: MIT */
/*
 * How the entries lie in their chains, and how that compares with a perfect hash, which would
 * throw them into the buckets at random (chance.h).
 *
 * A chain counts where a lookup would search it: in the old array while its bucket still waits.
 */
#ifndef MODEL_FIGURES_SHAPE_H
#define MODEL_FIGURES_SHAPE_H

#include "model/map/map.h"

enum {
	SHAPE_FILLS = 33,  /* chains of 0 to 31 entries, and of more */
	SHAPE_LINKS = 9,   /* with 0 to 7 overflow buckets, and more */
};

/* Nothing but uint64_t in it. */
struct shape {
	uint64_t chains, entries, overflow; /* overflow buckets */
	uint64_t fills[SHAPE_FILLS];        /* chains by entries; the last are all that have more */
	uint64_t links[SHAPE_LINKS];        /* chains by overflow buckets */
	/* Slots that lookups look at: of each entry once, and of a miss in each chain. */
	uint64_t hit_probes, miss_probes;
};

/* Walks the whole map. */
void shape_take(const struct map *m, struct shape *s);

/*
 * The chain that starts at bucket `index` of an array alone: what it adds to a shape, or takes
 * away. Nothing when no lookup would search it.
 */
void shape_add_chain(const struct map *m, bool old, uint64_t index, struct shape *s);
void shape_subtract(struct shape *s, const struct shape *part);

/* How many of the chains a perfect hash would give k entries; the last k stands for all above. */
double shape_ideal_fill(const struct shape *s, unsigned k);

#endif
