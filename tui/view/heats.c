/* SPDX-License-Identifier: MIT */
#include "tui/view/heats.h"

#include <stdlib.h>
#include <string.h>

#include "model/base/mem.h"
#include "tui/view/design.h"

/* More changes than that are as well measured anew. */
enum { RECORDS_MOST = 64, UNITS_MOST = 256, CELLS_MOST = 64, LINKS_MOST = 1024 };

void heats_free(struct heats *h)
{
	free(h->list);
	links_free(&h->links);
	*h = (struct heats){ 0 };
}

static unsigned moved(const struct units *u, bool aside, uint64_t unit)
{
	const struct units_design *d = design_of(u->map)->units;

	return units_both(u) && d->growth.state ? d->growth.state(u, aside, unit) & 1 : 0;
}

/* How many of a unit's and its chain's slots are in a state. */
static unsigned count_slots(const struct units *u, uint64_t unit, enum slot_state state)
{
	const struct marks *marks = design_of(u->map)->units->marks;
	unsigned n = 0;

	for (uint64_t a = unit; a; a = map_link(u->map, a))
		for (unsigned i = 0; i < SLOTS; i++)
			n += mark_of(marks, map_control(u->map, a, i))->state == state;
	return n;
}

static unsigned count_live(const struct units *u, uint64_t unit)
{
	unsigned n = 0;

	for (uint64_t a = unit; a; a = map_link(u->map, a))
		for (unsigned i = 0; i < SLOTS; i++)
			n += map_live(u->map, a, i);
	return n;
}

static unsigned count_links(const struct units *u, uint64_t unit)
{
	unsigned n = 0;

	for (uint64_t a = unit; (a = map_link(u->map, a)) != 0; n++)
		continue;
	return n;
}

unsigned heat_count(const struct units *u, bool aside, uint64_t unit, enum heat_metric metric)
{
	uint64_t addr = units_at(u, aside, unit);

	switch (metric) {
	case METRIC_FILL:
		return count_live(u, addr);
	case METRIC_CHAIN:
		if (design_of(u->map)->units->reach.of)
			return design_of(u->map)->units->reach.of(u, aside, unit);
		return count_links(u, addr);
	case METRIC_DEAD:
		return count_slots(u, addr, SLOT_DEAD);
	default:
		return moved(u, aside, unit);
	}
}

/* The first unit of a cell; of the one behind the last, the number of units. */
static uint64_t first_of(const struct heats *h, uint64_t cell)
{
	return h->units * cell / h->wish.cells;
}

static uint64_t cell_of(const struct heats *h, uint64_t unit)
{
	uint64_t cell = unit * h->wish.cells / h->units;

	return first_of(h, cell + 1) <= unit ? cell + 1 : cell;
}

static void add_links(struct heats *h, const struct map *m, uint64_t owner)
{
	uint64_t a = owner;

	while (h->links.table.count <= LINKS_MOST && (a = map_link(m, a)) != 0)
		links_add(&h->links, a, owner);
}

/* Steps of the scale, which has eight, for each of what is counted. */
static const unsigned steps[METRICS] = {
	[METRIC_FILL] = 1, [METRIC_CHAIN] = 2, [METRIC_DEAD] = 1, [METRIC_MOVED] = SLOTS,
};

bool heat_is_most(enum heat_metric metric)
{
	return metric == METRIC_CHAIN || metric == METRIC_DEAD;
}

static void measure(struct heats *h, const struct units *u, uint64_t cell)
{
	const struct heat_wish *w = &h->wish;
	uint64_t from = first_of(h, cell), to = first_of(h, cell + 1);
	uint64_t step = (to - from + w->samples - 1) / w->samples, seen = 0, sum = 0, most = 0,
		 heat;

	for (uint64_t b = from; b < to; b += step, seen++) {
		uint64_t n = heat_count(u, w->aside, b, w->metric) * steps[w->metric];

		sum += n;
		most = n > most ? n : most;
		if (u->map->type->unit.link)
			add_links(h, u->map, units_at(u, w->aside, b));
	}
	heat = heat_is_most(w->metric) ? most : (sum + seen / 2) / seen;
	h->list[cell] = heat > SLOTS ? SLOTS : (uint8_t)heat;
	h->cost++;
}

