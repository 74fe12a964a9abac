/* SPDX-License-Identifier: MIT */
/*
 * Which units of a map's arrays may have changed between two positions of the journal: those whose
 * bytes its records hold. A unit is eight slots, by its address.
 *
 * What a unit leads to and no array holds (a linked unit, the object of a large elem) is told
 * as the unit's, with the help of links: who wants that keeps them up to date.
 */
#ifndef MODEL_FIGURES_TOUCHED_H
#define MODEL_FIGURES_TOUCHED_H

#include "model/base/table.h"
#include "model/map/map.h"

/* Objects of one size, none over another, each with the address of what leads to it. */
struct links {
	struct table table; /* by the first multiple of `grain` in the object: its address, owner */
	uint64_t size, grain;
};

/* Links for objects of so many bytes, at least 1; none yet. */
void links_init(struct links *l, uint64_t size);
void links_free(struct links *l);

/* The object at an address hangs on `owner`, or no longer on anything. */
void links_add(struct links *l, uint64_t addr, uint64_t owner);
void links_drop(struct links *l, uint64_t addr);

/* The owner of the object that a byte is in; 0 for none. */
uint64_t links_owner(const struct links *l, uint64_t byte);

/* An array. */
struct stretch {
	uint64_t addr, units;
};

/* Where is looked. */
struct touch {
	const struct stretch *arrays;
	size_t narrays;
	uint64_t unit;              /* bytes */
	const struct links *links;
	size_t nlinks;
	size_t most;                /* records */
	uint64_t span;              /* units, or objects, that one of them has bytes of */
};

/*
 * Tells of each unit and each owner that the records [from, to) touch, some more than once. False
 * when it is too much to go through, or the sink returned false.
 */
typedef bool touched_sink(void *data, uint64_t addr);
bool touched_between(const struct map *m, const struct touch *t, size_t from, size_t to,
	touched_sink *sink, void *data);

#endif
