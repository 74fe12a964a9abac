/* SPDX-License-Identifier: MIT */
/*
 * Units as rows: control bytes, a bar of states, and the keys or how far a growth is. Where a side
 * has several arrays, a row above each one's first unit says which it is.
 */
#include <inttypes.h>
#include <limits.h>
#include <stdio.h>

#include "tui/canvas/wrap.h"
#include "tui/view/design.h"
#include "tui/view/view.h"

/* Columns for what a growth has to say of a unit, in full and in brief; for keys, which say more
   than the bar does. */
enum { NOTE_WIDTH = 17, NOTE_LEAST = 8, KEYS_LEAST = 8 };

/* Columns of a row, from left to right. */
struct columns {
	int index, controls, bar, rest; /* bar and rest are -1 without room */
};

/* Whether a growth has something to say of the units. */
static bool has_notes(const struct look *l)
{
	return units_both(&l->units) && look_design(l)->units->note;
}

/* The greatest number of a unit in its array. */
static uint64_t last_number(const struct look *l, bool aside)
{
	uint64_t units = l->units.largest[aside];

	return units ? units - 1 : 0;
}

/* Where cells went in a growth, or which keys are there, matters more than the bar. */
static struct columns columns_of(const struct look *l, const struct pane *p, bool aside)
{
	struct columns c = { .bar = -1, .rest = -1 };
	char digits[24];
	int end;

	c.index = snprintf(digits, sizeof digits, "%" PRIu64, last_number(l, aside));
	if (c.index < 2)
		c.index = 2;
	c.controls = c.index + 2;
	end = c.controls + 3 * SLOTS;
	if (end + 1 + SLOTS + 2 + (has_notes(l) ? NOTE_LEAST : KEYS_LEAST) <= p->w) {
		c.bar = end + 1;
		end += 1 + SLOTS + 2;
	}
	if (end + NOTE_LEAST <= p->w)
		c.rest = end;
	return c;
}

static struct unit_note note_of(const struct look *l, const struct place *at, int room,
	struct text *out)
{
	struct unit_note n = { .out = out, .role = ROLE_BORDER, .sign = U'▏' };

	look_design(l)->units->note(l, at, room, &n);
	return n;
}

/* The array of a unit, where arrays have rows of their own; else NULL. */
static const struct unit_array *headed(const struct look *l, bool aside, uint64_t unit)
{
	const struct units *u = &l->units;

	if (!look_design(l)->units->heading || (aside ? u->count - u->main : u->main) < 2)
		return NULL;
	return units_array(u, aside, unit);
}

/* The same of the first unit of an array, which has that row above it. */
static const struct unit_array *heading_of(const struct look *l, bool aside, uint64_t unit)
{
	const struct unit_array *a = headed(l, aside, unit);

	return a && a->first == unit ? a : NULL;
}

static void put_heading(const struct look *l, const struct pane *p, int y, bool aside,
	const struct unit_array *a)
{
	struct text words = { 0 };

	look_design(l)->units->heading(l, aside, a, &words);
	pane_textn(p, 0, y, p->w, aside ? ROLE_OLD : ROLE_TITLE, text_str(&words));
	text_free(&words);
}

int view_rows_heading(
	const struct look *l, const struct pane *p, int y, bool aside, uint64_t unit)
{
	const struct unit_array *a = headed(l, aside, unit);

	if (!a || a->first == unit)
		return 0;
	put_heading(l, p, y, aside, a);
	return 1;
}

/* The keys that live in a unit; the one of the slot `lit` is lit. */
static void put_keys(const struct map *m, const struct pane *p, int x, int y, uint64_t addr,
	int lit)
{
	struct text keys = { 0 };
	int start = 0, end = 0;

	for (unsigned i = 0; i < SLOTS; i++) {
		if (!map_live(m, addr, i))
			continue;
		text_add(&keys, keys.len ? " " : "");
		start = (int)i == lit ? data_width(p->canvas, text_str(&keys)) : start;
		value_format(m->heap, m->type->key, map_key(m, addr, i), &keys, 24);
		end = (int)i == lit ? data_width(p->canvas, text_str(&keys)) : end;
	}
	pane_datan(p, x, y, p->w - x, ROLE_KEY, text_str(&keys));
	pane_flag(p, x + start, y, end - start, 1, CELL_LINKED);
	text_free(&keys);
}

static bool at_cursor(const struct look *l, const struct place *at)
{
	return !l->no_cursor && !l->in_header && at->array == l->cursor.array &&
		at->unit == l->cursor.unit && at->link == l->cursor.link;
}

/* What the cursor speaks of, in a row: what a link leads to, or a field of the header. */
static bool row_linked(const struct look *l, const struct place *at)
{
	if (l->no_cursor)
		return false;
	if (!l->in_header)
		return l->part == PART_LINK && at->array == l->cursor.array &&
			at->unit == l->cursor.unit && at->link == l->cursor.link + 1;
	return look_design(l)->units->fields.linked(l, at, -1);
}

