/* SPDX-License-Identifier: MIT */
/*
 * What a page shows of an array that is larger than the page. Buckets that look alike are folded
 * into one line below the first of them; chains are cut. Where that is still too much, three
 * parts are left: the first buckets, those around the place that is looked at, the last ones.
 *
 *     0 .. head     from .. to     tail .. buckets       each [a, b); the middle may be empty
 */
#ifndef TUI_PAGE_FOLD_H
#define TUI_PAGE_FOLD_H

#include "model/map/map.h"

enum {
	FOLD_LEAST = 3,   /* alike buckets that are worth a line */
	FOLD_CHAIN = 12,  /* rows of a chain that is not cut */
};

struct fold {
	const struct map *m;
	bool old;
	uint64_t buckets;
	uint64_t place;   /* the bucket looked at: it is never folded away, unless it is bucket 0 */
};

struct fold_parts {
	uint64_t head, from, to, tail;
};

/* Rows of a bucket and its chain, counted no further than `most`. */
int fold_chain(const struct fold *f, uint64_t bucket, int most);

/*
 * How many buckets behind one look like it, up to `end`: only their numbers tell them apart. They
 * have no overflow buckets, no live cells, the same marks, and the same state in a growth.
 */
uint64_t fold_behind(const struct fold *f, uint64_t bucket, uint64_t end);

/* Rows of the array as it is, and folded with cut chains; counted no further than past `most`. */
int fold_rows_whole(const struct fold *f, int most);
int fold_rows(const struct fold *f, int most);

struct fold_parts fold_cut(const struct fold *f);

#endif
