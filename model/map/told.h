/* SPDX-License-Identifier: MIT */
/*
 * Hashes that are told, not worked out: of a map whose keys were made unreadable, so that they are
 * not those that were hashed. Each is known by its key's address. A key that is not in the map has
 * the hash of one that equals it, or 0.
 */
#ifndef MODEL_MAP_TOLD_H
#define MODEL_MAP_TOLD_H

#include "model/base/table.h"

struct map;

struct told_hashes {
	struct table by_key;
};

static inline void told_free(struct told_hashes *t)
{
	table_free(&t->by_key);
}

static inline void told_put(struct told_hashes *t, uint64_t key, uint64_t hash)
{
	table_put(&t->by_key, key)->value[0] = hash;
}

/* The hash of a key of the map, which has told ones. */
uint64_t told_hash(const struct map *m, const uint8_t *key);

#endif
