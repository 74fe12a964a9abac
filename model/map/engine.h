/* SPDX-License-Identifier: MIT */
/*
 * One design of Go's map, as a row of functions. The rows stand in model/engines/; a map type
 * names its own. Called once an operation, never in an inner loop. What each function is to do
 * stands at its namesake in map.h.
 */
#ifndef MODEL_MAP_ENGINE_H
#define MODEL_MAP_ENGINE_H

#include "model/map/map.h"

struct units;

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
	void (*tell_next)(struct map *m);        /* of an operation that goes on with a range */
	uint64_t (*next)(struct map *m, uint64_t most, map_sink *sink, void *data);
	bool (*work)(struct map *m, struct error *err);
	uint64_t (*hash)(const struct map *m, const uint8_t *key);
	void (*prefetch)(const struct map *m, uint64_t hash, enum ahead ahead);

	/* Reading: what stands at map_count() and its like. */
	uint64_t (*count)(const struct map *m);
	bool (*growing)(const struct map *m);
	struct extent (*extent)(const struct map *m);
	void (*units)(const struct map *m, struct units *u); /* units.h; adds its arrays */
	/* Whether something in [addr, end) leads to these arrays. NULL: they are soon read anew. */
	bool (*leads)(const struct map *m, uint64_t addr, uint64_t end);
	bool (*moved)(const struct map *m, uint64_t unit); /* its cells have moved on */
	uint64_t (*home)(const struct map *m, const uint8_t *key);
	struct account (*reached)(const struct map *m);
	uint64_t (*hinted_units)(const struct maptype *t, uint64_t hint);
	uint64_t (*bytes)(const struct maptype *t, uint64_t count);
	/* Where a range begins that is told two numbers; with wrap, of those that are too large only
	   the remainder by so many units counts. */
	bool (*start)(uint64_t units, bool wrap, uint64_t a, uint64_t b, struct place *at,
		struct error *err);
	const char *start_words;                 /* what these are, as "BUCKET SLOT" */
	/* How many more entries start a growth by load; NULL: tables grow one by one. */
	uint64_t (*inserts_left)(const struct map *m);
	/* *unit, of an array, counted through all of them. NULL: there is one array. */
	bool (*first_unit)(const struct map *m, uint64_t array, uint64_t *unit, struct error *err);
	const char *unit_word;                   /* "bucket" */
	const char *unit_usage;                  /* how one is asked for: "BUCKET" */
	const char *control_word;                /* what a control byte is called: "tophash" */
	uint8_t live_least, live_most;           /* those of live slots */
	/* A growth of the same size is under way; NULL: there are none. */
	bool (*same_size)(const struct map *m);
	bool grows_in_parts;                     /* growth goes on over many operations */
};

#endif
