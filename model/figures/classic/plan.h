/* SPDX-License-Identifier: MIT */
/*
 * What a map costs before it is built: 2^B buckets with so many entries in them, that only came.
 *
 * Exact but for overflow buckets beyond the spare ones, and the lists that keep them: which keys
 * collide is not known before. So a real map takes this or more: about as much more as chance
 * gives it.
 */
#ifndef MODEL_FIGURES_CLASSIC_PLAN_H
#define MODEL_FIGURES_CLASSIC_PLAN_H

#include "model/map/map.h"

struct plan {
	unsigned B;
	uint64_t buckets, spare; /* of the array; both 0 while there is none */
	uint64_t array;          /* bytes it takes */
	uint64_t headers;        /* hmap and, with spare buckets, mapextra */
	uint64_t apart;          /* large keys and elems of all entries */
	uint64_t total, objects; /* at least, */
	uint64_t stack;          /* but for these bytes, which are on the stack */
	/* By chance, on top of that: overflow buckets that are objects, their lists, mapextra. */
	uint64_t more, more_objects;
};

/* The array is there from the first entry on, or from the start when B is not 0. */
struct plan plan_map(const struct maptype *t, unsigned B, uint64_t entries);

/* The same for make(map[K]V, entries) with so many entries put in. */
struct plan plan_fitting(const struct maptype *t, uint64_t entries);

/*
 * What is allocated on the way, about: the arrays outgrown too. make(map[K]V, hint), then so many
 * entries.
 */
struct account plan_filling(const struct maptype *t, uint64_t hint, uint64_t entries);

/* What it comes to, about; exact where no key can collide. */
static inline uint64_t plan_about(const struct plan *p)
{
	return p->total + p->more - p->stack;
}

/*
 * Overflow buckets come, so many by chance, and `spare` spare ones are left for them: bytes, and
 * the objects. `linked` are there already, which matters to lists.
 */
uint64_t plan_overflow(const struct maptype *t, double linked, double come, uint64_t spare,
	uint64_t *objects);

#endif