static bool slot_linked(const struct look *l, const struct place *at, unsigned slot)
{
	return !l->no_cursor && l->in_header &&
		look_design(l)->units->fields.linked(l, at, (int)slot);
}

/* Its control byte, its key or its elem. */
static bool slot_changed(const struct look *l, uint64_t addr, unsigned i)
{
	const struct maptype *t = l->session->world.map.type;
	const struct changes *c = &l->changes;

	return changes_touch(c, addr + unit_control(&t->unit, i), 1) ||
		(t->keysize && changes_touch(c, addr + unit_key(&t->unit, i), t->keysize)) ||
		(t->elemsize && changes_touch(c, addr + unit_elem(&t->unit, i), t->elemsize));
}

static void put_slots(const struct look *l, const struct pane *p, const struct columns *c, int y,
	const struct place *at)
{
	const struct marks *marks = look_marks(l);

	for (unsigned i = 0; i < SLOTS; i++) {
		uint8_t control = map_control(&l->session->world.map, at->addr, i);
		int x = c->controls + 3 * (int)i;
		unsigned came = arrivals_find(&l->arrivals, at->addr, i);

		if (came)
			pane_printf(p, x, y, ROLE_PROBE,
				i + 1 < SLOTS || c->bar >= 0 ? "%2u." : "%2u", came);
		else
			mark_put(marks, p, x, y, control);
		if (c->bar >= 0)
			mark_put_bar(marks, p, c->bar + (int)i, y, control);
		if (slot_changed(l, at->addr, i))
			pane_flag(p, x, y, 2, 1, CELL_CHANGED);
		if (slot_linked(l, at, i))
			pane_flag(p, x, y, 2, 1, CELL_LINKED);
		if (at_cursor(l, at) && i == l->cursor.slot && l->part != PART_LINK) {
			unsigned flag = l->zoom == ZOOM_ROWS ? CELL_CURSOR : CELL_LINKED;

			pane_flag(p, x, y, 2, 1, flag);
			if (c->bar >= 0)
				pane_flag(p, c->bar + (int)i, y, 1, 1, flag);
		}
	}
	if (c->bar >= 0)
		pane_put(p, c->bar - 1, y, ROLE_BORDER, U'▏');
}

/* Where there is no room for words, what stands before the bytes says how far a growth is. */
static void put_sign(const struct look *l, const struct pane *p, const struct columns *c, int y,
	const struct place *at)
{
	struct unit_note n = { .role = ROLE_BORDER, .sign = U'▏' };
	struct text unused = { 0 };

	if (has_notes(l) && c->rest < 0 && at->link == 0)
		n = note_of(l, at, 0, &unused);
	text_free(&unused);
	pane_put(p, c->controls - 1, y, n.role, n.sign);
}

static void put_rest(const struct look *l, const struct pane *p, int x, int y,
	const struct place *at)
{
	const struct map *m = &l->session->world.map;
	int lit = at_cursor(l, at) && l->part != PART_LINK ? (int)l->cursor.slot : -1;
	struct text words = { 0 };
	struct unit_note n;

	if (!has_notes(l)) {
		put_keys(m, p, x, y, at->addr, lit);
	} else if (at->link == 0) {
		n = note_of(l, at, p->w - x, &words);
		pane_textn(p, x, y, p->w - x, n.role, text_str(&words));
		if (x + NOTE_WIDTH + 12 <= p->w)
			put_keys(m, p, x + NOTE_WIDTH, y, at->addr, lit);
	}
	text_free(&words);
}

static void put_row(const struct look *l, const struct pane *p, const struct columns *c, int y,
	const struct place *at, uint64_t number)
{
	const struct map *m = &l->session->world.map;

	if (at->link == 0)
		pane_printf(
			p, 0, y, at->array ? ROLE_OLD : ROLE_INDEX, "%*" PRIu64, c->index, number);
	else
		pane_text(p, c->index - 2, y, ROLE_OVERFLOW, "└▸");
	if (at_cursor(l, at) || row_linked(l, at))
		pane_flag(p, 0, y, c->index, 1, CELL_LINKED);
	if (heap_missing(m->heap, at->addr, m->type->unit.size)) {
		pane_textn(p, c->controls, y, p->w - c->controls, ROLE_NOTE, VALUE_MISSING);
		return;
	}
	put_slots(l, p, c, y, at);
	put_sign(l, p, c, y, at);
	if (c->rest >= 0)
		put_rest(l, p, c->rest, y, at);
}

int view_rows(const struct look *l, const struct pane *p, bool aside, uint64_t top, int most)
{
	const struct map *m = &l->session->world.map;
	struct columns c = columns_of(l, p, aside);
	struct unit_walk w = units_walk(&l->units, aside, top);
	int y = aside == l->cursor.array ? -l->skip : 0;

	if (l->units.all[aside] == 0)
		return wrap_text(p, 0, 0, ROLE_NOTE, look_design(l)->units->words.none);
	for (; w.addr && y < most; unit_walk_next(&w)) {
		struct place at = { .array = aside, .unit = w.unit, .addr = w.addr };

		if (heading_of(l, aside, w.unit)) {
			if (p->y + y >= p->top)
				put_heading(l, p, y, aside, w.array);
			y++;
		}
		for (; at.addr && y < most; at.addr = map_link(m, at.addr), at.link++, y++)
			if (p->y + y >= p->top)
				put_row(l, p, &c, y, &at, w.unit - w.array->first);
	}
	return y;
}

