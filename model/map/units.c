/* SPDX-License-Identifier: MIT */
#include "model/map/units.h"

#include <stdlib.h>
#include <string.h>

#include "model/base/mem.h"
#include "model/base/ranks.h"
#include "model/map/engine.h"

enum {
	FEW = 8,            /* arrays that are looked through one by one */
	RECORDS_MOST = 4096 /* more changes than that are as well read anew */
};

/* An array by its address. */
struct unit_order {
	uint64_t addr;
	size_t array;
};

void units_add(struct units *u, enum side side, uint64_t table, uint64_t addr, uint64_t units)
{
	u->list = xroom(u->list, &u->cap, u->count, sizeof *u->list);
	u->list[u->count++] = (struct unit_array){ addr, units, u->all[side], table };
	u->main += side == SIDE_MAIN;
	u->all[side] += units;
	if (u->largest[side] < units)
		u->largest[side] = units;
}

/* Tables that an operation fills, and where a range is. */
static void list_outside(const struct map *m, uint64_t outside[4])
{
	outside[0] = m->swiss.fresh[0];
	outside[1] = m->swiss.fresh[1];
	outside[2] = map_in_loop(m) ? m->loop.swiss.table : 0;
	outside[3] = map_in_loop(m) ? m->loop.swiss.small : 0;
}

/* Nothing that leads to the arrays was written since. */
static bool still_leads(const struct units *u, const struct map *m)
{
	const struct journal *j = m->heap->journal;
	size_t from, to;

	if (!m->type->engine->reading.leads || !journal_between(j, u->version, u->at, &from, &to) ||
		to - from > RECORDS_MOST)
		return false;
	for (size_t i = from; i < to; i++) {
		uint64_t addr = heap_addr(m->heap, j->records[i].where);

		if (m->type->engine->reading.leads(m, addr, addr + j->records[i].len))
			return false;
	}
	return true;
}

static bool unchanged(const struct units *u, const struct map *m, const struct units *now)
{
	if (u->map != m || !u->version || !now->version || !m->header || u->header != m->header ||
		memcmp(u->outside, now->outside, sizeof u->outside) != 0)
		return false;
	return (u->version == now->version && u->at == now->at) || still_leads(u, m);
}

static void put_in_order(struct units *u)
{
	u->order = xcalloc(u->count, sizeof *u->order);
	for (size_t i = 0; i < u->count; i++)
		u->order[i] = (struct unit_order){ u->list[i].addr, i };
	ranks_sort(u->order, u->count, sizeof *u->order);
}

void units_read(struct units *u, const struct map *m)
{
	struct units now = { .map = m, .list = u->list, .cap = u->cap, .header = m->header,
		.version = journal_version(m->heap->journal), .at = m->heap->journal->at };

	list_outside(m, now.outside);
	if (unchanged(u, m, &now)) {
		u->version = now.version;
		u->at = now.at;
		return;
	}
	free(u->order);
	*u = now;
	if (m->header)
		m->type->engine->reading.units(m, u);
	if (u->count > FEW)
		put_in_order(u);
}

void units_free(struct units *u)
{
	free(u->list);
	free(u->order);
	*u = (struct units){ 0 };
}

/* The last array of a side that begins no later than the unit. */
static const struct unit_array *search(const struct unit_array *list, size_t count, uint64_t unit)
{
	while (count > 1) {
		size_t half = count / 2;

		if (list[half].first <= unit) {
			list += half;
			count -= half;
		} else {
			count = half;
		}
	}
	return list;
}

const struct unit_array *units_array(const struct units *u, bool aside, uint64_t unit)
{
	if (unit >= u->all[aside])
		return NULL;
	return aside ? search(u->list + u->main, u->count - u->main, unit)
		     : search(u->list, u->main, unit);
}

