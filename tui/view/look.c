/* SPDX-License-Identifier: MIT */
#include "tui/view/look.h"

#include <stdlib.h>

#include "model/figures/classic/accounts.h"
#include "model/session/books.h"
#include "model/map/classic/reading.h"
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
	free(l->held);
	free(l->marks.cells);
	heats_free(&l->atlas[0]);
	heats_free(&l->atlas[1]);
	heats_free(&l->minimap);
}

uint64_t look_buckets(const struct map *m, bool old)
{
	if (!m->header || map_get(m, old ? HMAP_OLDBUCKETS : HMAP_BUCKETS) == 0)
		return 0;
	return 1ull << (old ? map_old_B(m) : map_get(m, HMAP_B));
}

uint64_t look_bucket(const struct map *m, bool old, uint64_t bucket, uint32_t chain)
{
	uint64_t addr;

	if (bucket >= look_buckets(m, old))
		return 0;
	addr = map_bucket(m, old, bucket);
	for (; chain > 0 && addr; chain--)
		addr = map_overflow(m, addr);
	return addr;
}

static uint32_t part_size(const struct maptype *t, enum part part)
{
	switch (part) {
	case PART_KEY:
		return t->keysize;
	case PART_ELEM:
		return t->elemsize;
	case PART_TOPHASH:
		return 1;
	case PART_OVERFLOW:
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
		l->part = t->keysize ? PART_KEY : PART_TOPHASH;
}

uint64_t look_done(const struct look *l)
{
	const struct map *m = &l->session->world.map;
	uint64_t done = look_buckets(m, true) - classic_counts(session_ledger(l->session))->waiting;

	/* The ledger takes a bucket for evacuated from its first cell on. */
	return done - (l->moving != LOOK_NONE);
}

void look_refresh(struct look *l)
{
	const struct map *m = &l->session->world.map;
	uint64_t buckets;

	books_keep(l->session);
	refresh_part(l);
	l->in_header &= m->header != 0;
	if (l->in_header && l->field >= look_fields(l))
		l->field = look_design(l)->field_instead(l);
	if (l->cursor.array && !look_buckets(m, true))
		l->cursor.array = false;
	buckets = look_buckets(m, l->cursor.array);
	if (l->cursor.unit >= buckets)
		l->cursor.unit = buckets ? buckets - 1 : 0;
	while (l->cursor.link > 0 &&
		!look_bucket(m, l->cursor.array, l->cursor.unit, l->cursor.link))
		l->cursor.link--;
	l->cursor.addr = look_bucket(m, l->cursor.array, l->cursor.unit, l->cursor.link);
	if (!l->marked || !since_point(&l->since, &l->changes, l->session, l->mark)) {
		since_forget(&l->since);
		changes_of_step(&l->changes, l->session);
	}
	arrivals_of_step(&l->arrivals, l->session);
	l->moving = look_design(l)->moving(l->session);
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

void look_move_slot(struct look *l, int by)
{
	int slot = (int)l->cursor.slot + by;

	l->cursor.slot = slot < 0 ? 0 : slot >= SLOTS ? SLOTS - 1 : (unsigned)slot;
	put_part(l, PART_KEY, 0);
}

uint32_t look_offset(const struct look *l)
{
	const struct maptype *t = l->session->world.map.type;

	switch (l->part) {
	case PART_KEY:
		return t->unit.keys + l->cursor.slot * t->keysize + l->byte;
	case PART_ELEM:
		return t->unit.elems + l->cursor.slot * t->elemsize + l->byte;
	case PART_TOPHASH:
		return l->cursor.slot;
	case PART_OVERFLOW:
		break;
	}
	return t->unit.link + l->byte;
}

void look_put_offset(struct look *l, uint32_t offset)
{
	const struct maptype *t = l->session->world.map.type;

	if (offset >= t->unit.link) {
		put_part(l, PART_OVERFLOW, offset - t->unit.link);
	} else if (offset >= t->unit.elems && t->elemsize) {
		l->cursor.slot = (offset - t->unit.elems) / t->elemsize;
		put_part(l, PART_ELEM, (offset - t->unit.elems) % t->elemsize);
	} else if (offset >= t->unit.keys && t->keysize) {
		l->cursor.slot = (offset - t->unit.keys) / t->keysize;
		put_part(l, PART_KEY, (offset - t->unit.keys) % t->keysize);
	} else {
		l->cursor.slot = offset < SLOTS ? offset : SLOTS - 1;
		put_part(l, PART_TOPHASH, 0);
	}
}

void look_move_byte(struct look *l, int by)
{
	int64_t to = (int64_t)look_offset(l) + by;

	if (to >= 0 && to < l->session->world.map.type->unit.size)
		look_put_offset(l, (uint32_t)to);
}

static bool step_down(struct look *l)
{
	const struct map *m = &l->session->world.map;
	struct place *c = &l->cursor;

	if (look_bucket(m, c->array, c->unit, c->link + 1)) {
		c->link++;
		return true;
	}
	if (c->unit + 1 >= look_buckets(m, c->array))
		return false;
	c->unit++;
	c->link = 0;
	return true;
}

static bool step_up(struct look *l)
{
	const struct map *m = &l->session->world.map;
	struct place *c = &l->cursor;

	if (c->link > 0) {
		c->link--;
		return true;
	}
	if (c->unit == 0)
		return false;
	c->unit--;
	while (look_bucket(m, c->array, c->unit, c->link + 1))
		c->link++;
	return true;
}

void look_move_bucket(struct look *l, int64_t by)
{
	for (; by > 0 && step_down(l); by--)
		continue;
	for (; by < 0 && step_up(l); by++)
		continue;
	put_part(l, PART_KEY, 0);
}

void look_move_to(struct look *l, bool old, uint64_t bucket)
{
	look_put(l, (struct place){ .array = old, .unit = bucket, .slot = l->cursor.slot });
}

/* While growing the other array's bucket is the one that cells go to, or come from. */
static void switch_array(struct look *l, bool old)
{
	uint64_t buckets = look_buckets(&l->session->world.map, true);

	if (l->cursor.array == old)
		put_part(l, PART_KEY, 0);
	else
		look_move_to(l, old, old ? l->cursor.unit & (buckets - 1) : l->cursor.unit);
}

void look_next_panel(struct look *l, bool back)
{
	enum { NEW, OLD, HEADER, PANELS };
	const struct map *m = &l->session->world.map;
	int panel = l->in_header ? HEADER : l->cursor.array ? OLD : NEW;

	if (!m->header)
		return;
	do
		panel = (panel + (back ? PANELS - 1 : 1)) % PANELS;
	while (panel == OLD && !look_buckets(m, true));
	if (panel == HEADER)
		l->in_header = true;
	else
		switch_array(l, panel == OLD);
	look_refresh(l);
}

void look_move_field(struct look *l, int by)
{
	int last = look_fields(l) - 1, to = l->field + by;

	to = to < 0 ? 0 : to > last ? last : to;
	/* Over what the release has not. */
	while (to > 0 && to < last && look_design(l)->field_row(l, to) < 0)
		to += by < 0 ? -1 : 1;
	l->field = to;
	l->explain_top = 0;
}

int look_fields(const struct look *l)
{
	return look_design(l)->fields(l);
}

bool look_enter_field(struct look *l)
{
	return look_design(l)->enter_field(l);
}
