/* SPDX-License-Identifier: MIT */
/*
 * The shape of a Swiss map: how the entries lie in their groups, and how many groups a lookup looks
 * at. A search for a key begins at one group of its table, its home.
 */
#ifndef MODEL_FIGURES_SWISS_PROBES_H
#define MODEL_FIGURES_SWISS_PROBES_H

#include "model/figures/shape.h"
#include "model/map/swiss/reading.h"

/* The histograms; extra: tombstones. */
enum {
	PROBES_HOMES,      /* groups by entries whose search begins there */
	PROBES_FILLS,      /* groups by entries that lie there */
	PROBES_LENGTHS,    /* entries by groups that a search for them looks at */
	PROBES_TOMBSTONES, /* groups by tombstones */
	PROBES_DEPTHS,     /* tables by localDepth */
	PROBES_SIZES,      /* tables by slots */
	PROBES_PARTS,
	HOMES_BARS = 33,
	LENGTHS_BARS = 33,
};

extern const struct shape_form swiss_shape;

/* Groups that a search for the entry at a place looks at, its own included; 0: it is not found. */
uint64_t probe_length(const struct map *m, const struct groups *g, const struct place *at);

/* The groups of one table alone: what they add, or with times UINT64_MAX take away. */
void shape_groups(const struct map *m, const struct groups *g, uint64_t times, struct shape *s);

#endif
