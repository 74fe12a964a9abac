/* SPDX-License-Identifier: MIT */
#include "model/figures/swiss/growths.h"

#include "model/figures/cell.h"
#include "model/figures/swiss/expect.h"
#include "model/figures/swiss/swiss_figures.h"
#include "model/figures/swiss/tally.h"

/* Looks for the table that takes the fewest more keys. */
struct search {
	const struct map *m;
	struct next_growth *g;
	uint64_t table;
	uint64_t all;            /* keys that all tables take */
};

static void look_at(void *data, const struct groups *g)
{
	struct search *s = data;
	uint64_t left;

	if (!g->table)
		return;
	left = table_get(s->m, g->table, TABLE_GROWTH_LEFT);
	s->all += left;
	if (s->table && left >= s->g->left)
		return;
	s->table = g->table;
	s->g->left = left;
	s->g->entry = (uint64_t)table_index(s->m, g->table);
}

static void small_growth(const struct map *m, struct next_growth *g)
{
	g->left = SMALL_MOST - swiss_get(m, SWISS_USED);
	g->inserts = (struct span){ g->left + 1, g->left + 1 };
	g->from = SLOTS;
	g->to = 2 * SLOTS;
	g->alloc = expect_table_bytes(m->type, g->to) +
		object_bytes(m->type, m->type->target->ptrsize, true);
}

/* With tombstones a key may take one of these, and nobody knows how often. */
static void table_growth(const struct map *m, struct next_growth *g, const struct search *s)
{
	unsigned capacity = (unsigned)table_get(m, s->table, TABLE_CAPACITY), word;
	uint64_t depth = table_get(m, s->table, TABLE_LOCAL_DEPTH);
	uint64_t entries = swiss_get(m, SWISS_DIR_LEN);

	g->from = capacity;
	g->splits = 2 * capacity > TABLE_SLOTS_MOST;
	g->to = g->splits ? TABLE_SLOTS_MOST : 2 * capacity;
	g->doubles = g->splits && depth == swiss_get(m, SWISS_GLOBAL_DEPTH);
	g->prunes = m->type->release->prunes && m->type->path != PATH_GENERAL &&
		table_tombstones(m, s->table) * 10 >= capacity;
	g->inserts = (struct span){ g->left + 1, s->all + 1 };
	word = m->type->target->ptrsize;
	g->alloc = (g->splits ? 2 : 1) * expect_table_bytes(m->type, g->to) +
		(g->doubles ? object_bytes(m->type, 2 * entries * word, true) : 0);
}

/* What is garbage once the growth is over. */
static uint64_t given_up(const struct map *m, const struct next_growth *g)
{
	unsigned word = m->type->target->ptrsize;

	if (swiss_small(m))
		return map_on_stack(m, swiss_get(m, SWISS_DIR_PTR)) ? 0
			: object_bytes(m->type, m->type->unit.size, m->type->pointers);
	return expect_table_bytes(m->type, g->from) +
		(g->doubles ? object_bytes(m->type, swiss_get(m, SWISS_DIR_LEN) * word, true) : 0);
}

void next_growth(const struct map *m, const struct ledger *l, struct next_growth *g)
{
	struct search s = { .m = m, .g = g };
	uint64_t keys;

	*g = (struct next_growth){ 0 };
	each_groups(m, look_at, &s);
	if (s.table)
		table_growth(m, g, &s);
	else
		small_growth(m, g);
	keys = (g->inserts.least - 1) * cell_apart_bytes(m->type);
	g->peak = l->total + keys + g->alloc;
	/* A map that was never written to gets its first group by then. */
	if (!swiss_get(m, SWISS_DIR_PTR))
		g->peak += object_bytes(m->type, m->type->unit.size, m->type->pointers);
	g->after = g->peak - given_up(m, g) + cell_apart_bytes(m->type);
}

