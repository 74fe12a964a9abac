/* SPDX-License-Identifier: MIT */
/*
 * Going over all places of a map, from one on and round to it again: the new array, then the old
 * one; each bucket, then its overflow buckets; slots in their order. Backwards the same, reversed.
 */
#ifndef TUI_VIEW_SEEK_H
#define TUI_VIEW_SEEK_H

#include "tui/view/look.h"

/* What is looked for. */
struct seeker {
	/* Which slots of the bucket at `at` it is: bit i for slot i. */
	unsigned (*match)(const struct seeker *k, const struct map *m, const struct place *at);
	bool whole;           /* it is a bucket, and the slot is only where one looks at it */
	uint64_t target;      /* a number, an address */
	const uint8_t *value; /* a key, an elem */
};

enum found {
	FOUND_NOT,
	FOUND,
	FOUND_AROUND, /* past the end (or the beginning) of the map */
	FOUND_SAME,   /* there is no other than the one at the start */
};

/* The next match behind `from`, or before it with `back`. */
enum found seek(const struct map *m, const struct seeker *k, const struct place *from, bool back,
	struct place *found);

#endif
