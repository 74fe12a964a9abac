/* SPDX-License-Identifier: MIT */
#include "model/figures/swiss/accounts.h"

#include "model/figures/cell.h"

static const struct ledger_cause causes[SWISS_CAUSES] = {
#define X(id, name, word, kind, what) [SWISS_CAUSE_##id] = { name, word, what, BYTES_##kind },
	SWISS_CAUSES_TABLE(X)
#undef X
};

static const struct ledger_place places[SWISS_PLACES] = {
	[SWISS_IN_GROUPS] = { "groups", "groups" },
	[SWISS_IN_FRAME] = { "headers", "frame" },
	[SWISS_APART] = { "apart", "apart" },
	[SWISS_ON_STACK] = { "stack", "stack" },
};

static void book_many(struct ledger *l, const struct maptype *t, enum swiss_cause cause,
	enum swiss_place place, uint64_t count, uint64_t size, bool pointers)
{
	l->bytes[cause][place] += count * size;
	ledger_book(l, place, SWISS_CAUSE_ROUNDING, count, size, object_bytes(t, size, pointers));
}

static void book_groups(struct ledger *l, const struct map *m, const struct group_tally *t)
{
	const struct maptype *type = m->type;
	bool stack = swiss_small(m) && map_on_stack(m, swiss_get(m, SWISS_DIR_PTR));
	uint64_t slot = type->keysize + type->elemsize, all = t->groups * type->unit.size;
	uint64_t key = cell_key_padding(type), elem = cell_elem_padding(type);
	uint64_t bytes[SWISS_CAUSES] = {
		[SWISS_CAUSE_KEYS] = t->live * (type->keysize - key),
		[SWISS_CAUSE_ELEMS] = t->live * (type->elemsize - elem),
		[SWISS_CAUSE_PADDING] = t->live * (key + elem),
		[SWISS_CAUSE_GAPS] = all - t->groups * SLOTS * (slot + 1),
		[SWISS_CAUSE_FREE] = t->free * slot,
		[SWISS_CAUSE_DEAD] = t->dead * slot,
		[SWISS_CAUSE_TOMBSTONES] = t->tombstones * slot,
		[SWISS_CAUSE_CONTROL] = t->groups * SLOTS,
	};

	for (int i = 0; i < SWISS_CAUSES; i++)
		l->bytes[i][stack ? SWISS_ON_STACK : SWISS_IN_GROUPS] += bytes[i];
	if (stack)
		return;
	l->bytes[SWISS_CAUSE_ROUNDING][SWISS_IN_GROUPS] += t->taken - all;
	l->total += t->taken;
	/* One array for each table; a small map's lone group has no table. */
	l->objects += t->tables ? t->tables : t->groups;
}

/* A growth within an operation: its new tables are there, and what is in them is counted once. */
static void book_filled(const struct map *m, struct ledger *l)
{
	const struct maptype *t = m->type;

	for (unsigned i = 0; i < 2; i++) {
		struct groups g = { .table = m->swiss.fresh[i] };

		if (!g.table)
			continue;
		g = groups_of(m, g.table);
		book_many(l, t, SWISS_CAUSE_FILLED, SWISS_IN_GROUPS, 1,
			(g.mask + 1) * t->unit.size, t->pointers);
		book_many(l, t, SWISS_CAUSE_TABLES, SWISS_IN_FRAME, 1, table_size(t->target), true);
	}
}

/* Live cells, each of an entry: those that a table has which is half replaced have moved on. */
static uint64_t count_entries(const struct map *m, const struct group_tally *t)
{
	struct group_tally half = { 0 };
	uint64_t table = swiss_half_replaced(m);
	struct groups g;

	if (!table)
		return t->live;
	g = groups_of(m, table);
	tally_groups(m, &g, UINT64_MAX, &half);
	g = groups_of(m, m->swiss.fresh[1]);
	tally_groups(m, &g, 1, &half);
	return t->live + half.live;
}

void swiss_make_ledger(const struct map *m, const struct group_tally *t, struct ledger *l)
{
	const struct maptype *type = m->type;
	struct swiss_counts *own = (struct swiss_counts *)(void *)l->own;
	unsigned word = type->target->ptrsize;
	uint64_t entries;

	_Static_assert(sizeof *own <= sizeof l->own, "there is room for them");
	*own = (struct swiss_counts){ t->tables, t->groups, swiss_get(m, SWISS_DIR_LEN) };
	l->entries = swiss_get(m, SWISS_USED);
	l->live = t->live;
	l->free = t->free;
	l->dead = t->dead;
	l->other = l->tombstones = t->tombstones;
	book_groups(l, m, t);
	if (map_on_stack(m, m->header))
		l->bytes[SWISS_CAUSE_MAP][SWISS_ON_STACK] += swiss_size(type->target);
	else
		book_many(l, type, SWISS_CAUSE_MAP, SWISS_IN_FRAME, 1, swiss_size(type->target),
			true);
	book_many(l, type, SWISS_CAUSE_TABLES, SWISS_IN_FRAME, t->tables, table_size(type->target),
		true);
	if (own->directory)
		book_many(l, type, SWISS_CAUSE_DIRECTORY, SWISS_IN_FRAME, 1, own->directory * word,
			true);
	book_filled(m, l);
	entries = count_entries(m, t);
	if (type->indirect_key)
		book_many(l, type, SWISS_CAUSE_KEY_OBJECTS, SWISS_APART, entries, type->key->size,
			type->key->pointers);
	if (type->indirect_elem)
		book_many(l, type, SWISS_CAUSE_ELEM_OBJECTS, SWISS_APART, entries,
			type->elem->size, type->elem->pointers);
	l->referred = referred_bytes(m->heap, &t->referred);
	l->referred_taken = referred_taken(m->heap, &t->referred);
}

/* A walk through all groups. */
struct walk {
	const struct map *m;
	struct group_tally tally;
};

static void tally_one(void *data, const struct groups *g)
{
	struct walk *w = data;

	tally_groups(w->m, g, 1, &w->tally);
}

static void take(const struct map *m, struct ledger *l)
{
	struct walk w = { .m = m };

	each_groups(m, tally_one, &w);
	swiss_make_ledger(m, &w.tally, l);
}

const struct ledger_form swiss_ledger = {
	.causes = causes,
	.ncauses = SWISS_CAUSES,
	.places = places,
	.nplaces = SWISS_PLACES,
	.stack = SWISS_ON_STACK,
	.other_slots = "tombstones",
	.other_empty = true,
	.slots_mean = "dead: free (·) again, with stale bytes of what was deleted; a tombstone "
		      "(╳): deleted, and a search goes on past it",
	.take = take,
};
