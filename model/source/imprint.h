/* SPDX-License-Identifier: MIT */
/*
 * What a snapshot holds of one unit of a map, a bucket or a group: its raw bytes, pointers and
 * padding zero, and what its eight keys and elems are. It never changes, so that snapshots share
 * those of units that are alike: each holder counts.
 *
 *     raw bytes | key 0 NUL | .. | key 7 NUL | elem 0 NUL | .. | elem 7 NUL
 */
#ifndef MODEL_SOURCE_IMPRINT_H
#define MODEL_SOURCE_IMPRINT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/base/text.h"
#include "model/map/unit.h"

struct imprint {
	uint32_t holders;
	uint32_t raw;       /* bytes of the unit */
	size_t size;        /* of all */
	uint8_t bytes[];
};

/* Held once. `literals` are all sixteen, "" for cells that are not live. */
struct imprint *imprint_new(const uint8_t *raw, uint32_t size, const struct text *literals);

struct imprint *imprint_hold(struct imprint *i);
void imprint_drop(struct imprint *i); /* NULL is fine */

/* Whether it says just that. */
bool imprint_is(const struct imprint *i, const uint8_t *raw, uint32_t size,
	const struct text *literals);

/* Its literals: keys first. */
void imprint_literals(const struct imprint *i, const char *list[2 * SLOTS]);

/* Those of an array of units, each with the units that are linked to it. */
struct imprint_array {
	bool there;                  /* or else the pointer is nil */
	uint64_t count;              /* units of the array itself */
	uint32_t *chains;            /* of each: it and what is linked to it */
	struct imprint **list;       /* all of them, chain by chain; each is held */
	uint64_t total;
	size_t chains_cap, cap;
};

/* Adds a chain's next unit, which it takes; `first` begins a chain. */
void imprint_array_add(struct imprint_array *a, struct imprint *unit, bool first);
void imprint_array_free(struct imprint_array *a);

#endif
