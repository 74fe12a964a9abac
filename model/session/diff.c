/* SPDX-License-Identifier: MIT */
#include "model/session/diff_parts.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "model/base/mem.h"
#include "model/base/ranks.h"
#include "model/map/engine.h"
#include "model/map/units.h"
#include "model/session/stand.h"

static char *literal(const struct map *m, const struct gotype *type, const uint8_t *p)
{
	struct text text = { 0 };

	value_format(m->heap, type, p, &text, 0);
	return text.s ? text.s : xstrdup("");
}

static void take_slots(const struct map *m, struct diff_side *side, struct place at)
{
	for (at.slot = 0; at.slot < SLOTS; at.slot++) {
		if (!map_live(m, at.addr, at.slot))
			continue;
		xadd(side->items, side->count, side->cap,
			(struct diff_item){ literal(m, m->type->key, map_key(m, at.addr, at.slot)),
			literal(m, m->type->elem, map_elem(m, at.addr, at.slot)), at });
	}
}

/* The cells of a side. */
static void take_side_of(const struct units *u, struct diff_side *side, bool aside)
{
	const struct map *m = u->map;
	struct unit_walk w;

	for (w = units_walk(u, aside, 0); w.addr; unit_walk_next(&w)) {
		struct place at = { .array = aside, .unit = w.unit, .addr = w.addr };

		for (; at.addr; at.addr = map_link(m, at.addr), at.link++)
			take_slots(m, side, at);
	}
}

static int by_place(const struct place *a, const struct place *b)
{
	if (a->addr != b->addr)
		return a->addr < b->addr ? -1 : 1;
	return (a->slot > b->slot) - (a->slot < b->slot);
}

static int by_key(const void *a, const void *b)
{
	const struct diff_item *x = a, *y = b;
	int order = strcmp(x->key, y->key);

	return order ? order : by_place(&x->place, &y->place);
}

void diff_take(const struct map *m, struct diff_side *side)
{
	struct units units = { 0 };

	ledger_take(m, &side->ledger);
	side->engine = m->type->engine;
	side->entries = map_count(m);
	side->too_many = side->entries > DIFF_MOST;
	if (side->too_many)
		return;
	units_read(&units, m);
	side->arrays = units.main;
	side->firsts = xcalloc(units.main + 1, sizeof *side->firsts);
	side->ids = xcalloc(units.main + 1, sizeof *side->ids);
	for (size_t i = 0; i < units.main; i++) {
		side->firsts[i] = units.list[i].first;
		side->ids[i] = units.list[i].addr;
	}
	for (int i = 0; i < units_entry_sides(m); i++)
		take_side_of(&units, side, i);
	units_free(&units);
}

static bool take_side(struct session *s, uint64_t op, struct diff_side *side, struct error *err)
{
	if (!session_goto(s, op, err))
		return false;
	side->op = op;
	if (s->world.map.header)
		diff_take(&s->world.map, side);
	else
		ledger_take(&s->world.map, &side->ledger);
	side->engine = s->world.map.type->engine;
	return true;
}

static void add_cell(struct diff *d, enum diff_kind kind, const struct diff_item *a,
	const struct diff_item *b)
{
	struct diff_cell cell = { .kind = kind, .key = a ? a->key : b->key };

	d->kinds[kind]++;
	if (kind == DIFF_STAYED)
		return;
	if (a) {
		cell.elem[0] = a->elem;
		cell.place[0] = a->place;
	}
	if (b) {
		cell.elem[1] = b->elem;
		cell.place[1] = b->place;
	}
	xadd(d->cells, d->count, d->cap, cell);
}

static enum diff_kind compare(const struct diff_item *a, const struct diff_item *b)
{
	if (strcmp(a->elem, b->elem) != 0)
		return DIFF_CHANGED;
	return by_place(&a->place, &b->place) ? DIFF_MOVED : DIFF_STAYED;
}

/* By kind, and by where it is within one. */
static int by_kind(const void *a, const void *b)
{
	const struct diff_cell *x = a, *y = b;
	int side = x->kind != DIFF_WENT;

	if (x->kind != y->kind)
		return x->kind < y->kind ? -1 : 1;
	return by_place(&x->place[side], &y->place[side]);
}

/*
 * The arrays of the first side that are there afterwards, whatever number they have then. Those
 * that stay keep their order.
 */
static void match_arrays(struct diff_side *a, const struct diff_side *b)
{
	size_t from = 0, k;

	a->after = xcalloc(a->arrays + 1, sizeof *a->after);
	for (size_t i = 0; i < a->arrays; i++) {
		for (k = from; k < b->arrays && b->ids[k] != a->ids[i]; k++)
			;
		a->after[i] = k < b->arrays ? k : DIFF_GONE;
		from = k < b->arrays ? k + 1 : from;
	}
}