/* Rows of a unit with what is linked to it and what stands above it, counted past `most`
   at least. */
static int rows_of(const struct look *l, bool aside, uint64_t unit, int most)
{
	const struct map *m = &l->session->world.map;
	int rows = heading_of(l, aside, unit) != NULL;

	for (uint64_t a = units_at(&l->units, aside, unit); a && rows <= most; a = map_link(m, a))
		rows++;
	return rows;
}

/* Rows of the cursor's unit that stand above the cursor's own. */
static int rows_above_cursor(const struct look *l)
{
	return (int)l->cursor.link + (heading_of(l, l->cursor.array, l->cursor.unit) != NULL);
}

/* Rows from the first of unit `top` down to the cursor's, counted no further than `most`. */
static int rows_to_cursor(const struct look *l, uint64_t top, int most)
{
	int rows = 0;

	for (uint64_t b = top; b < l->cursor.unit && rows <= most; b++)
		rows += rows_of(l, l->cursor.array, b, INT_MAX - 1);
	return rows + rows_above_cursor(l) + 1;
}

int view_rows_chain(const struct look *l, bool aside, uint64_t unit, int most)
{
	int rows = rows_of(l, aside, unit, most);

	return rows < most ? rows : most;
}

int view_rows_count(const struct look *l, bool aside, int most)
{
	uint64_t units = l->units.all[aside];
	int rows = 0;

	for (uint64_t b = 0; b < units && rows < most; b++)
		rows += rows_of(l, aside, b, most - rows);
	return rows < most ? rows : most;
}

uint64_t view_rows_end(const struct look *l, bool aside, uint64_t top, int rows)
{
	uint64_t units = l->units.all[aside];

	for (; top < units && rows > 0; top++)
		rows -= rows_of(l, aside, top, rows);
	return top;
}

/* No blank rows below the last unit while others are out of sight above. */
void view_rows_fill(struct look *l, bool aside, int height)
{
	uint64_t *top = &l->top[aside], units = l->units.all[aside];
	int rows = 0;

	for (uint64_t b = *top; b < units && rows <= height; b++)
		rows += rows_of(l, aside, b, height);
	while (*top > 0 && (rows += rows_of(l, aside, *top - 1, height)) <= height)
		--*top;
}

/* Only a chain that is longer than the sight begins above it; it moves no more than it must. */
static void skip_in_chain(struct look *l, uint64_t top, int height)
{
	const struct place *c = &l->cursor;
	int row = rows_above_cursor(l), rows = 0;

	for (uint64_t b = top; b < l->units.all[c->array] && rows < l->skip + height; b++)
		rows += rows_of(l, c->array, b, l->skip + height);
	if (l->skip > rows - height)
		l->skip = rows - height;
	if (l->skip <= row - height)
		l->skip = row - height + 1;
	if (l->skip > row)
		l->skip = row;
	if (l->skip < 0 || top != c->unit || height <= 0)
		l->skip = 0;
}

void view_rows_scroll(struct look *l, int height)
{
	uint64_t *top = &l->top[l->cursor.array];
	uint64_t unit = l->cursor.unit, reach = (uint64_t)(height > 0 ? height : 1);

	for (int side = 0; side < SIDES; side++)
		if (l->top[side] >= l->units.all[side])
			l->top[side] = 0;
	if (unit < *top)
		*top = unit;
	if (unit >= *top + reach)
		*top = unit - reach + 1;
	while (*top < unit && rows_to_cursor(l, *top, height) > height)
		++*top;
	view_rows_fill(l, l->cursor.array, height);
	skip_in_chain(l, *top, height);
}

void view_rows_title(const struct look *l, bool aside, bool wide, struct text *out)
{
	look_design(l)->units->title(l, aside, wide, out);
}

/* A row above an array's units is its first unit's. */
void view_rows_click(struct look *l, const struct pane *p, bool aside, uint64_t top, int x, int y)
{
	struct columns c = columns_of(l, p, aside);
	struct unit_walk w = units_walk(&l->units, aside, top);
	int slot = c.bar >= 0 && x >= c.bar ? x - c.bar : (x - c.controls) / 3;

	if (aside == l->cursor.array)
		y += l->skip;
	if (x < c.controls || slot >= SLOTS)
		slot = (int)l->cursor.slot;
	for (; w.addr && y >= 0; unit_walk_next(&w)) {
		int rows = rows_of(l, aside, w.unit, y),
		    above = heading_of(l, aside, w.unit) != NULL;

		if (y < rows) {
			look_put(l, (struct place){ .array = aside, .unit = w.unit,
				.link = (uint32_t)(y > above ? y - above : 0),
				.slot = (unsigned)slot });
			return;
		}
		y -= rows;
	}
}
