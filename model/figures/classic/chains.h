/* SPDX-License-Identifier: MIT */
/*
 * The shape of a classic map: how the entries lie in their chains.
 *
 * A chain counts where a lookup would search it: in the old array while its bucket still waits.
 */
#ifndef MODEL_FIGURES_CLASSIC_CHAINS_H
#define MODEL_FIGURES_CLASSIC_CHAINS_H

#include "model/figures/shape.h"

/* The histograms; extra: overflow buckets. */
enum {
	CHAINS_FILLS,      /* chains by entries */
	CHAINS_LINKS,      /* chains by overflow buckets */
	CHAINS_PARTS,
	FILLS_BARS = 33,   /* chains of 0 to 31 entries, and of more */
	LINKS_BARS = 9,    /* with 0 to 7 overflow buckets, and more */
};

extern const struct shape_form classic_shape;

/*
 * The chain that starts at bucket `index` of an array alone: what it adds to a shape, or takes
 * away. Nothing when no lookup would search it.
 */
void shape_add_chain(const struct map *m, bool old, uint64_t index, struct shape *s);

/* Overflow buckets that so many chains have together, by chance. */
double chance_overflow(uint64_t entries, uint64_t chains);

#endif
