/* SPDX-License-Identifier: MIT */
/* One bucket byte by byte, in memory order: offset, address, bytes, what they mean. */
#include <inttypes.h>
#include <stdlib.h>

#include "model/mem.h"
#include "tui/mark.h"
#include "tui/view.h"

/* Where things stand in a row, and how many bytes it takes; address is -1 without room for it. */
struct columns {
	int address, name, bytes;
	uint32_t line;
};

/* Room is kept for what the bytes mean: first addresses go, then the rows take fewer bytes. */
static struct columns columns_of(int width)
{
	struct columns c = { .address = -1, .name = 8, .bytes = 19, .line = 16 };

	if (width >= 94)
		c = (struct columns){ .address = 8, .name = 22, .bytes = 33, .line = 16 };
	else if (width < 75)
		c.line = width >= 54 ? 8 : 4;
	return c;
}

static int rows_of(const struct columns *c, uint32_t size)
{
	return size ? (int)((size + c->line - 1) / c->line) : 1;
}

/* One field of the bucket, as a row or a few of them. */
struct span {
	uint32_t offset, size;
	char name[16];
	int slot;            /* -1: none */
	bool elem;
};

/* The n-th field of a bucket, in memory order; false past the last. */
static bool span_at(const struct maptype *t, unsigned n, struct span *s)
{
	*s = (struct span){ .slot = -1 };
	if (n == 0) {
		s->size = SLOTS;
		snprintf(s->name, sizeof s->name, "tophash");
	} else if (n <= 2 * SLOTS) {
		s->elem = n > SLOTS;
		s->slot = (int)(n - 1) % SLOTS;
		s->size = s->elem ? t->elemsize : t->keysize;
		s->offset = (s->elem ? t->elems : t->keys) + (uint32_t)s->slot * s->size;
		snprintf(s->name, sizeof s->name, "%s %d", s->elem ? "elem" : "key", s->slot);
	} else {
		s->offset = t->overflow;
		s->size = t->target->ptrsize;
		snprintf(s->name, sizeof s->name, "overflow");
	}
	return n <= 2 * SLOTS + 1;
}

static void span_what(const struct maptype *t, const struct span *s, uint8_t *what)
{
	if (s->slot < 0)
		what[0] = s->offset ? BYTE_POINTER : BYTE_DATA;
	else if (s->elem)
		maptype_elem_bytes(t, what);
	else
		maptype_key_bytes(t, what);
}

static enum role byte_role(const struct span *s, uint8_t what, uint8_t top)
{
	if (s->slot < 0)
		return s->offset ? ROLE_POINTER : ROLE_TOPHASH;
	if (what == BYTE_POINTER)
		return top >= MIN_TOPHASH ? ROLE_POINTER : ROLE_STALE;
	if (top < MIN_TOPHASH)
		return ROLE_STALE;
	return s->elem ? ROLE_ELEM : ROLE_KEY;
}

/* The value at the end of a field's first row. */
static void put_meaning(const struct look *l, const struct pane *p, int x, int y,
	const struct span *s)
{
	const struct map *m = &l->session->map;
	uint8_t top = s->slot >= 0 ? map_at(m, l->cursor.addr)[s->slot] : 0;
	struct text value = { 0 };

	if (s->slot < 0) {
		if (s->offset && map_overflow(m, l->cursor.addr) == 0)
			pane_textn(p, x, y, p->w - x, ROLE_NOTE, "nil: the chain ends here");
		else if (s->offset)
			pane_textn(p, x, y, p->w - x, ROLE_NOTE, "the next bucket of the chain");
		return;
	}
	if (top >= MIN_TOPHASH) {
		value_format(m->heap, s->elem ? m->type->elem : m->type->key,
			s->elem ? map_elem(m, l->cursor.addr, (unsigned)s->slot)
				: map_key(m, l->cursor.addr, (unsigned)s->slot), &value, 64);
		pane_datan(p, x, y, p->w - x, s->elem ? ROLE_ELEM : ROLE_KEY, text_str(&value));
	} else if (!s->elem) {
		pane_textn(p, x, y, p->w - x, ROLE_NOTE, marks[mark_of(top)].brief);
	}
	text_free(&value);
}

static int put_span(const struct look *l, const struct pane *p, const struct columns *c, int y,
	const struct span *s)
{
	const struct map *m = &l->session->map;
	const uint8_t *bytes = map_at(m, l->cursor.addr) + s->offset;
	uint8_t top = s->slot >= 0 ? map_at(m, l->cursor.addr)[s->slot] : 0;
	uint8_t *what = xcalloc(1, s->size + 16);
	uint32_t per_line = s->size < c->line ? s->size : c->line;
	bool here = !l->no_cursor && s->slot >= 0 && (unsigned)s->slot == l->cursor.slot;

	span_what(m->type, s, what);
	pane_printf(p, 0, y, ROLE_OFFSET, "+0x%03x", s->offset);
	if (c->address >= 0)
		pane_printf(p, c->address, y, ROLE_ADDRESS, "0x%" PRIx64, l->cursor.addr + s->offset);
	pane_text(p, c->name, y, ROLE_FIELD, s->name);
	for (uint32_t i = 0; i < s->size; i++) {
		int x = c->bytes + 3 * (int)(i % c->line), row = y + (int)(i / c->line);

		if (s->slot >= 0 && what[i] == BYTE_PADDING)
			pane_text(p, x, row, ROLE_PADDING, "▒▒");
		else if (s->offset == 0)
			pane_printf(p, x, row, marks[mark_of(bytes[i])].role, "%02x", bytes[i]);
		else
			pane_printf(p, x, row, byte_role(s, what[i], top), "%02x", bytes[i]);
		if (changes_touch(&l->changes, l->cursor.addr + s->offset + i, 1))
			pane_flag(p, x, row, 2, 1, CELL_CHANGED);
		if (s->offset == 0 && !l->no_cursor && i == l->cursor.slot)
			pane_flag(p, x, row, 2, 1, CELL_LINKED);
	}
	put_meaning(l, p, c->bytes + 3 * (int)(per_line ? per_line : 1) + 1, y, s);
	if (here)
		pane_flag(p, c->name, y, 8, 1, CELL_CURSOR);
	free(what);
	return rows_of(c, s->size);
}

/* Rows above the cursor's key, so that it can be scrolled into sight. */
static int rows_before(const struct maptype *t, const struct columns *c, unsigned slot)
{
	struct span s;
	int rows = 0;

	for (unsigned n = 0; n < 1 + slot; n++) {
		span_at(t, n, &s);
		rows += rows_of(c, s.size);
	}
	return rows;
}

void view_bytes(const struct look *l, const struct pane *p)
{
	const struct maptype *t = l->session->map.type;
	struct columns c = columns_of(p->w);
	struct span s;
	int y = 0, at;

	if (!l->cursor.addr) {
		pane_textn(p, 0, 0, p->w, ROLE_NOTE, "nothing is allocated yet");
		return;
	}
	/* All of it when it fits, else with the cursor's key in the upper third. */
	at = rows_before(t, &c, l->cursor.slot);
	if (rows_before(t, &c, 2 * SLOTS) + 1 > p->h && at > p->h / 3)
		y = p->h / 3 - at;
	for (unsigned n = 0; span_at(t, n, &s); n++)
		y += put_span(l, p, &c, y, &s);
}
