/* SPDX-License-Identifier: MIT */
#include "tui/page/fold.h"

#include <string.h>

#include "tui/view/design.h"

enum { HEAD = 40, TAIL = 10, AROUND = 4 }; /* rows: at first, at last, on each side of the place */

/* Rows of a unit and its chain, counted no further than `most`. */
static int fold_chain(const struct fold *f, uint64_t unit, int most)
{
	int rows = 0;

	for (uint64_t at = units_at(f->units, f->aside, unit); at && rows < most; rows++)
		at = map_link(f->units->map, at);
	return rows;
}

/* What a growth has to say of a unit, as a number. */
static unsigned state_of(const struct fold *f, uint64_t unit)
{
	const struct units_design *d = design_of(f->units->map)->units;

	return d->growth.state ? d->growth.state(f->units, f->aside, unit) : 0;
}

static bool is_dead(const struct fold *f, uint64_t at)
{
	return !map_live_slots(f->units->map, at) && map_link(f->units->map, at) == 0;
}

uint64_t fold_behind(const struct fold *f, uint64_t unit, uint64_t end)
{
	const struct map *m = f->units->map;
	struct unit_walk w = units_walk(f->units, f->aside, unit);
	const struct unit_array *array = w.array;
	uint64_t at = w.addr;

	if (!is_dead(f, at) || (unit && unit == f->place))
		return 0;
	for (unit_walk_next(&w); w.unit < end && w.unit != f->place; unit_walk_next(&w))
		if (w.array != array || memcmp(map_at(m, at), map_at(m, w.addr), SLOTS) != 0 ||
			!is_dead(f, w.addr) || state_of(f, unit) != state_of(f, w.unit))
			break;
	return w.unit - unit - 1;
}

int fold_rows_whole(const struct fold *f, int most)
{
	int rows = 0;

	for (uint64_t b = 0; b < f->all && rows <= most; b++)
		rows += fold_chain(f, b, most + 1);
	return rows;
}

/* From a unit to the next that has a row of its own; *rows grows by what they take together. */
static uint64_t next_shown(const struct fold *f, uint64_t unit, int *rows)
{
	uint64_t behind = fold_behind(f, unit, f->all);

	*rows += fold_chain(f, unit, FOLD_CHAIN) + (behind >= FOLD_LEAST);
	return unit + 1 + (behind >= FOLD_LEAST ? behind : 0);
}

int fold_rows(const struct fold *f, int most)
{
	int rows = 0;

	for (uint64_t b = 0; b < f->all && rows <= most;)
		b = next_shown(f, b, &rows);
	return rows;
}

/* The first units whose rows are no more than HEAD. */
static uint64_t end_of_head(const struct fold *f)
{
	uint64_t b = 0, next;
	int rows = 0;

	while (b < f->all) {
		next = next_shown(f, b, &rows);
		if (rows > HEAD)
			break;
		b = next;
	}
	return b;
}

/* Units before that one, or from it on, whose rows are no more than `most`. */
static uint64_t back(const struct fold *f, uint64_t unit, uint64_t least, int most)
{
	while (unit > least && (most -= fold_chain(f, unit - 1, FOLD_CHAIN)) >= 0)
		unit--;
	return unit;
}

static uint64_t forth(const struct fold *f, uint64_t unit, uint64_t end, int most)
{
	while (unit < end && (most -= fold_chain(f, unit, FOLD_CHAIN)) >= 0)
		unit++;
	return unit;
}

struct fold_parts fold_cut(const struct fold *f)
{
	struct fold_parts p = { .head = end_of_head(f) };

	p.from = p.to = p.head;
	p.tail = back(f, f->all, p.head, TAIL);
	if (f->place >= p.head && f->place < p.tail) {
		p.from = back(f, f->place, p.head, AROUND);
		p.to = forth(f, f->place + 1, p.tail, AROUND);
	}
	return p;
}
