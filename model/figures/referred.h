/* SPDX-License-Identifier: MIT */
/*
 * What values lead to outside of the map: the bytes of strings, the arrays of slices, what
 * interfaces hold. It belongs to the program, not to the map; others may point to it as well.
 */
#ifndef MODEL_FIGURES_REFERRED_H
#define MODEL_FIGURES_REFERRED_H

#include "model/go/value.h"

/* Whether values of the type can lead to anything that referred_add() counts. */
bool referred_type(const struct gotype *t);

/*
 * What values lead to, added up: lengths of strings, capacities of slices, sizes of what is in
 * an interface, and what these lead to; and what these take, size classes included, where less than
 * 16 bytes without pointers share a block and count as they are. Plain pointers, chans, funcs and
 * maps are not followed. All but errors is each value's own; of an error, which the program has
 * once for each text, it is counted how many values lead to it.
 */
struct referred {
	uint64_t bytes, taken;
	uint64_t errors[HEAP_ERRORS]; /* as heap_state.errors has them */
};

void referred_add(const struct heap *h, const struct gotype *t, const uint8_t *p,
	struct referred *sum);

/* Bytes in all, each error once. */
uint64_t referred_bytes(const struct heap *h, const struct referred *sum);
uint64_t referred_taken(const struct heap *h, const struct referred *sum);

#endif
