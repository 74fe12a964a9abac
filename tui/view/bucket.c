/* SPDX-License-Identifier: MIT */
/* The unit under the cursor: its fields decoded, and the bytes of the slot under the cursor. */
#include <inttypes.h>
#include <stdlib.h>

#include "model/base/mem.h"
#include "tui/view/design.h"
#include "tui/view/leaf.h"
#include "tui/view/view.h"

void view_unit_title(const struct look *l, struct text *out)
{
	const struct place *c = &l->cursor;

	if (!c->addr) {
		text_add(out, look_unit_word(l));
		return;
	}
	place_words(&l->units, c, out);
	if (c->link)
		text_printf(out, ", %s %u", look_design(l)->units->words.link, c->link);
	text_printf(out, " · 0x%" PRIx64, c->addr);
}

/* One field's name and offset, in the left columns. */
enum { BETWEEN = 3 };

static bool long_offsets(const struct look *l)
{
	return l->session->world.map.type->unit.size > 0x100;
}

static int values_at(const struct look *l)
{
	return 15 + long_offsets(l);
}

static void put_label(const struct look *l, const struct pane *p, int y, uint32_t offset,
	const char *name)
{
	pane_printf(p, 0, y, ROLE_OFFSET, "+0x%0*x", 2 + long_offsets(l), offset);
	pane_text(p, 6 + long_offsets(l), y, ROLE_FIELD, name);
}

/* The cursor stands in the rows above: here what belongs to it is lit. */
static bool is_lit(const struct look *l, unsigned slot)
{
	return !l->no_cursor && !l->in_header && slot == l->cursor.slot;
}

static void put_controls(const struct look *l, const struct pane *p, int y)
{
	const struct map *m = &l->session->world.map;

	put_label(l, p, y, 0, look_control_word(l));
	for (unsigned i = 0; i < SLOTS; i++) {
		uint64_t at = l->cursor.addr + unit_control(&m->type->unit, i);
		uint8_t control = map_control(m, l->cursor.addr, i);
		int x = values_at(l) + 3 * (int)i;

		if (heap_missing(m->heap, at, 1))
			pane_text(p, x, y, ROLE_DIM, "··");
		else
			pane_printf(
				p, x, y, mark_of(look_marks(l), control)->role, "%02x", control);
		if (changes_touch(&l->changes, at, 1))
			pane_flag(p, x, y, 2, 1, CELL_CHANGED);
		if (is_lit(l, i))
			pane_flag(p, x, y, 2, 1, CELL_LINKED);
	}
}

/*
 * What a slot holds, as a literal; a dead slot's stale value in brackets, when it can still be
 * told: behind cleared pointers there is nothing, and zeros say nothing.
 */
static void slot_literal(const struct look *l, unsigned slot, bool elem, struct text *out)
{
	const struct map *m = &l->session->world.map;
	const struct maptype *t = m->type;
	uint32_t size = elem ? t->elemsize : t->keysize;
	const uint8_t *raw = map_at(m, l->cursor.addr) +
		(elem ? unit_elem(&t->unit, slot) : unit_key(&t->unit, slot));
	const struct gotype *type = elem ? t->elem : t->key;

	if (heap_missing(m->heap, heap_addr(m->heap, raw), size)) {
		text_add(out, VALUE_MISSING);
	} else if (map_live(m, l->cursor.addr, slot)) {
		slot_add_value(m, l->cursor.addr, slot, elem, 16, out);
	} else if (all_zero(raw, size)) {
		text_add(out, "─");
	} else if (type->pointers || (elem ? t->indirect_elem : t->indirect_key)) {
		text_add(out, "(stale)");
	} else {
		text_addc(out, '(');
		value_format(m->heap, type, raw, out, 16);
		text_addc(out, ')');
	}
}

/* Columns of a slot's literal, and of what stands between two. */
static int slot_width(const struct look *l, const struct pane *p, unsigned slot, bool elem)
{
	struct text value = { 0 };
	int width;

	slot_literal(l, slot, elem, &value);
	width = data_width(p->canvas, text_str(&value));
	text_free(&value);
	return width;
}

/* The first slot to show, so that the one under the cursor is in sight. */
static unsigned first_slot(const struct look *l, const struct pane *p, bool elem)
{
	unsigned first = l->cursor.slot;
	int used = slot_width(l, p, first, elem), all = values_at(l) - BETWEEN, up_to = 0;

	for (unsigned i = 0; i < SLOTS; i++) {
		all += slot_width(l, p, i, elem) + BETWEEN;
		up_to = i == first ? all : up_to;
	}
	if (all <= p->w || up_to <= p->w - 4 || l->no_cursor)
		return 0;
	/* With what tells that there are more at both ends. */
	while (first > 0 &&
		values_at(l) + 4 + used + BETWEEN + slot_width(l, p, first - 1, elem) <= p->w - 4)
		used += BETWEEN + slot_width(l, p, --first, elem);
	return first;
}

/* Returns the columns it takes. */
static int put_slot(const struct look *l, const struct pane *p, int x, int y, unsigned slot,
	bool elem)
{
	const struct map *m = &l->session->world.map;
	const struct maptype *t = m->type;
	uint32_t size = elem ? t->elemsize : t->keysize;
	uint32_t offset = elem ? unit_elem(&t->unit, slot) : unit_key(&t->unit, slot);
	bool live = map_live(m, l->cursor.addr, slot);
	struct text value = { 0 };
	int width, room = slot + 1 < SLOTS ? p->w - x - 4 : p->w - x;

	slot_literal(l, slot, elem, &value);
	if (*text_str(&value) == '\xe2') /* our own dash, not the map's data */
		width = pane_text(p, x, y, ROLE_DIM, text_str(&value));
	else
		width = pane_datan(p, x, y, room,
			!live ? ROLE_STALE : elem ? ROLE_ELEM : ROLE_KEY, text_str(&value));
	if (size && changes_touch(&l->changes, l->cursor.addr + offset, size))
		pane_flag(p, x, y, width, 1, CELL_CHANGED);
	if (is_lit(l, slot))
		pane_flag(p, x, y, width, 1, CELL_LINKED);
	text_free(&value);
	return width;
}

