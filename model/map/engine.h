/* SPDX-License-Identifier: MIT */
/*
 * One design of Go's map, as a row of functions. The rows stand in model/engines/; a map type
 * names its own. Called once an operation, never in an inner loop. What each function is to do
 * stands at its namesake in map.h.
 *
 * A design fills the groups in this order: what its memory looks like, how that is read, what
 * operations do to it, then what is told and said of it. What may be NULL says so.
 */
#ifndef MODEL_MAP_ENGINE_H
#define MODEL_MAP_ENGINE_H

#include "model/map/map.h"

struct units;

/* The memory that a map of a type has. */
struct engine_layout {
	/* Fills the unit of a type whose key and elem are known. */
	void (*unit)(struct maptype *t);
	uint8_t live_least, live_most;           /* control bytes of live slots */
	unsigned (*header)(const struct maptype *t); /* bytes of the header */
	bool grows_in_parts;                     /* growth goes on over many operations */
	uint64_t (*hinted_units)(const struct maptype *t, uint64_t hint);
	uint64_t (*bytes)(const struct maptype *t, uint64_t count);
};

/* What stands in a map's memory: map_count() and its like. */
struct engine_reading {
	uint64_t (*count)(const struct map *m);
	bool (*growing)(const struct map *m);
	/* A growth of the same size is under way; NULL: there are none. */
	bool (*same_size)(const struct map *m);
	struct extent (*extent)(const struct map *m);
	struct account (*reached)(const struct map *m);
	void (*units)(const struct map *m, struct units *u); /* units.h; adds its arrays */
	/* Whether something in [addr, end) leads to these arrays. NULL: they are soon read anew. */
	bool (*leads)(const struct map *m, uint64_t addr, uint64_t end);
	bool (*moved)(const struct map *m, uint64_t unit); /* its cells have moved on */
	/* How many more entries start a growth by load; NULL: tables grow one by one. */
	uint64_t (*inserts_left)(const struct map *m);
	/* Which part of the hashes the table of an array of units is for: the same as long as it
	   is, whatever number the array has. NULL: there is one array. */
	uint64_t (*part)(const struct map *m, uint64_t table);
	/* *unit, of an array, counted through all of them. NULL: there is one array. */
	bool (*first_unit)(const struct map *m, uint64_t array, uint64_t *unit, struct error *err);
};

/* Where a key belongs. */
struct engine_keys {
	struct hashed (*hash)(const struct map *m, const uint8_t *key);
	uint64_t (*home)(const struct map *m, const uint8_t *key);
	void (*prefetch)(const struct map *m, const struct hashed *list, unsigned n,
		enum ahead ahead);
	enum ahead fetches_from;                 /* before that there is nothing to fetch */
};

/* What operations do. */
struct engine_rules {
	bool (*make)(struct map *m, uint64_t hint, struct error *err);
	bool (*assign)(struct map *m, const uint8_t *key, const uint8_t *elem, struct error *err);
	bool (*lookup)(struct map *m, const uint8_t *key, struct place *where);
	bool (*erase)(struct map *m, const uint8_t *key, bool *deleted, struct error *err);
	void (*clear)(struct map *m);
	bool (*work)(struct map *m, struct error *err);
	/* Where the release copies memory: see map_clone(). */
	bool (*clone)(struct map *m, struct error *err);
};

/* A loop over the map. */
struct engine_loop {
	bool (*range)(struct map *m, const struct place *start, struct error *err);
	uint64_t (*next)(struct map *m, uint64_t most, map_sink *sink, void *data);
	void (*tell_next)(struct map *m);        /* of an operation that goes on with a range */
	/* Where a range begins that is told two numbers; with wrap, of those that are too large
	   only the remainder by so many units counts. */
	bool (*start)(uint64_t units, bool wrap, uint64_t a, uint64_t b, struct place *at,
		struct error *err);
	const char *start_words;                 /* what these are, as "BUCKET SLOT" */
};

/* What things are called. */
struct engine_words {
	const char *unit;                        /* "bucket" */
	const char *all;                         /* of them, in JSON: "buckets" */
	const char *places;                      /* how its slots are told: "group.slot" */
	const char *usage;                       /* how one is asked for: "BUCKET" */
	const char *control;                     /* a control byte: "tophash" */
};

struct engine {
	const char *name;                        /* "classic" */
	struct engine_layout layout;
	struct engine_reading reading;
	struct engine_keys keys;
	struct engine_rules rules;
	struct engine_loop loop;
	struct engine_words words;
};

#endif
