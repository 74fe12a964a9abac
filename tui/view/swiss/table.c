/* SPDX-License-Identifier: MIT */
#include "tui/view/swiss/table.h"

static bool holds(const struct map *m, const struct groups *g, uint64_t addr)
{
	return g->addr && addr >= g->addr && addr - g->addr < (g->mask + 1) * m->type->unit.size;
}

struct under table_under(const struct look *l)
{
	const struct map *m = &l->session->world.map;
	struct under u = { 0 };
	uint32_t arrays = swiss_arrays(m);

	if (!m->header)
		return u;
	for (uint64_t i = 0; i < swiss_get(m, SWISS_DIR_LEN); i++)
		u.tables += i == 0 || directory_at(m, i) != directory_at(m, i - 1);
	for (uint32_t n = 0; n < arrays; n++) {
		struct groups g = swiss_array(m, n);

		if (n > 0 && !holds(m, &g, l->cursor.addr))
			continue;
		u.groups = g;
		u.number = n;
	}
	if (holds(m, &u.groups, l->cursor.addr))
		u.group = (l->cursor.addr - u.groups.addr) / m->type->unit.size;
	return u;
}

void table_enter(struct look *l, uint64_t group)
{
	const struct map *m = &l->session->world.map;
	uint32_t arrays = swiss_arrays(m), tables = table_under(l).tables;
	uint64_t unit = 0;

	for (uint32_t n = 0; n < arrays; n++) {
		struct groups g = swiss_array(m, n);

		if (n == tables && n > 0)
			unit = 0;
		if (holds(m, &g, group)) {
			look_put(l, (struct place){ .array = n >= tables && n > 0, .slot = l->cursor.slot,
				.unit = unit + (group - g.addr) / m->type->unit.size });
			return;
		}
		unit += g.mask + 1;
	}
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
		text_add(out, table_index(m, u->groups.table) < 0 ? "the new left table" : "the new table");
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
		*h = (struct half){ .on = true, .splits = true, .all = swiss_of(e).split.used,
			.from = TABLE_SLOTS_MOST, .to = TABLE_SLOTS_MOST, .bit = swiss_of(e).split.bit };
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
	h.within = h.moved > 0 && s->shown.events < n && e[s->shown.events].kind == SWISS_EVENT_MOVE &&
		e[s->shown.events].at.unit == h.group;
	return h;
}
