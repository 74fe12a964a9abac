/* SPDX-License-Identifier: MIT */
/*
 * What the pointers in a map's entries lead to, as far as their types tell: not what was allocated
 * (in a program others may point to it too, and a generated pointer is nil), but what it takes
 * when each leads to a value of its own.
 */
#ifndef MODEL_FIGURES_POINTEES_H
#define MODEL_FIGURES_POINTEES_H

#include "model/map/map.h"

/* Of one entry; of a map, by its len. */
struct pointees {
	uint64_t bytes;            /* size classes and headers included; UINT64_MAX: too many */
	uint64_t objects;
	const struct gotype *to;   /* what the first pointer leads to; NULL: nothing of a known size */
	bool several;              /* and others to other types */
	bool further;              /* these have pointers too, which are not followed */
	const struct gotype *lost; /* a type that pointers lead to and whose size is not known */
	const struct gotype *held; /* a map, chan or func, whose memory no type tells */
};

void pointees_take(const struct map *m, struct pointees *each, struct pointees *all);

#endif
