/* SPDX-License-Identifier: MIT */
/*
 * The map types of a program, and which of them a map can be of: by the type that its units were
 * allocated with, or where that is not told by their size and whether they have pointers.
 */
#ifndef MODEL_LIVE_FIT_H
#define MODEL_LIVE_FIT_H

#include "model/live/head.h"

struct map_type {
	struct rtype type;
	struct rmap map;
	bool pointers;            /* its units have some */
};

struct map_types {
	struct map_type *list;    /* owned */
	size_t count, cap;
};

void map_types_find(struct map_types *t, const struct rtypes *r);
void map_types_free(struct map_types *t);

/* The one with that descriptor; NULL when it is none of these. */
const struct map_type *map_types_at(const struct map_types *t, uint64_t type);

/* The one that the program calls so; NULL when there is none. */
const struct map_type *map_types_named(const struct map_types *t, const struct rtypes *r,
	const char *name);

/* Whether the map with that head can be of it; *sure when its memory was allocated as such. */
bool map_type_fits(const struct map_type *t, const struct heap_view *h, const struct head *head,
	bool *sure);

#endif
