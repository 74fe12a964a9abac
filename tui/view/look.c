/* SPDX-License-Identifier: MIT */
#include "tui/view/look.h"

#include <stdlib.h>

#include "model/session/books.h"
#include "tui/view/design.h"

void look_init(struct look *l, struct session *s)
{
	*l = (struct look){ .session = s, .zoom = ZOOM_ROWS };
	look_refresh(l);
}

void look_free(struct look *l)
{
	changes_free(&l->changes);
	since_free(&l->since);
	units_free(&l->units);
	free(l->held);
	free(l->marks.cells);
	heats_free(&l->atlas[0]);
	heats_free(&l->atlas[1]);
	heats_free(&l->minimap);
}

static uint32_t part_size(const struct maptype *t, enum part part)
{
	switch (part) {
	case PART_KEY:
		return t->keysize;
	case PART_ELEM:
		return t->elemsize;
	case PART_CONTROL:
		return 1;
	case PART_LINK:
		break;
	}
	return t->target->ptrsize;
}

/* A part that another type or target has no such byte of is gone to its first one, or left. */
static void refresh_part(struct look *l)
{
	const struct maptype *t = l->session->world.map.type;

	if (l->byte < part_size(t, l->part))
		return;
	l->byte = 0;
	if (part_size(t, l->part) == 0)
		l->part = t->keysize ? PART_KEY : PART_CONTROL;
}

/* On a unit that is there: the last one, where it is past that. */
static void refresh_place(struct look *l)
{
	const struct units *u = &l->units;
	struct place *c = &l->cursor;

	c->array = c->array && units_both(u);
	if (c->unit >= u->all[c->array])
		c->unit = u->all[c->array] ? u->all[c->array] - 1 : 0;
	while (c->link > 0 && !units_linked(u, c->array, c->unit, c->link))
		c->link--;
	c->addr = units_linked(u, c->array, c->unit, c->link);
}

void look_refresh(struct look *l)
{
	const struct map *m = &l->session->world.map;

	books_keep(l->session);
	units_read(&l->units, m);
	refresh_part(l);
	l->in_header &= m->header != 0;
	if (l->in_header && l->field >= look_fields(l))
		l->field = look_design(l)->header->instead(l);
	refresh_place(l);
	if (!l->marked || !since_point(&l->since, &l->changes, l->session, l->mark)) {
		since_forget(&l->since);
		changes_of_step(&l->changes, l->session);
	}
	arrivals_of_step(&l->arrivals, l->session);
	l->moving = look_design(l)->events->moving(l);
}

static void put_part(struct look *l, enum part part, uint32_t byte)
{
	l->in_header = false;
	l->slot_top = 0;
	l->explain_top = 0;
	l->part = part;
	l->byte = byte;
	look_refresh(l);
}

void look_put(struct look *l, struct place at)
{
	l->cursor = at;
	put_part(l, PART_KEY, 0);
}

bool look_put_seen(struct look *l, const struct place *at)
{
	struct place seen;

	units_read(&l->units, &l->session->world.map);
	if (!units_seen(&l->units, at, &seen))
		return false;
	look_put(l, seen);
	return true;
}

void look_move_slot(struct look *l, int by)
{
	int slot = (int)l->cursor.slot + by;

	l->cursor.slot = slot < 0 ? 0 : slot >= SLOTS ? SLOTS - 1 : (unsigned)slot;
	put_part(l, PART_KEY, 0);
}

uint32_t look_offset(const struct look *l)
{
	const struct unit *u = &l->session->world.map.type->unit;

	switch (l->part) {
	case PART_KEY:
		return unit_key(u, l->cursor.slot) + l->byte;
	case PART_ELEM:
		return unit_elem(u, l->cursor.slot) + l->byte;
	case PART_CONTROL:
		return unit_control(u, l->cursor.slot);
	case PART_LINK:
		break;
	}
	return u->link + l->byte;
}

/* Where a byte of a unit is: a part of a slot, or the link; false in padding. */
struct spot_in_unit {
	unsigned slot;
	enum part part;
	uint32_t byte;
};