static void measure_all(struct heats *h, const struct units *u, const struct heat_wish *wish)
{
	if (wish->cells > h->cap) {
		h->list = xrealloc(h->list, wish->cells);
		h->cap = wish->cells;
	}
	h->wish = *wish;
	h->type = u->map->type;
	h->array = units_at(u, wish->aside, 0);
	h->units = u->all[wish->aside];
	links_free(&h->links);
	links_init(&h->links, u->map->type->unit.size);
	for (uint64_t cell = 0; cell < wish->cells; cell++)
		measure(h, u, cell);
}

/* Cells to be measured again. */
struct again {
	const struct heats *h;
	const struct units *units;
	uint64_t cells[CELLS_MOST];
	size_t n;
};

/* False: they are too many. */
static bool add_cell(void *data, uint64_t addr)
{
	struct again *t = data;
	uint64_t unit, cell;
	bool aside;

	if (!units_find(t->units, addr, &aside, &unit) || aside != t->h->wish.aside)
		return true;
	cell = cell_of(t->h, unit);

	for (size_t i = 0; i < t->n; i++)
		if (t->cells[i] == cell)
			return true;
	if (t->n == CELLS_MOST)
		return false;
	t->cells[t->n++] = cell;
	return true;
}

/* Adds the array of the side that an address lies in, if there is one and it is not there yet. */
static void add_stretch(struct stretch *list, size_t *n, const struct units *u, bool aside,
	uint64_t addr)
{
	const struct unit_array *a;
	uint64_t unit;
	bool side;

	if (!units_find(u, addr, &side, &unit) || side != aside)
		return;
	a = units_array(u, side, unit);
	for (size_t i = 0; i < *n; i++)
		if (list[i].addr == a->addr)
			return;
	list[(*n)++] = (struct stretch){ a->addr, a->units };
}

/*
 * The arrays of a side that the records [from, to) touch, at least by their ends: each lies in one
 * object, but for those of a heap that was given up, which are too long. False for such.
 */
static bool stretches(struct stretch list[2 * RECORDS_MOST], size_t *n, const struct units *u,
	bool aside, size_t from, size_t to)
{
	const struct heap *h = u->map->heap;

	*n = 0;
	if (to - from > RECORDS_MOST)
		return false;
	for (size_t i = from; i < to; i++) {
		const struct journal_record *r = &h->journal->records[i];
		uint64_t addr = heap_addr(h, r->where);

		if (r->len / u->map->type->unit.size > UNITS_MOST)
			return false;
		add_stretch(list, n, u, aside, addr);
		add_stretch(list, n, u, aside, addr + (r->len ? r->len - 1 : 0));
	}
	return true;
}

/* Measures what has changed since; false when that is not known, or too much. */
static bool catch_up(struct heats *h, const struct units *u)
{
	const struct map *m = u->map;
	struct touch touch = { .unit = m->type->unit.size, .links = &h->links, .nlinks = 1,
		.most = RECORDS_MOST, .span = UNITS_MOST };
	struct again t = { .h = h, .units = u };
	struct stretch arrays[2 * RECORDS_MOST];
	size_t from, to;
	bool known;

	if (h->wish.metric == METRIC_MOVED || h->links.table.count > LINKS_MOST)
		return false;
	touch.arrays = arrays;
	known = journal_between(m->heap->journal, h->version, h->at, &from, &to) &&
		stretches(arrays, &touch.narrays, u, h->wish.aside, from, to) &&
		touched_between(m, &touch, from, to, add_cell, &t);
	for (size_t i = 0; known && i < t.n; i++)
		measure(h, u, t.cells[i]);
	return known;
}

static bool is_same(const struct heats *h, const struct units *u, const struct heat_wish *w)
{
	return h->wish.aside == w->aside && h->wish.metric == w->metric &&
		h->wish.cells == w->cells && h->wish.samples == w->samples &&
		h->type == u->map->type && h->array == units_at(u, w->aside, 0) &&
		h->units == u->all[w->aside];
}

const uint8_t *heats_of(struct heats *h, const struct units *u, const struct heat_wish *wish)
{
	const struct journal *j = u->map->heap->journal;
	uint64_t version = journal_version(j);
	bool same = version && h->version && is_same(h, u, wish);

	if (!same || (h->version != version && !catch_up(h, u)))
		measure_all(h, u, wish);
	h->version = version;
	h->at = j->at;
	return h->list;
}

bool heats_warm(const struct heats *h)
{
	for (uint64_t i = 0; i < h->wish.cells; i++)
		if (h->list[i])
			return true;
	return false;
}