/* In the order of keys; NaNs, which all look alike, are paired as they lie. */
void diff_merge(struct diff *d)
{
	const struct diff_side *a = &d->sides[0], *b = &d->sides[1];
	size_t i = 0, k = 0;

	d->whole = !a->too_many && !b->too_many;
	if (!d->whole)
		return;
	match_arrays(&d->sides[0], b);
	for (int side = 0; side < 2; side++)
		if (d->sides[side].count > 1)
			qsort(d->sides[side].items, d->sides[side].count,
				sizeof *d->sides[side].items, by_key);

	while (i < a->count || k < b->count) {
		int order = i == a->count ? 1 : k == b->count ? -1
			: strcmp(a->items[i].key, b->items[k].key);

		if (order < 0)
			add_cell(d, DIFF_WENT, &a->items[i++], NULL);
		else if (order > 0)
			add_cell(d, DIFF_CAME, NULL, &b->items[k++]);
		else {
			enum diff_kind kind = compare(&a->items[i], &b->items[k]);

			add_cell(d, kind, &a->items[i++], &b->items[k++]);
		}
	}
	if (d->count > 1)
		qsort(d->cells, d->count, sizeof *d->cells, by_kind);
}

static bool take_both(struct session *s, uint64_t a, uint64_t b, struct diff *d, struct error *err)
{
	char *type;
	bool ok;

	if (!take_side(s, a, &d->sides[0], err))
		return false;
	/* On the way to the other point types may be made anew. */
	type = s->world.map.header ? xstrdup(s->world.map.type->type->name) : NULL;
	ok = take_side(s, b, &d->sides[1], err);
	if (ok && type && s->world.map.header && strcmp(type, s->world.map.type->type->name) != 0)
		ok = fail(err, "%s and %s cannot be compared", type, s->world.map.type->type->name);
	free(type);
	return ok;
}

bool diff_points(struct session *s, uint64_t a, uint64_t b, struct diff *d, struct error *err)
{
	const struct stand here = stand_of(s);
	struct error unused;
	bool ok;

	*d = (struct diff){ 0 };
	session_whole(s);
	ok = take_both(s, a, b, d, err);
	stand_back(s, &here, &unused);
	if (ok)
		diff_merge(d);
	return ok;
}

/* The number of a place's array on its side. */
static size_t array_of(const struct diff_side *side, const struct place *at)
{
	size_t n = at->array ? 0
		: ranks_upto(side->firsts, sizeof *side->firsts, 0, side->arrays, at->unit);

	return n ? n - 1 : 0;
}

struct diff_place diff_locate(const struct diff *d, int side, const struct place *at)
{
	const struct diff_side *of = &d->sides[side];
	struct diff_place p = { .old = at->array, .unit = at->unit };

	if (at->array || !of->arrays)
		return p;
	p.array = array_of(of, at);
	p.unit -= of->firsts[p.array];
	if (side || !of->engine->reading.part)
		return p;
	p.old = of->after[p.array] == DIFF_GONE;
	p.array = p.old ? p.array : of->after[p.array];
	return p;
}

/* What one cell means for the unit that it is in before, or after. */
static struct diff_unit unit_of(const struct diff *d, const struct diff_cell *c, int side)
{
	struct diff_unit b = { .at = diff_locate(d, side, &c->place[side]) };
	bool moved = c->kind == DIFF_MOVED ||
		(c->kind == DIFF_CHANGED && by_place(&c->place[0], &c->place[1]) != 0);

	b.came = c->kind == DIFF_CAME;
	b.went = c->kind == DIFF_WENT;
	b.changed = c->kind == DIFF_CHANGED && side == 1;
	b.out = moved && side == 0;
	b.in = moved && side == 1;
	return b;
}

static int by_unit(const void *a, const void *b)
{
	const struct diff_place *x = &((const struct diff_unit *)a)->at;
	const struct diff_place *y = &((const struct diff_unit *)b)->at;

	if (x->old != y->old)
		return x->old ? 1 : -1;
	if (x->array != y->array)
		return x->array < y->array ? -1 : 1;
	return x->unit < y->unit ? -1 : x->unit > y->unit;
}

/* One after the other of the same unit become one. */
static size_t add_up(struct diff_unit *list, size_t count)
{
	size_t n = 0;

	for (size_t i = 0; i < count; i++) {
		struct diff_unit *sum;

		if (n == 0 || by_unit(&list[n - 1], &list[i]) != 0) {
			list[n++] = list[i];
			continue;
		}
		sum = &list[n - 1];
		sum->came += list[i].came;
		sum->went += list[i].went;
		sum->changed += list[i].changed;
		sum->in += list[i].in;
		sum->out += list[i].out;
	}
	return n;
}

