/* SPDX-License-Identifier: MIT */
/*
 * What values lead to outside of the map: the bytes of strings, the arrays of slices, what
 * interfaces hold. It belongs to the program, not to the map; others may point to it as well.
 */
#ifndef MODEL_REFERRED_H
#define MODEL_REFERRED_H

#include "model/value.h"

/* Whether values of the type can lead to anything that referred_bytes() counts. */
bool referred_type(const struct gotype *t);

/*
 * Bytes that the value at p leads to: lengths of strings, capacities of slices, sizes of what is
 * in an interface, and what these lead to. Without size classes; what two values share counts for
 * both. Plain pointers, chans, funcs and maps are not followed.
 */
uint64_t referred_bytes(const struct heap *h, const struct gotype *t, const uint8_t *p);

#endif
