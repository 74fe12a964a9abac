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

void swiss_prefetch(const struct map *m, uint64_t hash, enum ahead ahead)
{
	uint64_t table, group;
	struct groups g;

	if (swiss_small(m))
		return;
	table = directory_at(m, directory_index(m, hash));
	if (ahead == AHEAD_FAR) {
		__builtin_prefetch(map_at(m, table), 1);
		return;
	}
	g = groups_of(m, table);
	group = group_addr(m, &g, hash_h1(hash) & g.mask);
	if (ahead == AHEAD_NEAR)
		__builtin_prefetch(map_at(m, group), 1);
	else
		fetch_first(m, group, hash);
}

/* Of a key that is only looked at. */
struct hashed swiss_hashed(const struct map *m, const uint8_t *key)
{
	return (struct hashed){ .hash = swiss_hash(m, key), .seed = swiss_get(m, SWISS_SEED) };
}
