/* SPDX-License-Identifier: MIT */
/* What a type of maps costs: a slot, a unit, an entry. */
#ifndef MODEL_FIGURES_SLOTS_H
#define MODEL_FIGURES_SLOTS_H

#include "model/map/maptype.h"

struct slots {
	uint64_t key, elem;       /* bytes of a value */
	uint64_t slot, padding;   /* of a slot, and of these the padding */
	uint64_t unit;            /* of a bucket or group */
	double full, typical;     /* about, for each entry of a large map */
};

/* Of "map[K]V"; false with err filled when it is none, or too large. */
bool slots_of(const char *type, const struct gotype_scope *scope, struct slots *s,
	struct error *err);
struct slots slots_of_type(const struct maptype *t);

/* A map that came to so many entries one by one, about, when so many of them are left. */
uint64_t grown_bytes(const struct maptype *t, uint64_t had, uint64_t entries);

#endif
