/* SPDX-License-Identifier: MIT */
/*
 * A tally: what lies in the groups of one table, counted. A ledger is made from the sum of all.
 *
 * Law: tallies add up. Each group belongs to one table (or is the small map's), so what changed in
 * some tables changes the sum by the difference.
 */
#ifndef MODEL_FIGURES_SWISS_TALLY_H
#define MODEL_FIGURES_SWISS_TALLY_H

#include "model/figures/referred.h"
#include "model/map/swiss/reading.h"

/* Nothing but uint64_t in it. */
struct group_tally {
	uint64_t tables, groups;
	uint64_t taken;                    /* by the arrays of groups, with their size classes */
	uint64_t live, free, dead, tombstones; /* slots; dead: free ones with stale bytes */
	struct referred referred;          /* from live cells */
};

/* Adds what lies there; with times UINT64_MAX it is taken away. */
void tally_groups(const struct map *m, const struct groups *g, uint64_t times,
	struct group_tally *t);

/* Those that the map reaches: of each table of the directory, or the small map's one. */
typedef void groups_sink(void *data, const struct groups *g);
void each_groups(const struct map *m, groups_sink *sink, void *data);

#endif
