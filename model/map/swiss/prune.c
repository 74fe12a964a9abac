/* SPDX-License-Identifier: MIT */
/*
 * Tombstones that no probe sequence passes are made empty slots, when a table is full and they are
 * many. Source: table.go, pruneTombstones, from Go 1.25 on.
 */
#include "model/map/swiss/rules.h"

enum { PART = 10 }; /* of the capacity, that tombstones must make up to be looked at */

/* The groups that are to keep their tombstones: a bit each. */
struct needed {
	uint32_t bits[TABLE_SLOTS_MOST / SLOTS / 32];
};

static void need(struct needed *n, uint64_t group)
{
	n->bits[group / 32] |= 1u << group % 32;
}

static bool is_needed(const struct needed *n, uint64_t group)
{
	return n->bits[group / 32] >> group % 32 & 1;
}

/* The tombstones before a key's own group, on the way to it. Only paths whose keys all equal
   themselves prune. */
static void need_way(const struct map *m, const struct groups *g, struct needed *n, uint64_t own,
	const uint8_t *key)
{
	struct probe p = probe_start(g, swiss_hash(m, key));

	for (; p.unit != own; probe_next(&p))
		if (match_empty_or_deleted(control_word(m, group_addr(m, g, p.unit))))
			need(n, p.unit);
}

static void find_needed(const struct map *m, const struct groups *g, struct needed *n)
{
	for (uint64_t i = 0; i <= g->mask; i++) {
		uint64_t addr = group_addr(m, g, i), word = control_word(m, addr);

		for (slots full = match_full(word); full; full = without_first(full))
			need_way(m, g, n, i, map_key(m, addr, first_slot(full)));
		/* Its open slots are empty, not deleted. */
		if (match_empty(word))
			need(n, i);
	}
}

static unsigned count_needless(const struct map *m, const struct groups *g, const struct needed *n)
{
	unsigned count = 0;

	for (uint64_t i = 0; i <= g->mask; i++)
		if (!is_needed(n, i))
			count += count_slots(match_empty_or_deleted(
				control_word(m, group_addr(m, g, i))));
	return count;
}

static void free_needless(struct map *m, const struct groups *g, const struct needed *n,
	struct place at)
{
	for (at.unit = 0; at.unit <= g->mask; at.unit++) {
		slots open;

		if (is_needed(n, at.unit))
			continue;
		at.addr = group_addr(m, g, at.unit);
		for (open = match_empty_or_deleted(control_word(m, at.addr)); open;
			open = without_first(open)) {
			at.slot = first_slot(open);
			put_control(m, at.addr, at.slot, CONTROL_EMPTY);
			table_add(m, g->table, TABLE_GROWTH_LEFT, 1);
			TELL(m, .kind = SWISS_EVENT_PRUNED, .at = at);
		}
	}
}

void prune_tombstones(struct map *m, uint64_t table)
{
	struct groups g = groups_of(m, table);
	unsigned capacity = (unsigned)table_get(m, table, TABLE_CAPACITY), needless;
	unsigned tombstones = table_tombstones(m, table);
	struct place at = { .addr = g.addr };
	struct needed needed = { 0 };

	if (tombstones * PART < capacity)
		return;
	find_needed(m, &g, &needed);
	needless = count_needless(m, &g, &needed);
	if (MAP_TRACE(m))
		number_place(m, &at, &g);
	TELL(m, .kind = SWISS_EVENT_PRUNE, .at = at, .own = SWISS(prune,
		.tombstones = (uint16_t)tombstones, .needless = (uint16_t)needless,
		.done = needless * PART >= capacity));
	if (needless * PART >= capacity)
		free_needless(m, &g, &needed, at);
}