uint64_t units_at(const struct units *u, bool aside, uint64_t unit)
{
	const struct unit_array *a = units_array(u, aside, unit);

	return a ? a->addr + (unit - a->first) * u->map->type->unit.size : 0;
}

uint64_t units_linked(const struct units *u, bool aside, uint64_t unit, uint32_t link)
{
	uint64_t addr = units_at(u, aside, unit);

	for (; link > 0 && addr; link--)
		addr = map_link(u->map, addr);
	return addr;
}

static bool holds(const struct units *u, size_t array, uint64_t addr, uint64_t *unit)
{
	const struct unit_array *a = &u->list[array];
	uint64_t size = u->map->type->unit.size;

	if (addr < a->addr || addr - a->addr >= a->units * size)
		return false;
	*unit = a->first + (addr - a->addr) / size;
	return true;
}

/* The last array that begins no later than the address. */
static size_t begun_at(const struct units *u, uint64_t addr)
{
	size_t from = 0, to = u->count;

	while (to - from > 1) {
		size_t middle = from + (to - from) / 2;

		if (u->order[middle].addr <= addr)
			from = middle;
		else
			to = middle;
	}
	return u->order[from].array;
}

bool units_find(const struct units *u, uint64_t addr, bool *aside, uint64_t *unit)
{
	if (u->order) {
		size_t i = begun_at(u, addr);

		*aside = i >= u->main;
		return holds(u, i, addr, unit);
	}
	for (size_t i = 0; i < u->count; i++)
		if (holds(u, i, addr, unit)) {
			*aside = i >= u->main;
			return true;
		}
	return false;
}

/* In the old array of a growth that is over: what was there went to this unit, or above it. */
static bool gone_by_parts(const struct units *u, const struct place *at)
{
	return u->map->type->engine->layout.grows_in_parts && at->array == ARRAY_OLD &&
		u->count == 1 && at->unit < u->all[SIDE_MAIN];
}

/*
 * An array's number is that of the moment: what came later may have another one, or be gone. So the
 * unit's address counts where the place has one.
 */
bool units_seen(const struct units *u, const struct place *at, struct place *seen)
{
	bool aside;
	uint64_t unit;

	*seen = *at;
	if (at->array < u->count && at->unit < u->list[at->array].units) {
		seen->array = at->array >= u->main;
		seen->unit = u->list[at->array].first + at->unit;
		if (!at->addr || at->link || units_at(u, seen->array, seen->unit) == at->addr)
			return true;
	}
	if (gone_by_parts(u, at)) {
		seen->array = SIDE_MAIN;
		return true;
	}
	if (!at->addr || at->link || !units_find(u, at->addr, &aside, &unit))
		return false;
	seen->array = aside;
	seen->unit = unit;
	return true;
}

int units_entry_sides(const struct map *m)
{
	return m->type->engine->layout.grows_in_parts ? SIDES : SIDE_ASIDE;
}

struct unit_walk units_walk(const struct units *u, bool aside, uint64_t unit)
{
	struct unit_walk w = { .units = u, .array = units_array(u, aside, unit), .unit = unit };

	if (w.array)
		w.end = u->list + (aside ? u->count : u->main);
	w.addr = units_at(u, aside, unit);
	return w;
}

void unit_walk_next(struct unit_walk *w)
{
	if (++w->unit - w->array->first < w->array->units) {
		w->addr += w->units->map->type->unit.size;
		return;
	}
	w->addr = ++w->array < w->end ? w->array->addr : 0;
}

void units_visit(const struct map *m, unit_visit *each, void *data)
{
	struct units u = { 0 };
	struct unit_walk w;

	units_read(&u, m);
	for (int side = 0; side < SIDES; side++)
		for (w = units_walk(&u, side, 0); w.addr; unit_walk_next(&w))
			for (uint64_t at = w.addr;
				at && heap_holds(m->heap, at, m->type->unit.size);
				at = map_link(m, at))
				each(data, at);
	units_free(&u);
}
