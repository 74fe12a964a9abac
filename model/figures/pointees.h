/* SPDX-License-Identifier: MIT */
/*
 * What the pointers in a map's entries lead to, as far as their types tell: not what was allocated
 * (in a program others may point to it too, and a generated pointer is nil), but what it takes
 * when each leads to a value of its own, and so on from there, until a type leads back to itself.
 */
#ifndef MODEL_FIGURES_POINTEES_H
#define MODEL_FIGURES_POINTEES_H

#include "model/map/map.h"

/* Of one entry; of a map, by its len. */
struct pointees {
	uint64_t bytes;            /* size classes and headers included; UINT64_MAX: too many */
	uint64_t objects;
	/* What the first pointer leads to; NULL: nothing of a known size. */
	const struct gotype *to;
	bool several;              /* and others to other types */
	bool values; /* these have strings, slices or interfaces, which no type tells */
	const struct gotype *back; /* a type that leads back to itself, and is counted once */
	const struct gotype *lost; /* a type that pointers lead to and whose size is not known */
	const struct gotype *held; /* a map, chan or func, whose memory no type tells */
};

void pointees_of_entry(const struct maptype *t, struct pointees *each);
void pointees_take(const struct map *m, struct pointees *each, struct pointees *all);

#endif