static bool spot_at(const struct maptype *t, uint32_t offset, struct spot_in_unit *s)
{
	const struct unit *u = &t->unit;

	*s = (struct spot_in_unit){
		.slot = SLOTS - 1, .part = PART_LINK, .byte = offset - u->link
	};
	if (u->link && offset >= u->link)
		return s->byte < t->target->ptrsize;
	if (offset < SLOTS) {
		*s = (struct spot_in_unit){ offset ^ u->flip, PART_CONTROL, 0 };
		return true;
	}
	for (unsigned i = 0; i < SLOTS; i++) {
		uint32_t key = offset - unit_key(u, i), elem = offset - unit_elem(u, i);

		*s = (struct spot_in_unit){ i, key < t->keysize ? PART_KEY : PART_ELEM,
			key < t->keysize ? key : elem };
		if (key < t->keysize || elem < t->elemsize)
			return true;
	}
	return false;
}

static void put_spot(struct look *l, const struct spot_in_unit *s)
{
	/* The link is that of all slots: the cursor stays in its own. */
	if (s->part != PART_LINK)
		l->cursor.slot = s->slot;
	put_part(l, s->part, s->byte);
}

void look_put_offset(struct look *l, uint32_t offset)
{
	const struct maptype *t = l->session->world.map.type;
	struct spot_in_unit s;

	while (offset < t->unit.size && !spot_at(t, offset, &s))
		offset++;
	while (offset >= t->unit.size || !spot_at(t, offset, &s))
		offset--;
	put_spot(l, &s);
}

void look_move_byte(struct look *l, int by)
{
	const struct maptype *t = l->session->world.map.type;
	int64_t to = (int64_t)look_offset(l);
	struct spot_in_unit s;

	do
		to += by;
	while (to >= 0 && to < t->unit.size && !spot_at(t, (uint32_t)to, &s));
	if (to >= 0 && to < t->unit.size)
		put_spot(l, &s);
}

static bool step_down(struct look *l)
{
	struct place *c = &l->cursor;

	if (units_linked(&l->units, c->array, c->unit, c->link + 1)) {
		c->link++;
		return true;
	}
	if (c->unit + 1 >= l->units.all[c->array])
		return false;
	c->unit++;
	c->link = 0;
	return true;
}

static bool step_up(struct look *l)
{
	struct place *c = &l->cursor;

	if (c->link > 0) {
		c->link--;
		return true;
	}
	if (c->unit == 0)
		return false;
	c->unit--;
	while (units_linked(&l->units, c->array, c->unit, c->link + 1))
		c->link++;
	return true;
}

void look_move_unit(struct look *l, int64_t by)
{
	for (; by > 0 && step_down(l); by--)
		continue;
	for (; by < 0 && step_up(l); by++)
		continue;
	put_part(l, PART_KEY, 0);
}

void look_move_to(struct look *l, bool aside, uint64_t unit)
{
	look_put(l, (struct place){ .array = aside, .unit = unit, .slot = l->cursor.slot });
}

/* While growing, to the unit that cells go to, or come from. */
static void switch_side(struct look *l, bool aside)
{
	const struct units_growth *growth = &look_design(l)->units->growth;
	uint64_t partners[2] = { 0 };

	if (l->cursor.array == aside) {
		put_part(l, PART_KEY, 0);
		return;
	}
	if (growth->partners)
		growth->partners(l, partners);
	look_move_to(l, aside, partners[0]);
}

void look_next_panel(struct look *l, bool back)
{
	enum { MAIN, ASIDE, HEADER, PANELS };
	const struct map *m = &l->session->world.map;
	int panel = l->in_header ? HEADER : l->cursor.array ? ASIDE : MAIN;

	if (!m->header)
		return;
	do
		panel = (panel + (back ? PANELS - 1 : 1)) % PANELS;
	while (panel == ASIDE && !units_both(&l->units));
	if (panel == HEADER)
		l->in_header = true;
	else
		switch_side(l, panel == ASIDE);
	look_refresh(l);
}

void look_move_field(struct look *l, int by)
{
	int last = look_fields(l) - 1, to = l->field + by;

	to = to < 0 ? 0 : to > last ? last : to;
	/* Over what the release has not. */
	while (to > 0 && to < last && look_design(l)->header->row(l, to) < 0)
		to += by < 0 ? -1 : 1;
	l->field = to;
	l->explain_top = 0;
}

int look_fields(const struct look *l)
{
	return look_design(l)->header->fields(l);
}

bool look_enter_field(struct look *l)
{
	return look_design(l)->header->enter(l);
}
