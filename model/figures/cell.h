/* SPDX-License-Identifier: MIT */
/* What an entry costs in any design: padding in its slot, objects outside of it. */
#ifndef MODEL_FIGURES_CELL_H
#define MODEL_FIGURES_CELL_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#include "model/map/maptype.h"

/* Whether any of these bytes is not zero. */
static inline bool any_set(const uint8_t *p, size_t len)
{
	uint64_t word;

	for (; len >= sizeof word; p += sizeof word, len -= sizeof word) {
		memcpy(&word, p, sizeof word);
		if (word)
			return true;
	}
	for (; len > 0; len--)
		if (*p++)
			return true;
	return false;
}

/* Whether a slot has bytes of what was there. */
static inline bool is_stale(const struct maptype *t, const uint8_t *unit, unsigned slot)
{
	return any_set(unit + unit_key(&t->unit, slot), t->keysize) ||
		any_set(unit + unit_elem(&t->unit, slot), t->elemsize);
}

/* Bytes of padding in the key and the elem of one slot. */
uint64_t cell_key_padding(const struct maptype *t);
uint64_t cell_elem_padding(const struct maptype *t);

/* Bytes and objects that each entry takes outside of its slot. */
uint64_t cell_apart_bytes(const struct maptype *t);
unsigned cell_apart_objects(const struct maptype *t);

/* Bytes that an object of a size takes. */
uint64_t object_bytes(const struct maptype *t, uint64_t size, bool pointers);

#endif
