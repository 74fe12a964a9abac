/* SPDX-License-Identifier: MIT */
/*
 * What a map costs before it is built: 2^B buckets with so many entries in them.
 *
 * Exact but for overflow buckets beyond the spare ones, and the lists that keep them: which keys
 * collide is not known before. So a real map takes this or a little more.
 */
#ifndef MODEL_PLAN_H
#define MODEL_PLAN_H

#include "model/maptype.h"

struct plan {
	unsigned B;
	uint64_t buckets, spare; /* of the array; both 0 while there is none */
	uint64_t array;          /* bytes it takes */
	uint64_t headers;        /* hmap and, with spare buckets, mapextra */
	uint64_t apart;          /* large keys and elems of all entries */
	uint64_t total, objects;
};

/* The array is there from the first entry on, or from the start when B is not 0. */
struct plan plan_map(const struct maptype *t, unsigned B, uint64_t entries);

/* The same for make(map[K]V, entries) with so many entries put in. */
struct plan plan_fitting(const struct maptype *t, uint64_t entries);

/* Bytes and objects that each entry takes outside of its slot. */
uint64_t plan_entry_bytes(const struct maptype *t);
unsigned plan_entry_objects(const struct maptype *t);

/* Bytes of padding in the key and the elem of one slot. */
uint64_t plan_key_padding(const struct maptype *t);
uint64_t plan_elem_padding(const struct maptype *t);

#endif
