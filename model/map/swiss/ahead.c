/* SPDX-License-Identifier: MIT */
/* What an operation on a key will read, fetched before its turn: directory, table, group, slot. */
#include "model/map/swiss/rules.h"

/* The lines of the key and the elem in a slot. */
FETCHES static inline void fetch_slot(const struct map *m, uint64_t group, unsigned slot)
{
	const struct unit *u = &m->type->unit;

	__builtin_prefetch(map_at(m, group + unit_key(u, slot)), 1);
	__builtin_prefetch(map_at(m, group + unit_elem(u, slot)), 1);
}

/* Where the key is or will be, if in the first group of its way. */
FETCHES static inline void fetch_first(const struct map *m, uint64_t group, uint64_t hash)
{
	uint64_t word = control_word(m, group);
	slots found = match_h2(word, hash_h2(hash));

	if (!found)
		found = match_empty_or_deleted(word);
	if (found)
		fetch_slot(m, group, first_slot(found));
}

/* The first group on the way of a key with that hash. */
static inline uint64_t home_group(const struct map *m, uint64_t hash)
{
	struct groups g = groups_of(m, directory_at(m, directory_index(m, hash)));

	return group_addr(m, &g, hash_h1(hash) & g.mask);
}

void swiss_prefetch(const struct map *m, const struct hashed *list, unsigned n, enum ahead ahead)
{
	if (swiss_small(m))
		return;
	if (ahead == AHEAD_FAR)
		for (unsigned i = 0; i < n; i++)
			__builtin_prefetch(map_at(m,
				directory_at(m, directory_index(m, list[i].hash))), 1);
	else if (ahead == AHEAD_NEAR)
		for (unsigned i = 0; i < n; i++)
			__builtin_prefetch(map_at(m, home_group(m, list[i].hash)), 1);
	else
		for (unsigned i = 0; i < n; i++)
			fetch_first(m, home_group(m, list[i].hash), list[i].hash);
}

/* Of a key that is only looked at. */
struct hashed swiss_hashed(const struct map *m, const uint8_t *key)
{
	return (struct hashed){ .hash = swiss_hash(m, key), .seed = swiss_get(m, SWISS_SEED) };
}