static void say_next(const struct map *m, const struct next_growth *g, struct text *out)
{
	if (swiss_small(m))
		text_printf(
			out, "the group of %u slots becomes a table of %u, in ", g->from, g->to);
	else if (g->splits)
		text_printf(out, "table %s may be the first to split in two, in ",
			count_text(g->entry).s);
	else
		text_printf(out, "table %s may be the first to grow from %u slots to %u, in ",
			count_text(g->entry).s, g->from, g->to);
	span_add(out, g->inserts, "insert");
	text_add(out, " of new keys");
	if (g->prunes)
		text_add(out, ", unless its tombstones are pruned or taken");
}

static void say_cost(const struct next_growth *g, struct text *out)
{
	text_printf(out, "it allocates %s bytes%s, and is over within that insert; %s are in use "
		"while it moves entries, %s afterwards", count_text(g->alloc).s,
		g->doubles ? ", the directory twice as long with it" : "", count_text(g->peak).s,
		count_text(g->after).s);
}

static void tell_next(const struct map *m, const struct ledger *l, struct foretold *f)
{
	struct next_growth g;

	next_growth(m, l, &g);
	foretold_span(f, "next_growth.inserts.least", "next_growth.inserts.most", g.inserts);
	foretold_number(f, "next_growth.directory_entry", g.entry);
	foretold_number(f, "next_growth.slots_from", g.from);
	foretold_number(f, "next_growth.slots_to", g.to);
	foretold_flag(f, "next_growth.splits", g.splits);
	foretold_flag(f, "next_growth.directory_doubles", g.doubles);
	foretold_number(f, "next_growth.alloc_bytes", g.alloc);
	foretold_number(f, "next_growth.peak", g.peak);
	foretold_number(f, "next_growth.after", g.after);
	say_next(m, &g, &f->lines[0]);
	say_cost(&g, &f->lines[1]);
}

/* The k-th step of a map without a hint: 9 entries, 15, 29, .., 897, then about twice as many. */
static uint64_t entry_of(unsigned k)
{
	if (k == 0)
		return SMALL_MOST + 1;
	return (uint64_t)LOAD_OF_8 * 2 * (1ull << (k - 1)) + 1;
}

static unsigned points(const struct map *m, struct growth_point *list, unsigned most)
{
	const struct maptype *t = m->type;
	uint64_t used = swiss_get(m, SWISS_USED), room = 0;
	unsigned n = 0;
	struct extent extent = map_extent(m);

	/* What the tables take as they are. */
	room = extent.directory ? extent.units * LOAD_OF_8 : SMALL_MOST;
	for (unsigned k = 0; n < most && k < 40; k++) {
		uint64_t entry = entry_of(k);
		unsigned to = k < 7 ? 2u * SLOTS << k : TABLE_SLOTS_MOST, word = t->target->ptrsize;
		struct expected before, after;
		uint64_t during;

		if (entry <= used || entry <= room)
			continue;
		before = expect_map(t, 0, entry - 1);
		/* A split begins with one table; when all have, there are twice as many. */
		after = expect_map(t, 0, k > 7 ? entry + entry / 4 : entry);
		if (after.in_use.bytes > t->target->max_alloc)
			break;
		/* Both are there while entries are moved; of many tables one at a time. */
		during = before.in_use.bytes + (k == 7 ? 2 : 1) * expect_table_bytes(t, to) +
			(k == 0 || k == 7 ? object_bytes(t, (k ? 2 : 1) * word, true) : 0);
		if (k > 7)
			during = after.in_use.bytes + expect_table_bytes(t, to);
		list[n++] = (struct growth_point){ .entry = entry,
			.size = (uint64_t)(after.tables + 0.5),
			.units = (uint64_t)(after.groups + 0.5),
			.before = before.in_use.bytes,
			.during = during,
			.after = after.in_use.bytes,
			.least = after.in_use.bytes };
	}
	return n;
}

const struct foresight swiss_foresight = {
	.foretell = tell_next,
	.points = points,
	.size_word = "tables",
	.points_note = "exact up to the first split; from then on each table grows at its own "
		"entries, and figures are about those that chance makes",
};
