/* SPDX-License-Identifier: MIT */
#include "model/map/swiss/reading.h"

#include <string.h>

unsigned table_tombstones(const struct map *m, uint64_t table)
{
	return table_most((unsigned)table_get(m, table, TABLE_CAPACITY)) -
		(unsigned)table_get(m, table, TABLE_USED) -
		(unsigned)table_get(m, table, TABLE_GROWTH_LEFT);
}

/* The tables and groups that the directory does not lead to, in their order; returns how many. */
enum { OUTSIDE_MOST = 3 };

static bool in_directory(const struct map *m, uint64_t table)
{
	uint64_t n = swiss_get(m, SWISS_DIR_LEN);

	for (uint64_t i = 0; i < n; i++)
		if (directory_at(m, i) == table)
			return true;
	return false;
}

static uint32_t outside(const struct map *m, struct groups out[OUTSIDE_MOST])
{
	const struct swiss_loop *l = &m->loop.swiss;
	uint32_t n = 0;

	for (unsigned i = 0; i < 2; i++)
		if (m->swiss.fresh[i])
			out[n++] = groups_of(m, m->swiss.fresh[i]);
	if (!map_in_loop(m))
		return n;
	if (l->table && !in_directory(m, l->table))
		out[n++] = groups_of(m, l->table);
	else if (l->small && !swiss_small(m))
		out[n++] = (struct groups){ .addr = l->small };
	return n;
}

/* The different tables among the first entries of the directory; those of one are neighbours. */
static uint32_t count_tables(const struct map *m, uint64_t entries)
{
	const struct target *t = m->type->target;
	const uint8_t *p = map_at(m, swiss_get(m, SWISS_DIR_PTR));
	uint32_t n = entries > 0;

	/* The most common size by itself, so that many are compared at once. */
	if (t->ptrsize == 8)
		for (uint64_t i = 1; i < entries; i++)
			n += memcmp(p + 8 * i, p + 8 * i - 8, 8) != 0;
	else
		for (uint64_t i = 1; i < entries; i++)
			n += memcmp(p + 4 * i, p + 4 * i - 4, 4) != 0;
	return n;
}

static uint32_t inside(const struct map *m)
{
	if (swiss_small(m))
		return swiss_get(m, SWISS_DIR_PTR) != 0;
	return count_tables(m, swiss_get(m, SWISS_DIR_LEN));
}

uint32_t swiss_arrays(const struct map *m)
{
	struct groups out[OUTSIDE_MOST];

	return m->header ? inside(m) + outside(m, out) : 0;
}

static uint64_t table_number(const struct map *m, uint32_t n)
{
	uint64_t entries = swiss_get(m, SWISS_DIR_LEN), last = 0;

	for (uint64_t i = 0; i < entries; i++) {
		uint64_t table = directory_at(m, i);

		if (table != last && n-- == 0)
			return table;
		last = table;
	}
	return 0;
}

struct groups swiss_array(const struct map *m, uint32_t n)
{
	struct groups out[OUTSIDE_MOST] = { 0 };
	uint32_t first = inside(m);

	if (n >= first)
		return n - first < outside(m, out) ? out[n - first] : (struct groups){ 0 };
	if (swiss_small(m))
		return (struct groups){ .addr = swiss_get(m, SWISS_DIR_PTR) };
	return groups_of(m, table_number(m, n));
}

/* The first entry that leads to the table is the one that it names; false for none. */
static bool leads_to(const struct map *m, uint64_t table, uint64_t *entry)
{
	int64_t i = table ? table_index(m, table) : -1;

	*entry = (uint64_t)i;
	return i >= 0 && *entry < swiss_get(m, SWISS_DIR_LEN) && directory_at(m, *entry) == table;
}

uint32_t swiss_number(const struct map *m, uint64_t table, uint64_t group)
{
	struct groups out[OUTSIDE_MOST];
	uint64_t entry;
	uint32_t tables, n;

	if (swiss_small(m) && !table && group == swiss_get(m, SWISS_DIR_PTR))
		return 0;
	if (leads_to(m, table, &entry))
		return count_tables(m, entry + 1) - 1;
	tables = inside(m);
	n = outside(m, out);
	for (uint32_t i = 0; i < n; i++)
		if (table ? out[i].table == table : out[i].addr == group)
			return tables + i;
	return tables + n;
}

uint64_t swiss_half_replaced(const struct map *m)
{
	uint64_t right = m->swiss.fresh[0] ? 0 : m->swiss.fresh[1];

	return right ? directory_at(m, (uint64_t)table_index(m, right)) : 0;
}
