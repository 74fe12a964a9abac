/* SPDX-License-Identifier: MIT */
/* The bucket under the cursor: its fields decoded, and the bytes of the slot under the cursor. */
#include <inttypes.h>
#include <stdlib.h>

#include "model/mem.h"
#include "tui/mark.h"
#include "tui/view.h"

void view_bucket_title(const struct look *l, struct text *out)
{
	const struct place *c = &l->cursor;

	if (!c->addr) {
		text_add(out, "bucket");
		return;
	}
	text_printf(out, "%s %" PRIu64, c->old ? "old bucket" : "bucket", c->bucket);
	if (c->chain)
		text_printf(out, ", overflow %u", c->chain);
	text_printf(out, " · 0x%" PRIx64, c->addr);
}

/* One field's name and offset, in the left columns. */
enum { VALUES = 15 };

static void put_label(const struct pane *p, int y, uint32_t offset, const char *name)
{
	pane_printf(p, 0, y, ROLE_OFFSET, "+0x%02x", offset);
	pane_text(p, 6 + (offset > 0xff), y, ROLE_FIELD, name);
}

/* The cursor stands in the rows above: here what belongs to it is lit. */
static bool is_lit(const struct look *l, unsigned slot)
{
	return !l->no_cursor && !l->in_header && slot == l->cursor.slot;
}

