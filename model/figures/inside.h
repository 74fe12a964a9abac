/* SPDX-License-Identifier: MIT */
/* Whether what cells point to is there: for those who read bytes that may be anything. */
#ifndef MODEL_FIGURES_INSIDE_H
#define MODEL_FIGURES_INSIDE_H

#include "model/map/map.h"

/*
 * Whether the key (or elem) of a slot, its own bytes or those of the object it points to, and
 * everything that comparing or hashing it would follow, lies in the heap.
 */
bool key_inside(const struct map *m, uint64_t unit, unsigned slot);
bool elem_inside(const struct map *m, uint64_t unit, unsigned slot);

/* Whether a file left out what the cell holds: nothing can be said of it then. */
bool cell_unknown(const struct map *m, uint64_t unit, unsigned slot);

#endif