static void put_slots(const struct look *l, const struct pane *p, int y, bool elem)
{
	const struct maptype *t = l->session->world.map.type;
	unsigned first = first_slot(l, p, elem);
	int x = values_at(l);

	put_label(l, p, y, elem ? t->unit.elems : t->unit.keys, elem ? "elems" : "keys");
	if (first > 0)
		x += pane_text(p, x, y, ROLE_DIM, "… │ ");
	for (unsigned i = first; i < SLOTS; i++) {
		int need = slot_width(l, p, i, elem) + (i + 1 < SLOTS ? BETWEEN + 1 : 0);

		if (i > first && x + need > p->w) {
			pane_text(p, x, y, ROLE_DIM, "…");
			break;
		}
		x += put_slot(l, p, x, y, i, elem);
		if (i + 1 < SLOTS)
			x += pane_text(p, x, y, ROLE_BORDER, " │ ");
	}
}

static void put_link(const struct look *l, const struct pane *p, int y)
{
	const struct map *m = &l->session->world.map;
	uint64_t next = map_link(m, l->cursor.addr);
	int x = values_at(l);

	put_label(l, p, y, m->type->unit.link, look_design(l)->units->words.link);
	if (!next) {
		pane_text(p, x, y, ROLE_DIM, "nil");
		return;
	}
	x += pane_printf(p, x, y, ROLE_POINTER, "0x%" PRIx64, next);
	x += pane_text(p, x, y, ROLE_OVERFLOW, " ▸ ");
	for (unsigned i = 0; i < SLOTS; i++, x += 3) {
		if (x + 2 + 2 * (i + 1 < SLOTS) > p->w) {
			pane_text(p, x, y, ROLE_DIM, "…");
			break;
		}
		mark_put(look_marks(l), p, x, y, map_control(m, next, i));
	}
	if (changes_touch(&l->changes, l->cursor.addr + m->type->unit.link,
		    m->type->target->ptrsize))
		pane_flag(p, values_at(l), y, 14, 1, CELL_CHANGED);
}

/* What a slot without a value is; its bytes are stale unless they are zeros. */
static void put_state(const struct marks *k, const struct pane *p, int x, int y, uint8_t control,
	bool zero)
{
	struct text words = { 0 };

	text_printf(&words, "%s%s", mark_of(k, control)->brief, zero ? "" : ": stale bytes");
	if (text_width(p->canvas, text_str(&words)) <= p->w - x)
		pane_text(p, x, y, ROLE_NOTE, text_str(&words));
	else
		mark_put_words(k, p, x, y, ROLE_NOTE, control);
	text_free(&words);
}

/* The bytes of the slot's key or elem: padding hatched, stale ones dim, pointers underlined. */
static void put_bytes(const struct look *l, const struct pane *p, int y, bool elem)
{
	const struct map *m = &l->session->world.map;
	const struct maptype *t = m->type;
	uint32_t size = elem ? t->elemsize : t->keysize;
	unsigned slot = l->cursor.slot;
	uint32_t offset = elem ? unit_elem(&t->unit, slot) : unit_key(&t->unit, slot);
	const uint8_t *raw = map_at(m, l->cursor.addr) + offset;
	bool live = map_live(m, l->cursor.addr, slot);
	uint8_t *what = xcalloc(1, size);
	int x = values_at(l);

	if (elem)
		maptype_elem_bytes(t, what);
	else
		maptype_key_bytes(t, what);
	put_label(l, p, y, offset, "");
	pane_printf(p, 6 + long_offsets(l), y, ROLE_LABEL, "%s %u", elem ? "elem" : "key",
		l->cursor.slot);
	for (uint32_t i = 0; i < size; i++, x += 3) {
		if (x + 2 + 2 * (i + 1 < size) > p->w) {
			pane_text(p, x, y, ROLE_DIM, "…");
			break;
		}
		if (what[i] == BYTE_PADDING)
			pane_text(p, x, y, ROLE_PADDING, "▒▒");
		else
			pane_printf(p, x, y,
				what[i] == BYTE_POINTER ? ROLE_POINTER
					: live          ? elem ? ROLE_ELEM : ROLE_KEY
							: ROLE_STALE,
				"%02x", raw[i]);
		if (changes_touch(&l->changes, l->cursor.addr + offset + i, 1))
			pane_flag(p, x, y, 2, 1, CELL_CHANGED);
	}
	if (size == 0)
		pane_text(p, x, y, ROLE_DIM, "no bytes");
	else if (x + 4 < p->w && !live)
		put_state(look_marks(l), p, x + 1, y, map_control(m, l->cursor.addr, slot),
			all_zero(raw, size));
	free(what);
}

void view_unit(const struct look *l, const struct pane *p)
{
	int y = 0;

	if (!l->cursor.addr) {
		pane_textn(p, 0, 0, p->w, ROLE_NOTE, "nothing is allocated yet");
		return;
	}
	put_controls(l, p, y++);
	put_slots(l, p, y++, false);
	put_slots(l, p, y++, true);
	if (look_design(l)->units->words.link)
		put_link(l, p, y++);
	put_bytes(l, p, y++, false);
	put_bytes(l, p, y, true);
}
