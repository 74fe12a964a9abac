/* SPDX-License-Identifier: MIT */
/* clear(m): Map.Clear, table.Clear. Tables, their sizes and the directory stay. */
#include "model/map/swiss/rules.h"

enum { LARGE_SLOT = 32 }; /* bytes: asking first whether anything is in a group pays */

static void wipe_group(struct map *m, uint64_t group, bool all)
{
	if (all || match_full(control_word(m, group)))
		put_zeros(m, map_at(m, group), m->type->unit.size);
	put_empty(m, group);
}

static uint32_t slot_bytes(const struct maptype *t)
{
	return t->release->split_groups ? t->unit.key_step + t->unit.elem_step : t->unit.key_step;
}

/* Whether groups without a full slot are zeroed too, stale keys and all. */
static bool wipes_all(const struct map *m, const struct groups *g)
{
	switch (m->type->release->clear) {
	case CLEAR_ALL:
		return true;
	case CLEAR_FULL:
		return false;
	case CLEAR_FULL_TEST:
		break;
	}
	return table_get(m, g->table, TABLE_USED) * 4 > g->mask &&
		slot_bytes(m->type) <= LARGE_SLOT;
}

static void wipe_table(struct map *m, uint64_t table)
{
	struct groups g = groups_of(m, table);
	unsigned used = (unsigned)table_get(m, table, TABLE_USED);
	unsigned most = table_most((unsigned)table_get(m, table, TABLE_CAPACITY));
	bool skip = m->type->release->clear != CLEAR_ALL && used == 0 &&
		table_get(m, table, TABLE_GROWTH_LEFT) == most;
	bool all = wipes_all(m, &g);
	struct place at = { .addr = g.addr };

	for (uint64_t i = 0; !skip && i <= g.mask; i++)
		wipe_group(m, group_addr(m, &g, i), all);
	if (!skip) {
		table_set(m, table, TABLE_USED, 0);
		table_set(m, table, TABLE_GROWTH_LEFT, most);
	}
	if (m->trace)
		number_place(m, &at, &g);
	TELL(m, .kind = SWISS_EVENT_WIPE, .at = at,
		.own = SWISS(wipe, .entries = (uint16_t)used, .skipped = skip));
}

static void wipe_tables(struct map *m)
{
	uint64_t n = swiss_get(m, SWISS_DIR_LEN), last = 0;

	for (uint64_t i = 0; i < n; i++) {
		uint64_t table = directory_at(m, i);

		if (table != last)
			wipe_table(m, table);
		last = table;
	}
}

void swiss_clear(struct map *m)
{
	uint64_t used = m->header ? swiss_get(m, SWISS_USED) : 0;

	if (!m->header || (used == 0 && !swiss_get(m, SWISS_TOMBSTONE_POSSIBLE))) {
		TELL(m, .kind = EVENT_CLEAR);
		return;
	}
	lose_objects(m, used);
	if (swiss_small(m)) {
		wipe_group(m, swiss_get(m, SWISS_DIR_PTR), true);
	} else {
		wipe_tables(m);
		swiss_set(m, SWISS_TOMBSTONE_POSSIBLE, 0);
	}
	swiss_set(m, SWISS_USED, 0);
	swiss_set(m, SWISS_CLEAR_SEQ, swiss_get(m, SWISS_CLEAR_SEQ) + 1);
	swiss_draw_seed(m);
	m->landmarks |= LANDMARK_CLEAR;
	TELL(m, .kind = EVENT_CLEAR, .clear = { .entries = used });
}
