/* SPDX-License-Identifier: MIT */
#include "tui/view/swiss/table.h"

/* Of array n of the units that are seen. */
static struct groups groups_at(const struct look *l, size_t n)
{
	const struct unit_array *a = &l->units.list[n];

	return (struct groups){ .table = a->table, .addr = a->addr, .mask = a->units - 1 };
}

/* The first table where the cursor is in none. */
struct under table_under(const struct look *l)
{
	const struct units *units = &l->units;
	struct under u = { .tables = (uint32_t)units->main };
	uint64_t unit;
	bool aside;

	if (units->count == 0)
		return u;
	if (units->list[0].table == 0)
		u.tables = 0;
	u.groups = groups_at(l, 0);
	if (units_find(units, l->cursor.addr, &aside, &unit)) {
		const struct unit_array *a = units_array(units, aside, unit);

		u.number = (uint32_t)(a - units->list);
		u.groups = groups_at(l, u.number);
		u.group = unit - a->first;
	}
	return u;
}

void table_enter(struct look *l, uint64_t group)
{
	uint64_t unit;
	bool aside;

	if (units_find(&l->units, group, &aside, &unit))
		look_put(l, (struct place){ .array = aside, .slot = l->cursor.slot, .unit = unit });
}

void table_name(const struct map *m, const struct under *u, struct text *out)
{
	if (!u->groups.table)
		text_add(out, "the small map's group");
	else if (!table_aside(u))
		text_printf(out, "table %u", u->number);
	else if (u->groups.table == m->swiss.fresh[1])
		text_add(out, "the new right table");
	else if (u->groups.table == m->swiss.fresh[0])
		text_add(out,
			table_index(m, u->groups.table) < 0 ? "the new left table"
							    : "the new table");
	else
		text_add(out, "the replaced table");
}

/* The table of the directory with these groups; 0: none, as a small map has none. */
static uint64_t find_table(const struct map *m, uint64_t groups, uint32_t *number)
{
	uint64_t n = swiss_get(m, SWISS_DIR_LEN), last = 0;

	*number = 0;
	for (uint64_t i = 0; i < n; i++) {
		uint64_t table = directory_at(m, i);

		if (table_get(m, table, TABLE_GROUPS) == groups)
			return table;
		last = table;
		*number += i + 1 < n && directory_at(m, i + 1) != last;
	}
	return 0;
}

/* Begins with a GROW or SPLIT; ends when the directory leads to all new tables. */
static void follow(struct half *h, const struct map_event *e, const struct map_event **begin,
	unsigned *installed)
{
	switch (e->kind) {
	case SWISS_EVENT_GROW:
		*h = (struct half){ .on = true, .all = swiss_of(e).grow.used,
			.from = swiss_of(e).grow.from, .to = swiss_of(e).grow.to };
		*begin = e;
		*installed = 0;
		break;
	case SWISS_EVENT_SPLIT:
		*h = (struct half){ .on = true,
			.splits = true,
			.all = swiss_of(e).split.used,
			.from = TABLE_SLOTS_MOST,
			.to = TABLE_SLOTS_MOST,
			.bit = swiss_of(e).split.bit };
		*begin = e;
		*installed = 0;
		break;
	case SWISS_EVENT_MOVE:
		h->moved++;
		h->group = (unsigned)e->at.unit;
		break;
	case SWISS_EVENT_INSTALL:
		h->on = ++*installed <= h->splits;
		break;
	default:
		break;
	}
}

struct half growth_half(const struct session *s)
{
	const struct map *m = &s->world.map;
	const struct map_event *e, *begin = NULL;
	struct half h = { 0 };
	unsigned installed = 0;
	size_t n;

	if (!m->header || !session_half_done(s))
		return h;
	e = session_events(s, &n);
	for (size_t i = 0; i < s->shown.events; i++)
		follow(&h, &e[i], &begin, &installed);
	if (!h.on)
		return (struct half){ 0 };
	if (h.from > SLOTS)
		h.old = find_table(m, begin->at.addr, &h.number);
	h.within = h.moved > 0 && s->shown.events < n &&
		e[s->shown.events].kind == SWISS_EVENT_MOVE &&
		e[s->shown.events].at.unit == h.group;
	return h;
}
