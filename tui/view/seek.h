/* SPDX-License-Identifier: MIT */
/*
 * Going over all places of a map, from one on and round to it again: the main side, then what is
 * aside; each unit, then those linked to it; slots in their order. Backwards the same, reversed.
 */
#ifndef TUI_VIEW_SEEK_H
#define TUI_VIEW_SEEK_H

#include "model/map/units.h"

/* What is looked for. */
struct seeker {
	/* Which slots of the unit at `at` it is: bit i for slot i. */
	unsigned (*match)(const struct seeker *k, const struct map *m, const struct place *at);
	bool whole;           /* it is a unit, and the slot is only where one looks at it */
	uint64_t target;      /* a number, an address */
	const uint8_t *value; /* a key, or */
	bool elem;            /* an elem */
};

enum found {
	FOUND_NOT,
	FOUND,
	FOUND_AROUND, /* past the end (or the beginning) of the map */
	FOUND_SAME,   /* there is no other than the one at the start */
};

/* The next match behind `from`, or before it with `back`. */
enum found seek(const struct units *u, const struct seeker *k, const struct place *from, bool back,
	struct place *found);

/* Matchers that any design has: all slots are live, none is and none has moved; the control byte
   is the target. */
unsigned seek_full(const struct seeker *k, const struct map *m, const struct place *at);
unsigned seek_empty(const struct seeker *k, const struct map *m, const struct place *at);
unsigned seek_control(const struct seeker *k, const struct map *m, const struct place *at);

#endif
