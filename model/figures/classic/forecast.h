/* SPDX-License-Identifier: MIT */
/*
 * What comes next: when the map grows again, how, what that costs, how long it takes.
 *
 * A figure that depends on which keys come has a least and a most; where these are equal it is
 * exact. Bytes in use depend on the overflow buckets that come until then: these are what chance
 * makes of them, and "about". What is allocated at a growth's start is exact.
 */
#ifndef MODEL_FIGURES_CLASSIC_FORECAST_H
#define MODEL_FIGURES_CLASSIC_FORECAST_H

#include "model/figures/foretold.h"

struct forecast {
	/* The growth under way */
	bool growing;
	uint64_t waiting;       /* old buckets that were not evacuated yet */
	struct span writes;     /* until it is over */

	/* The next one */
	bool same_size;         /* for its overflow buckets, else for its load */
	struct span inserts;    /* of new keys, the one that starts it included */
	uint64_t overflow_left; /* overflow buckets until it starts for them; 0 when they cannot */
	bool overflow_about;    /* that is an average: not each one is counted */
	unsigned B;             /* that it leads to */
	uint64_t alloc;         /* bytes it allocates; 0 when no such array can be had */
	uint64_t peak;          /* about what is in use when it has started, both arrays there */
	uint64_t peak_least;    /* the same if no overflow bucket comes until then */
	struct span next_writes; /* from the start until the old array is gone */
};

/* From the map and its ledger of the same moment. */
void forecast_make(const struct map *m, const struct ledger *l, struct forecast *f);

#endif