struct diff_unit *diff_units(const struct diff *d, size_t *count)
{
	struct diff_unit *list = xcalloc(2 * d->count, sizeof *list);
	size_t n = 0;

	for (size_t i = 0; i < d->count; i++) {
		const struct diff_cell *c = &d->cells[i];

		if (c->kind == DIFF_WENT || unit_of(d, c, 0).out)
			list[n++] = unit_of(d, c, 0);
		if (c->kind != DIFF_WENT)
			list[n++] = unit_of(d, c, 1);
	}
	if (n > 1)
		qsort(list, n, sizeof *list, by_unit);
	*count = add_up(list, n);
	return list;
}

void diff_free(struct diff *d)
{
	for (int i = 0; i < 2; i++) {
		for (size_t k = 0; k < d->sides[i].count; k++) {
			free(d->sides[i].items[k].key);
			free(d->sides[i].items[k].elem);
		}
		free(d->sides[i].items);
		free(d->sides[i].firsts);
		free(d->sides[i].ids);
		free(d->sides[i].after);
	}
	free(d->cells);
}

const char *diff_kind_name(enum diff_kind kind)
{
	static const char *const names[DIFF_KINDS] = { "came", "went", "changed", "moved",
		"stayed" };

	return names[kind];
}

static void choose_points(const struct session *s, uint64_t points[2])
{
	size_t n = s->time.nsnapshots;

	points[0] = n ? s->time.snapshots[n - 1].point : s->time.total > 0;
	points[1] = s->time.now;
	if (s->desk.diff_chosen) {
		points[0] = s->desk.diff[0];
		points[1] = s->desk.diff[1];
	} else if (n > 1 && s->time.snapshots[n - 1].point == s->time.now) {
		points[0] = s->time.snapshots[n - 2].point;
	}
}

static bool take_chosen(struct session *s, struct diff *d, struct text *title, struct error *err)
{
	uint64_t points[2];

	if (s->desk.diff_chosen && s->desk.diff_files[0]) {
		text_printf(title, "from %s to %s", s->desk.diff_files[0], s->desk.diff_files[1]);
		return diff_files(&s->desk.diff_access, s->desk.diff_files[0],
			s->desk.diff_files[1], &s->hooks.watcher, d, err);
	}
	choose_points(s, points);
	text_printf(title, "from op %" PRIu64 " to op %" PRIu64, points[0], points[1]);
	return diff_points(s, points[0], points[1], d, err);
}

/* A difference, and what it depends on. */
struct diff_kept {
	struct diff diff;
	bool failed;
	struct error err;       /* why */
	struct text title;
	uint64_t edition, now, points[2];
};

void diff_drop(struct diff_kept *kept)
{
	if (!kept)
		return;
	diff_free(&kept->diff);
	text_free(&kept->title);
	free(kept);
}

/* Files may have changed: they are read each time. */
static bool still_good(const struct session *s, const struct diff_kept *kept)
{
	uint64_t points[2];

	if (!kept || (s->desk.diff_chosen && s->desk.diff_files[0]))
		return false;
	choose_points(s, points);
	return kept->edition == s->time.edition && kept->now == s->time.now &&
		kept->points[0] == points[0] && kept->points[1] == points[1];
}

const struct diff *session_diff(struct session *s, const char **title, struct error *err)
{
	struct diff_kept *kept = s->desk.diff_kept;
	bool ok = still_good(s, kept);

	if (!ok) {
		diff_drop(kept);
		s->desk.diff_kept = kept = xcalloc(1, sizeof *kept);
		kept->edition = s->time.edition;
		kept->now = s->time.now;
		choose_points(s, kept->points);
		ok = take_chosen(s, &kept->diff, &kept->title, err);
	}
	*title = text_str(&kept->title);
	if (ok)
		return &kept->diff;
	kept->edition = UINT64_MAX; /* no timeline's */
	kept->failed = true;
	kept->err = *err;
	return NULL;
}

bool diff_missing(const struct diff *d, struct error *err)
{
	uint64_t a = d->sides[0].entries, b = d->sides[1].entries;

	return fail(err, "%s entries are too many to compare: %s at most",
		count_text(a > b ? a : b).s, count_text(DIFF_MOST).s);
}

bool session_diff_whole(const struct session *s, struct error *err)
{
	const struct diff_kept *kept = s->desk.diff_kept;

	if (!kept || (!kept->failed && kept->diff.whole))
		return true;
	if (kept->failed)
		*err = kept->err;
	else
		diff_missing(&kept->diff, err);
	return fail_in(err, "diff");
}
