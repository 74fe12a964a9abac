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
#include "model/map/classic/layout.h"

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

#endif
