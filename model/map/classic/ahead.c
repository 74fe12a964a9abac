/* SPDX-License-Identifier: MIT */
/* What an operation on a key will read, fetched before its turn: bucket, slot. */
#include "model/map/classic/rules.h"

/* An old bucket is read as a whole, to be evacuated. */
FETCHES static inline void fetch_bucket(const struct map *m, uint64_t bucket)
{
	const uint8_t *b = map_at(m, bucket);

	for (uint32_t i = 0; i < m->type->unit.size && i < 256; i += 64)
		__builtin_prefetch(b + i, 1);
}

/* The slot where the key is or will be, or the way to the next bucket. */
FETCHES static inline void fetch_slot(const struct map *m, uint64_t bucket, uint8_t top)
{
	const struct unit *u = &m->type->unit;
	const uint8_t *b = map_at(m, bucket);
	uint64_t tops, found;

	memcpy(&tops, b, SLOTS);
	found = slots_with(tops, top);
	if (!found)
		found = slots_with(tops, EMPTY_REST);
	if (!found) {
		__builtin_prefetch(b + u->link);
		return;
	}
	__builtin_prefetch(b + unit_key(u, first_slot(found)), 1);
	__builtin_prefetch(b + unit_elem(u, first_slot(found)), 1);
}

/* The hash leads to the bucket, with nothing to be read on the way. */
void classic_prefetch(const struct map *m, uint64_t hash, enum ahead ahead)
{
	uint64_t bucket = map_bucket(m, false, hash & ((1ull << map_get(m, HMAP_B)) - 1));

	if (ahead == AHEAD_NEXT) {
		fetch_slot(m, bucket, tophash_of(MAP_TARGET(m), hash));
	} else if (ahead == AHEAD_NEAR) {
		__builtin_prefetch(map_at(m, bucket), 1);
		if (map_growing(m))
			fetch_bucket(m, map_bucket(m, true,
				hash & ((1ull << map_old_B(m)) - 1)));
	}
}

/* Of a key that is only looked at. */
struct hashed classic_hashed(const struct map *m, const uint8_t *key)
{
	return (struct hashed){ .hash = map_hash(m, key), .seed = map_get(m, HMAP_HASH0) };
}
