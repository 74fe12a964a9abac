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
static inline uint64_t home_bucket(const struct map *m, uint64_t hash)
{
	return map_bucket(m, false, hash & ((1ull << map_get(m, HMAP_B)) - 1));
}

void classic_prefetch(const struct map *m, const struct hashed *list, unsigned n, enum ahead ahead)
{
	if (ahead == AHEAD_NEXT) {
		for (unsigned i = 0; i < n; i++)
			fetch_slot(m, home_bucket(m, list[i].hash),
				tophash_of(MAP_TARGET(m), list[i].hash));
		return;
	}
	for (unsigned i = 0; i < n; i++)
		__builtin_prefetch(map_at(m, home_bucket(m, list[i].hash)), 1);
	for (unsigned i = 0; i < n && map_growing(m); i++)
		fetch_bucket(m, map_bucket(m, true,
			list[i].hash & ((1ull << map_old_B(m)) - 1)));
}

/* Of a key that is only looked at. */
struct hashed classic_hashed(const struct map *m, const uint8_t *key)
{
	return (struct hashed){ .hash = map_hash(m, key), .seed = map_get(m, HMAP_HASH0) };
}
