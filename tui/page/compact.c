/* SPDX-License-Identifier: MIT */
#include "tui/page/compact.h"

#include <inttypes.h>

#include "tui/view/design.h"
#include "tui/view/view.h"

enum {
	HEIGHT = 300,        /* of the canvas drawn on; cut to what was used */
	WHOLE = 16,          /* rows of a side that is shown whole */
	KEPT = 12,           /* else so many units at most, */
	CHAIN = 6,           /* each with so many rows, */
	FIRST = 4,           /* or the first ones where none has changed */
	SCANNED = 4096,      /* units of a side whose chains are all looked through */
	SIDE = 38,           /* columns of a side beside another */
};

/* Of one side, the units that are shown. */
struct kept {
	uint64_t list[KEPT];
	int count;
	uint64_t changed;    /* all that have changed, shown or not */
};

static void keep(struct kept *k, uint64_t unit)
{
	if (k->count && k->list[k->count - 1] >= unit)
		return;
	k->changed++;
	if (k->count < KEPT)
		k->list[k->count++] = unit;
}

static bool has_changed(const struct look *l, uint64_t addr)
{
	const struct map *m = &l->session->world.map;

	for (; addr; addr = map_link(m, addr))
		if (changes_touch(&l->changes, addr, m->type->unit.size))
			return true;
	return false;
}

static void scan(const struct look *l, bool aside, struct kept *k)
{
	for (struct unit_walk w = units_walk(&l->units, aside, 0); w.addr; unit_walk_next(&w))
		if (has_changed(l, w.addr))
			keep(k, w.unit);
}

/* Of a run of changed bytes, the units of an array. */
static void keep_run(const struct look *l, const struct unit_array *a, const struct run *r,
	uint64_t about, struct kept *k)
{
	uint64_t size = l->session->world.map.type->unit.size, end = a->addr + a->units * size;
	uint64_t from = r->start < a->addr ? a->addr : r->start, to = r->end > end ? end : r->end;

	for (uint64_t b = (from - a->addr) / size; from < to && a->addr + b * size < to; b++) {
		if (about < a->first + b)
			keep(k, about);
		keep(k, a->first + b);
	}
}

/* Of many: what was changed in the arrays themselves, and the place that the step was about. */
static void scan_runs(const struct look *l, bool aside, struct kept *k)
{
	const struct units *u = &l->units;
	uint64_t about = l->cursor.array == aside &&
		has_changed(l, units_at(u, aside, l->cursor.unit)) ? l->cursor.unit : u->all[aside];

	for (size_t n = aside ? u->main : 0; n < (aside ? u->count : u->main); n++)
		for (size_t i = 0; i < l->changes.count; i++)
			keep_run(l, &u->list[n], &l->changes.runs[i], about, k);
	if (about < u->all[aside])
		keep(k, about);
}

/* The place that the step was about is shown whatever else has changed. */
static void keep_place(const struct look *l, bool aside, struct kept *k)
{
	uint64_t about = l->cursor.unit;

	if (l->cursor.array == aside && k->count == KEPT && k->list[KEPT - 1] < about &&
		has_changed(l, units_at(&l->units, aside, about)))
		k->list[KEPT - 1] = about;
}

/* Units of [from, to) that have changed, as far as they are looked through. */
static uint64_t changed_in(const struct look *l, bool aside, uint64_t from, uint64_t to)
{
	struct unit_walk w = units_walk(&l->units, aside, from);
	uint64_t changed = 0;

	for (; w.addr && w.unit < to && to - from <= SCANNED; unit_walk_next(&w))
		changed += has_changed(l, w.addr);
	return changed;
}

static void choose(const struct look *l, bool aside, uint64_t units, struct kept *k)
{
	*k = (struct kept){ 0 };
	if (units <= SCANNED)
		scan(l, aside, k);
	else
		scan_runs(l, aside, k);
	keep_place(l, aside, k);
	for (uint64_t b = 0; k->changed == 0 && b < FIRST && b < units; b++)
		k->list[k->count++] = b;
}

