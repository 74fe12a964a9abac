/* SPDX-License-Identifier: MIT */
/*
 * A unit: eight slots with a control byte each, as both designs of Go's map have it. The classic
 * map calls it a bucket, its control bytes tophash; the Swiss map a group, its control word.
 *
 *     control[8] | .. keys .. elems .. | link
 *
 * Key i lies at keys + i * key_step, elem i at elems + i * elem_step: that is true of keys and
 * elems in two runs, and of pairs of a key and an elem.
 */
#ifndef MODEL_MAP_UNIT_H
#define MODEL_MAP_UNIT_H

#include <stdint.h>

enum { SLOTS = 8 }; /* of a unit; their control bytes come first */

struct unit {
	uint32_t size;
	uint32_t keys, key_step;   /* offset of slot 0's key, and from one to the next */
	uint32_t elems, elem_step;
	uint32_t link;             /* offset of the pointer to the next of a chain; 0: none */
	uint32_t flip;             /* 7 where the control bytes lie in reverse, else 0 */
};

/* Offsets in a unit. */
static inline uint32_t unit_control(const struct unit *u, unsigned slot)
{
	return slot ^ u->flip;
}

static inline uint32_t unit_key(const struct unit *u, unsigned slot)
{
	return u->keys + slot * u->key_step;
}

static inline uint32_t unit_elem(const struct unit *u, unsigned slot)
{
	return u->elems + slot * u->elem_step;
}

#endif
