/* SPDX-License-Identifier: MIT */
#ifndef MODEL_MAP_PLACE_H
#define MODEL_MAP_PLACE_H

#include <stdint.h>

/* Which array of a classic map. A range may still walk along one that the map has given up. */
enum array_kind { ARRAY_PRESENT, ARRAY_OLD, ARRAY_GONE };

/* A slot of a map, or its unit. */
struct place {
	uint32_t array;      /* number of the array of units: enum array_kind, or a table's */
	uint32_t link;       /* 0: in the array itself, 1: the first that is linked to it, .. */
	uint64_t unit;       /* index in the array */
	uint64_t addr;       /* of the unit that holds the slot */
	unsigned slot;
};

#endif
