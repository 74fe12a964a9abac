/* SPDX-License-Identifier: MIT */
/*
 * What a page shows of a side that is larger than the page. Units that look alike are folded
 * into one line below the first of them; chains are cut. Where that is still too much, three
 * parts are left: the first units, those around the place that is looked at, the last ones.
 *
 *     0 .. head     from .. to     tail .. units         each [a, b); the middle may be empty
 */
#ifndef TUI_PAGE_FOLD_H
#define TUI_PAGE_FOLD_H

#include "model/map/units.h"

enum {
	FOLD_LEAST = 3,   /* alike units that are worth a line */
	FOLD_CHAIN = 12,  /* rows of a chain that is not cut */
};

struct fold {
	const struct units *units;
	bool aside;
	uint64_t all;     /* units of that side */
	uint64_t place;   /* the unit looked at: it is never folded away, unless it is unit 0 */
};

struct fold_parts {
	uint64_t head, from, to, tail;
};

/*
 * How many units of its array behind one look like it, up to `end`: only their numbers tell them
 * apart. They have nothing linked to them, no live cells, the same marks, and the same state in a
 * growth.
 */
uint64_t fold_behind(const struct fold *f, uint64_t unit, uint64_t end);

/* Rows of the side as it is, and folded with cut chains; counted no further than past `most`. */
int fold_rows_whole(const struct fold *f, int most);
int fold_rows(const struct fold *f, int most);

struct fold_parts fold_cut(const struct fold *f);

#endif
