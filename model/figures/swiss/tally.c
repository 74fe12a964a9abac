/* SPDX-License-Identifier: MIT */
#include "model/figures/swiss/tally.h"

#include "model/figures/cell.h"
#include "model/figures/numbers.h"
#include "model/map/swiss/control.h"

static void tell_free(const struct map *m, uint64_t addr, slots empty, struct group_tally *t)
{
	const uint8_t *group = map_at(m, addr);

	/* Of a table that was just made most groups are like this. */
	if (!any_set(group + SLOTS, m->type->unit.size - SLOTS)) {
		t->free += count_slots(empty);
		return;
	}
	for (; empty; empty = without_first(empty)) {
		if (is_stale(m->type, group, first_slot(empty)))
			t->dead++;
		else
			t->free++;
	}
}

static void tell_referred(const struct map *m, uint64_t addr, slots full, struct group_tally *t)
{
	bool key = referred_type(m->type->key), elem = referred_type(m->type->elem);

	for (; (key || elem) && full; full = without_first(full)) {
		unsigned slot = first_slot(full);

		if (key)
			referred_add(m->heap, m->type->key, map_key(m, addr, slot), &t->referred);
		/* Most elems that lead nowhere are zero. */
		if (elem && any_set(map_elem(m, addr, slot), (size_t)m->type->elem->size))
			referred_add(m->heap, m->type->elem, map_elem(m, addr, slot), &t->referred);
	}
}

static void tell_group(const struct map *m, uint64_t addr, struct group_tally *t)
{
	uint64_t word = control_word(m, addr);
	slots full = match_full(word), empty = match_empty(word);

	t->live += count_slots(full);
	t->tombstones += SLOTS - count_slots(full) - count_slots(empty);
	tell_referred(m, addr, full, t);
	tell_free(m, addr, empty, t);
}

void tally_groups(const struct map *m, const struct groups *g, uint64_t times,
	struct group_tally *t)
{
	struct group_tally part = { .tables = g->table != 0, .groups = g->mask + 1 };

	part.taken = object_bytes(m->type, part.groups * m->type->unit.size, m->type->pointers);
	for (uint64_t i = 0; i <= g->mask; i++)
		tell_group(m, group_addr(m, g, i), &part);
	numbers_add(t, &part, sizeof *t, times);
}

void each_groups(const struct map *m, groups_sink *sink, void *data)
{
	uint64_t entries = swiss_get(m, SWISS_DIR_LEN), last = 0;
	struct groups g = { .addr = swiss_get(m, SWISS_DIR_PTR) };

	if (entries == 0 && g.addr)
		sink(data, &g);
	for (uint64_t i = 0; i < entries; i++) {
		uint64_t table = directory_at(m, i);

		if (table == last)
			continue;
		last = table;
		g = groups_of(m, table);
		sink(data, &g);
	}
}
