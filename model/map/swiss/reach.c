/* SPDX-License-Identifier: MIT */
/*
 * What a Swiss map keeps alive: header, directory, tables and their groups, and the keys and elems
 * that are stored apart. A table that was replaced is garbage, also while a range walks along it.
 * Within a growth the tables that it fills are there beside the one that they replace; what their
 * entries share with it counts once.
 */
#include "model/map/swiss/swiss.h"

#include "model/map/swiss/control.h"
#include "model/map/swiss/layout.h"
#include "model/map/swiss/reading.h"
#include "model/target/sizeclass.h"

static void add_object(const struct map *m, struct account *a, uint64_t size, bool pointers)
{
	const struct maptype *t = m->type;

	a->objects++;
	a->bytes += alloc_size(t->release, t->target->ptrsize, size, pointers);
}

static void add_array(const struct map *m, struct account *a, const struct groups *g)
{
	add_object(m, a, (g->mask + 1) * m->type->unit.size, m->type->pointers);
}

/* The keys and elems that are stored apart. */
static void add_apart(const struct map *m, struct account *a, const struct groups *g)
{
	const struct maptype *t = m->type;

	if (!t->indirect_key && !t->indirect_elem)
		return;
	for (uint64_t i = 0; i <= g->mask; i++)
		for (unsigned slot = 0; slot < SLOTS; slot++) {
			if (*control_at(m, group_addr(m, g, i), slot) > CONTROL_FULL_MOST)
				continue;
			if (t->indirect_key)
				add_object(m, a, t->key->size, t->key->pointers);
			if (t->indirect_elem)
				add_object(m, a, t->elem->size, t->elem->pointers);
		}
}

static void add_groups(const struct map *m, struct account *a, const struct groups *g)
{
	if (!map_on_stack(m, g->addr))
		add_array(m, a, g);
	add_apart(m, a, g);
}

static void add_fresh(const struct map *m, struct account *a)
{
	for (unsigned i = 0; i < 2; i++) {
		struct groups g;

		if (!m->swiss.fresh[i])
			continue;
		g = groups_of(m, m->swiss.fresh[i]);
		add_object(m, a, table_size(m->type->target), true);
		add_array(m, a, &g);
		if (swiss_half_replaced(m))
			add_apart(m, a, &g);
	}
}

struct account swiss_reached(const struct map *m)
{
	struct account a = { 0 };
	struct groups g = { 0 };
	uint64_t entries, last = 0, replaced;

	if (!m->header)
		return a;
	if (!map_on_stack(m, m->header))
		add_object(m, &a, swiss_size(m->type->target), true);
	g.addr = swiss_small(m) ? swiss_get(m, SWISS_DIR_PTR) : 0;
	if (g.addr)
		add_groups(m, &a, &g);
	entries = swiss_get(m, SWISS_DIR_LEN);
	replaced = swiss_half_replaced(m);
	if (entries)
		add_object(m, &a, entries * m->type->target->ptrsize, true);
	for (uint64_t i = 0; i < entries; i++) {
		uint64_t table = directory_at(m, i);

		if (table == last)
			continue;
		last = table;
		add_object(m, &a, table_size(m->type->target), true);
		g = groups_of(m, table);
		add_array(m, &a, &g);
		if (table != replaced)
			add_apart(m, &a, &g);
	}
	add_fresh(m, &a);
	return a;
}
