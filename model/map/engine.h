/* SPDX-License-Identifier: MIT */
/*
 * One design of Go's map, as a row of functions. The rows stand in model/engines/; a map type
 * names its own. Called once an operation, never in an inner loop. What each function is to do
 * stands at its namesake in map.h.
 */
#ifndef MODEL_MAP_ENGINE_H
#define MODEL_MAP_ENGINE_H

#include "model/map/map.h"

struct engine {
	const char *name;                        /* "classic" */
	/* Fills the unit of a type whose key and elem are known. */
	void (*lay_out)(struct maptype *t);

	bool (*make)(struct map *m, uint64_t hint, struct error *err);
	bool (*assign)(struct map *m, const uint8_t *key, const uint8_t *elem, struct error *err);
	bool (*lookup)(struct map *m, const uint8_t *key, struct place *where);
	bool (*erase)(struct map *m, const uint8_t *key, bool *deleted, struct error *err);
	void (*clear)(struct map *m);
	bool (*range)(struct map *m, const struct place *start, struct error *err);
	uint64_t (*next)(struct map *m, uint64_t most, map_sink *sink, void *data);
	bool (*work)(struct map *m, struct error *err);
	void (*prefetch)(const struct map *m, const uint8_t *key);
};

#endif
