/* SPDX-License-Identifier: MIT */
/* What an operation on a key will read, fetched before its turn: its bucket. */
#include "model/map/classic/rules.h"

FETCHES static inline void fetch_bucket(const struct map *m, uint64_t bucket)
{
	const uint8_t *b = map_at(m, bucket);

	for (uint32_t i = 0; i < m->type->unit.size && i < 256; i += 64)
		__builtin_prefetch(b + i, 1);
}

/* The hash leads to the bucket, with nothing to be read on the way. */
void classic_prefetch(const struct map *m, uint64_t hash, enum ahead ahead)
{
	if (ahead != AHEAD_NEXT)
		return;
	fetch_bucket(m, map_bucket(m, false, hash & ((1ull << map_get(m, HMAP_B)) - 1)));
	if (map_growing(m))
		fetch_bucket(m, map_bucket(m, true, hash & ((1ull << map_old_B(m)) - 1)));
}

/* Of a key that is only looked at. */
struct hashed classic_hashed(const struct map *m, const uint8_t *key)
{
	return (struct hashed){ .hash = map_hash(m, key), .seed = map_get(m, HMAP_HASH0) };
}