static void put_tops(const struct look *l, const struct pane *p, int y)
{
	const uint8_t *tops = map_at(&l->session->map, l->cursor.addr);

	put_label(p, y, 0, "tophash");
	for (unsigned i = 0; i < SLOTS; i++) {
		int x = VALUES + 3 * (int)i;

		pane_printf(p, x, y, marks[mark_of(tops[i])].role, "%02x", tops[i]);
		if (changes_touch(&l->changes, l->cursor.addr + i, 1))
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
	const struct map *m = &l->session->map;
	const struct maptype *t = m->type;
	uint32_t size = elem ? t->elemsize : t->keysize;
	const uint8_t *raw = map_at(m, l->cursor.addr) + (elem ? t->elems : t->keys) + slot * size;
	bool live = map_at(m, l->cursor.addr)[slot] >= MIN_TOPHASH, zero = true;
	const struct gotype *type = elem ? t->elem : t->key;

	for (uint32_t i = 0; i < size; i++)
		zero &= raw[i] == 0;
	if (live) {
		value_format(m->heap, type, elem ? map_elem(m, l->cursor.addr, slot)
						 : map_key(m, l->cursor.addr, slot), out, 16);
	} else if (zero) {
		text_add(out, "─");
	} else if (type->pointers || (elem ? t->indirect_elem : t->indirect_key)) {
		text_add(out, "(stale)");
	} else {
		text_addc(out, '(');
		value_format(m->heap, type, raw, out, 16);
		text_addc(out, ')');
	}
}

static void put_slots(const struct look *l, const struct pane *p, int y, bool elem)
{
	const struct map *m = &l->session->map;
	const struct maptype *t = m->type;
	uint32_t size = elem ? t->elemsize : t->keysize, first = elem ? t->elems : t->keys;
	struct text value = { 0 };
	int x = VALUES;

	put_label(p, y, first, elem ? "elems" : "keys");
	for (unsigned i = 0; i < SLOTS && x < p->w; i++) {
		bool live = map_at(m, l->cursor.addr)[i] >= MIN_TOPHASH;
		int start = x;

		text_clear(&value);
		slot_literal(l, i, elem, &value);
		if (*text_str(&value) == '\xe2') /* our own dash, not the map's data */
			x += pane_text(p, x, y, ROLE_DIM, text_str(&value));
		else
			x += pane_datan(p, x, y, p->w - x,
				!live ? ROLE_STALE : elem ? ROLE_ELEM : ROLE_KEY, text_str(&value));
		if (changes_touch(&l->changes, l->cursor.addr + first + i * size, size ? size : 1) && size)
			pane_flag(p, start, y, x - start, 1, CELL_CHANGED);
		if (is_lit(l, i))
			pane_flag(p, start, y, x - start, 1, CELL_LINKED);
		if (i + 1 < SLOTS)
			x += pane_text(p, x, y, ROLE_BORDER, " │ ");
	}
	text_free(&value);
}

static void put_overflow(const struct look *l, const struct pane *p, int y)
{
	const struct map *m = &l->session->map;
	uint64_t next = map_overflow(m, l->cursor.addr);
	int start = VALUES + (m->type->overflow > 0xff), x = start;

	put_label(p, y, m->type->overflow, "overflow");
	if (!next) {
		pane_text(p, x, y, ROLE_DIM, "nil");
		return;
	}
	x += pane_printf(p, x, y, ROLE_POINTER, "0x%" PRIx64, next);
	x += pane_text(p, x, y, ROLE_OVERFLOW, " ▸ ");
	for (unsigned i = 0; i < SLOTS; i++, x += 3)
		mark_put(p, x, y, map_at(m, next)[i]);
	if (changes_touch(&l->changes, l->cursor.addr + m->type->overflow,
		    m->type->target->ptrsize))
		pane_flag(p, start, y, 14, 1, CELL_CHANGED);
}

/* The bytes of the slot's key or elem: padding hatched, stale ones dim, pointers underlined. */
static void put_bytes(const struct look *l, const struct pane *p, int y, bool elem)
{
	const struct map *m = &l->session->map;
	const struct maptype *t = m->type;
	uint32_t size = elem ? t->elemsize : t->keysize;
	uint32_t offset = (elem ? t->elems : t->keys) + l->cursor.slot * size;
	const uint8_t *raw = map_at(m, l->cursor.addr) + offset;
	bool live = map_at(m, l->cursor.addr)[l->cursor.slot] >= MIN_TOPHASH, zero = true;
	uint8_t *what = xcalloc(1, size);
	int x = VALUES;

	if (elem)
		maptype_elem_bytes(t, what);
	else
		maptype_key_bytes(t, what);
	pane_printf(p, 0, y, ROLE_OFFSET, "+0x%02x", offset);
	pane_printf(p, 6 + (offset > 0xff), y, ROLE_LABEL, "%s %u", elem ? "elem" : "key", l->cursor.slot);
	for (uint32_t i = 0; i < size; i++)
		zero &= raw[i] == 0;
	for (uint32_t i = 0; i < size; i++, x += 3) {
		if (x + 3 > p->w && i + 1 < size) {
			pane_text(p, x, y, ROLE_DIM, "…");
			break;
		}
		if (what[i] == BYTE_PADDING)
			pane_text(p, x, y, ROLE_PADDING, "▒▒");
		else
			pane_printf(p, x, y, what[i] == BYTE_POINTER ? ROLE_POINTER
					: live ? elem ? ROLE_ELEM : ROLE_KEY : ROLE_STALE, "%02x", raw[i]);
		if (changes_touch(&l->changes, l->cursor.addr + offset + i, 1))
			pane_flag(p, x, y, 2, 1, CELL_CHANGED);
	}
	if (size == 0)
		pane_text(p, x, y, ROLE_DIM, "no bytes");
	else if (x + 4 < p->w)
		pane_textn(p, x + 1, y, p->w - x - 1, ROLE_NOTE,
			live ? "" : zero ? "free" : "dead: stale bytes");
	free(what);
}

void view_bucket(const struct look *l, const struct pane *p)
{
	if (!l->cursor.addr) {
		pane_textn(p, 0, 0, p->w, ROLE_NOTE, "nothing is allocated yet");
		return;
	}
	put_tops(l, p, 0);
	put_slots(l, p, 1, false);
	put_slots(l, p, 2, true);
	put_overflow(l, p, 3);
	put_bytes(l, p, 4, false);
	put_bytes(l, p, 5, true);
}
