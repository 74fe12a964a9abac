/* SPDX-License-Identifier: MIT */
/*
 * A world: one map in its memory, with all that its operations depend on and change. Two of them
 * know nothing of each other. What changes is saved in the journal, which leads back and forth.
 */
#ifndef MODEL_TIME_WORLD_H
#define MODEL_TIME_WORLD_H

#include "model/map/map.h"

/*
 * The keys that ranges have yielded, in their order: of all loops up to the present point, one
 * behind the other, as the bytes they had. What is behind `used` belongs to points to come.
 */
struct order {
	uint8_t *keys;          /* owned */
	size_t used, cap;       /* bytes; used is saved in the journal */
};

struct world {
	struct journal journal;
	struct heap heap;
	struct hasher hasher;
	struct random random;
	struct map map;
	uint64_t hint;                  /* that the map was made with */
	struct order order;
	struct maptype **types;         /* every map type that there was, for the target; owned */
	size_t ntypes, types_cap;
};

#endif
