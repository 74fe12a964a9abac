/* SPDX-License-Identifier: MIT */
/* What comes next of a Swiss map: which table grows, when, what that allocates. */
#ifndef MODEL_FIGURES_SWISS_GROWTHS_H
#define MODEL_FIGURES_SWISS_GROWTHS_H

#include "model/figures/foretold.h"

struct next_growth {
	struct span inserts;     /* of new keys, the one that starts it included */
	uint64_t entry;          /* the directory's, for the table that may grow first; */
	uint64_t left;           /* it takes so many more */
	unsigned from, to;       /* slots; */
	bool splits;             /* then two tables of that size come */
	bool doubles;            /* and the directory with it */
	bool prunes;             /* it has tombstones that may be pruned instead */
	uint64_t alloc;          /* bytes that it allocates */
	uint64_t peak;           /* in use when all entries were moved, both there */
	uint64_t after;          /* and when the old one is garbage */
};

void next_growth(const struct map *m, const struct ledger *l, struct next_growth *g);

#endif
