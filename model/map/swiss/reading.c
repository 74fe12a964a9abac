/* SPDX-License-Identifier: MIT */
#include "model/map/swiss/reading.h"

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

/* The different tables; with `wanted` above 0 its number is *number, when it is among them. */
static uint32_t count_tables(const struct map *m, uint64_t wanted, uint32_t *number)
{
	uint64_t entries = swiss_get(m, SWISS_DIR_LEN), last = 0;
	uint32_t n = 0;

	for (uint64_t i = 0; i < entries; i++) {
		uint64_t table = directory_at(m, i);

		if (table == last)
			continue;
		last = table;
		if (table == wanted)
			*number = n;
		n++;
	}
	return n;
}

static uint32_t inside(const struct map *m)
{
	if (swiss_small(m))
		return swiss_get(m, SWISS_DIR_PTR) != 0;
	return count_tables(m, 0, &(uint32_t){ 0 });
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

uint32_t swiss_number(const struct map *m, uint64_t table, uint64_t group)
{
	struct groups out[OUTSIDE_MOST];
	uint32_t number = UINT32_MAX, tables, n;

	if (swiss_small(m) && !table && group == swiss_get(m, SWISS_DIR_PTR))
		return 0;
	tables = swiss_small(m) ? inside(m) : count_tables(m, table, &number);
	if (number != UINT32_MAX)
		return number;
	n = outside(m, out);
	for (uint32_t i = 0; i < n; i++)
		if (table ? out[i].table == table : out[i].addr == group)
			return tables + i;
	return tables + n;
}
