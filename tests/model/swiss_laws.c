/* SPDX-License-Identifier: MIT */
#include "tests/model/swiss_laws.h"

#include <stdio.h>

#include "model/map/swiss/control.h"
#include "model/map/swiss/layout.h"
#include "model/map/swiss/reading.h"
#include "model/map/swiss/rules.h"

static bool broken(const char *law, uint64_t where)
{
	fprintf(stderr, "%s: %llu\n", law, (unsigned long long)where);
	return false;
}

static bool sound_header(const struct map *m)
{
	uint64_t entries = swiss_get(m, SWISS_DIR_LEN), depth = swiss_get(m, SWISS_GLOBAL_DEPTH);
	uint64_t shift = swiss_get(m, SWISS_GLOBAL_SHIFT);

	if (swiss_get(m, SWISS_WRITING))
		return broken("writing", 1);
	if (entries == 0)
		return depth == 0 && shift == 0 ? true : broken("a small map has a depth", depth);
	if (entries != 1ull << depth)
		return broken("dirLen", entries);
	return shift == hash_bits(m->type->target) - depth || broken("globalShift", shift);
}

/* On its probe sequence no group before its own has an empty slot. */
static bool can_be_found(const struct map *m, const struct groups *g, uint64_t own, uint64_t hash)
{
	uint64_t at = hash_h1(hash) & g->mask;

	for (uint64_t step = 1; at != own; at = (at + step++) & g->mask)
		if (step > g->mask + 1 || match_empty(control_word(m, group_addr(m, g, at))))
			return false;
	return true;
}

static bool sound_slot(const struct map *m, const struct groups *g, uint64_t unit, unsigned slot)
{
	uint64_t addr = group_addr(m, g, unit), hash;
	const uint8_t *key = map_key(m, addr, slot);

	if (!m->type->key->reflexive && !value_equal(m->heap, m->type->key, key, key))
		return true;
	hash = swiss_hash(m, key);
	if (*control_at(m, addr, slot) != hash_h2(hash))
		return broken("a slot's h2 is not its key's", slot);
	if (!g->table)
		return true;
	if (directory_at(m, directory_index(m, hash)) != g->table)
		return broken("a key's hash leads to another table", slot);
	return can_be_found(m, g, unit, hash) || broken("a key cannot be found", unit);
}

/* The groups of a table, or the one of a small map; *full are its full slots. */
static bool sound_groups(const struct map *m, const struct groups *g, uint64_t *full,
	uint64_t *tombstones)
{
	*full = *tombstones = 0;
	for (uint64_t i = 0; i <= g->mask; i++) {
		uint64_t word = control_word(m, group_addr(m, g, i));
		unsigned dead = count_slots(match_empty_or_deleted(word)) -
			count_slots(match_empty(word));

		if (dead && (!g->table || match_empty(word)))
			return broken("a tombstone that needs none", i);
		*tombstones += dead;
		for (unsigned slot = 0; slot < SLOTS; slot++) {
			uint8_t c = control_of(word, slot);

			if (c != CONTROL_EMPTY && c != CONTROL_DELETED && c > CONTROL_FULL_MOST)
				return broken("no control byte", c);
			if (c > CONTROL_FULL_MOST)
				continue;
			++*full;
			if (!sound_slot(m, g, i, slot))
				return false;
		}
	}
	return true;
}

static bool sound_table(const struct map *m, uint64_t entry, uint64_t *used)
{
	uint64_t table = directory_at(m, entry), full, tombstones, n;
	struct groups g = groups_of(m, table);
	uint64_t capacity = table_get(m, table, TABLE_CAPACITY);

	if (table_index(m, table) != (int64_t)entry)
		return broken("a table's index", entry);
	if (table_get(m, table, TABLE_LOCAL_DEPTH) > swiss_get(m, SWISS_GLOBAL_DEPTH))
		return broken("localDepth is above globalDepth", entry);
	n = table_entries(m, table);
	for (uint64_t i = 0; i < n; i++)
		if (entry % n || directory_at(m, entry + i) != table)
			return broken("a table's entries", entry + i);
	if (capacity != SLOTS * (g.mask + 1) || capacity < 2 * SLOTS ||
		capacity > TABLE_SLOTS_MOST || capacity & (capacity - 1))
		return broken("capacity", capacity);
	if (!sound_groups(m, &g, &full, &tombstones))
		return false;
	if (full != table_get(m, table, TABLE_USED))
		return broken("a table's used", full);
	if (tombstones && m->type->release->prunes && !swiss_get(m, SWISS_TOMBSTONE_POSSIBLE))
		return broken("tombstonePossible", entry);
	if (table_get(m, table, TABLE_GROWTH_LEFT) + full + tombstones !=
		table_most((unsigned)capacity))
		return broken("growthLeft", entry);
	*used += full;
	return true;
}

bool swiss_sound(const struct map *m)
{
	uint64_t entries, used = 0, tombstones;

	if (!m->header)
		return true;
	if (!sound_header(m))
		return false;
	entries = swiss_get(m, SWISS_DIR_LEN);
	if (entries == 0 && swiss_get(m, SWISS_DIR_PTR)) {
		struct groups g = { .addr = swiss_get(m, SWISS_DIR_PTR) };

		if (!sound_groups(m, &g, &used, &tombstones))
			return false;
	}
	for (uint64_t i = 0; i < entries; i += table_entries(m, directory_at(m, i)))
		if (!sound_table(m, i, &used))
			return false;
	return used == swiss_get(m, SWISS_USED) || broken("used", used);
}