static int put_unit(const struct look *l, const struct pane *p, int y, bool aside, uint64_t unit)
{
	int rows = view_rows_chain(l, aside, unit, CHAIN + 1);
	struct pane part = pane_sub(p, 0, y, p->w, rows > CHAIN ? CHAIN : rows);

	view_rows(l, &part, aside, unit, part.h);
	if (rows <= CHAIN)
		return rows;
	pane_printf(p, 4, y + CHAIN, ROLE_NOTE, "… and further %ss",
		look_design(l)->units->words.linked_unit);
	return CHAIN + 1;
}

/* Units [from, to) that do not matter now, in one line; a line is no longer than one unit. */
static int put_fold(const struct look *l, const struct pane *p, int y, bool aside, uint64_t from,
	uint64_t to)
{
	uint64_t changed;

	if (from == to)
		return 0;
	if (to - from == 1 && view_rows_chain(l, aside, from, 2) == 1)
		return put_unit(l, p, y, aside, from);
	changed = changed_in(l, aside, from, to);
	if (changed)
		pane_printf(p, 2, y, ROLE_NOTE, "… %s more, %s of them changed",
			count_text(to - from).s,
			count_text(changed).s);
	else
		pane_printf(p, 2, y, ROLE_NOTE, "… %s more", count_text(to - from).s);
	return 1;
}

/* The units that matter; returns the row behind. */
static int put_kept(const struct look *l, const struct pane *p, int y, bool aside, uint64_t units)
{
	const struct unit_array *shown = NULL;
	uint64_t next = 0;
	struct kept k;

	choose(l, aside, units, &k);
	for (int i = 0; i < k.count; i++) {
		const struct unit_array *a = units_array(&l->units, aside, k.list[i]);

		y += put_fold(l, p, y, aside, next, k.list[i]);
		if (a != shown)
			y += view_rows_heading(l, p, y, aside, k.list[i]);
		y += put_unit(l, p, y, aside, k.list[i]);
		next = k.list[i] + 1;
		shown = a;
	}
	return y + put_fold(l, p, y, aside, next, units);
}

static int put_array(const struct look *l, const struct pane *p, bool aside)
{
	uint64_t units = l->units.all[aside];
	struct pane in = pane_sub(p, 0, 1, p->w, p->h - 1);
	struct text title = { 0 };
	int rows = view_rows_count(l, aside, WHOLE + 1);

	view_rows_title(l, aside, false, &title);
	pane_textn(p, 0, 0, p->w, aside ? ROLE_OLD : ROLE_TITLE, text_str(&title));
	text_free(&title);
	if (rows > WHOLE)
		return put_kept(l, p, 1, aside, units);
	return 1 + view_rows(l, &in, aside, 0, WHOLE);
}

/* While growing, beside each other where there is room. */
static void put_arrays(const struct look *l, const struct pane *p, int y)
{
	struct pane all = pane_sub(p, 0, y, p->w, p->h - y);
	struct pane left = pane_sub(&all, 0, 0, (p->w - 2) / 2, all.h);
	struct pane right = pane_sub(&all, p->w - left.w, 0, left.w, all.h);

	if (!units_both(&l->units)) {
		put_array(l, &all, false);
	} else if (left.w < SIDE) {
		y = put_array(l, &all, false);
		all = pane_sub(&all, 0, y, all.w, all.h - y);
		put_array(l, &all, true);
	} else {
		put_array(l, &left, false);
		put_array(l, &right, true);
	}
}

struct canvas *compact_draw(const struct look *l, int width, bool ascii)
{
	struct canvas *canvas = canvas_new(width, HEIGHT, ascii);
	struct pane p = canvas_pane(canvas);

	put_arrays(l, &p, look_design(l)->units->fields.counts(l, &p));
	canvas->h = canvas_used(canvas);
	return canvas;
}
