/* SPDX-License-Identifier: MIT */
/* One bucket byte by byte, in memory order: offset, address, bytes, what they mean. */
#include <inttypes.h>
#include <stdlib.h>

#include "model/base/mem.h"
#include "model/map/classic/reading.h"
#include "tui/view/mark.h"
#include "tui/view/view.h"

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
	else if (width < 54)
		c = (struct columns){ .address = -1, .name = 8, .bytes = 17, .line = 4 };
	else if (width < 75)
		c.line = 8;
	return c;
}

int view_bytes_width(const struct maptype *t)
{
	uint32_t most = t->keysize > t->elemsize ? t->keysize : t->elemsize;

	return most > 8 ? 75 : 54;
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
	bool none;           /* all keys or elems at once, which have no bytes */
};

/* Key or elem n of a bucket, or all of them in one where they have no bytes; how many there are. */
static unsigned slots_at(const struct maptype *t, unsigned n, bool elem, struct span *s)
{
	s->elem = elem;
	s->size = elem ? t->elemsize : t->keysize;
	s->none = s->size == 0;
	s->slot = s->none ? -1 : (int)n;
	s->offset = (elem ? t->unit.elems : t->unit.keys) + n * s->size;
	if (s->none)
		snprintf(s->name, sizeof s->name, "%s", elem ? "elems" : "keys");
	else
		snprintf(s->name, sizeof s->name, "%s %u", elem ? "elem" : "key", n);
	return s->none ? 1 : SLOTS;
}

/* The n-th field of a bucket, in memory order; false past the last. */
static bool span_at(const struct maptype *t, unsigned n, struct span *s)
{
	*s = (struct span){ .slot = -1, .size = SLOTS, .name = "tophash" };
	if (n == 0)
		return true;
	n--;
	for (int elem = 0; elem < 2; elem++) {
		unsigned count = slots_at(t, n, elem, s);

		if (n < count)
			return true;
		n -= count;
	}
	*s = (struct span){ .slot = -1, .offset = t->unit.link, .size = t->target->ptrsize,
		.name = "overflow" };
	return n == 0;
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
	uint64_t bucket, const struct span *s)
{
	const struct map *m = &l->session->world.map;
	uint8_t top = s->slot >= 0 ? map_at(m, bucket)[s->slot] : 0;
	struct text value = { 0 };

	if (s->none) {
		text_printf(&value, "no bytes: %s", s->elem ? m->type->elem->name : m->type->key->name);
		pane_datan(p, x, y, p->w - x, ROLE_NOTE, text_str(&value));
		text_free(&value);
		return;
	}
	if (heap_missing(m->heap, bucket + s->offset, s->size)) {
		pane_textn(p, x, y, p->w - x, ROLE_NOTE, VALUE_MISSING);
		return;
	}
	if (s->slot < 0) {
		bool end = map_overflow(m, bucket) == 0;
		const char *words = end ? "nil: the chain ends here" : "the next bucket of the chain";

		if (text_width(p->canvas, words) > p->w - x)
			words = end ? "nil" : "next";
		if (s->offset)
			pane_textn(p, x, y, p->w - x, ROLE_NOTE, words);
		return;
	}
	if (top >= MIN_TOPHASH) {
		value_format(m->heap, s->elem ? m->type->elem : m->type->key,
			s->elem ? map_elem(m, bucket, (unsigned)s->slot)
				: map_key(m, bucket, (unsigned)s->slot), &value, 64);
		pane_datan(p, x, y, p->w - x, s->elem ? ROLE_ELEM : ROLE_KEY, text_str(&value));
	} else if (!s->elem || m->type->keysize == 0) {
		mark_put_words(p, x, y, ROLE_NOTE, top);
	}
	text_free(&value);
}

/* Whether a field belongs to what the cursor is on: its slot's, or the overflow pointer. */
static bool is_linked(const struct look *l, const struct span *s, uint32_t i)
{
	if (s->none)
		return false;
	if (l->part == PART_OVERFLOW)
		return s->slot < 0 && s->offset;
	return s->slot < 0 ? !s->offset && i == l->cursor.slot : (unsigned)s->slot == l->cursor.slot;
}

/* One byte in hexadecimal, or hatched where it is padding. */
static void put_byte(const struct pane *p, int x, int y, const struct span *s, uint8_t what,
	uint8_t byte, uint8_t top)
{
	if (s->slot >= 0 && what == BYTE_PADDING)
		pane_text(p, x, y, ROLE_PADDING, "▒▒");
	else if (s->offset == 0)
		pane_printf(p, x, y, marks[mark_of(byte)].role, "%02x", byte);
	else
		pane_printf(p, x, y, byte_role(s, what, top), "%02x", byte);
}

static int put_span(const struct look *l, const struct pane *p, const struct columns *c, int y,
	uint64_t bucket, const struct span *s)
{
	const struct map *m = &l->session->world.map;
	const uint8_t *bytes = map_at(m, bucket) + s->offset;
	uint8_t top = s->slot >= 0 ? map_at(m, bucket)[s->slot] : 0;
	uint8_t *what = xcalloc(1, s->size + 16);
	uint32_t per_line = s->size < c->line ? s->size : c->line;
	bool here = !l->no_cursor && bucket == l->cursor.addr && !l->in_header;

	span_what(m->type, s, what);
	pane_printf(p, 0, y, ROLE_OFFSET, "+0x%03x", s->offset);
	if (c->address >= 0)
		pane_printf(p, c->address, y, ROLE_ADDRESS, "0x%" PRIx64, bucket + s->offset);
	pane_text(p, c->name, y, ROLE_FIELD, s->name);
	if (here && is_linked(l, s, l->cursor.slot)) {
		pane_put(p, c->name - 1, y, ROLE_FIELD, U'▸');
		pane_flag(p, c->name, y, 8, 1, CELL_LINKED);
	}
	for (uint32_t i = 0; i < s->size; i++) {
		int x = c->bytes + 3 * (int)(i % c->line), row = y + (int)(i / c->line);

		if (heap_missing(m->heap, bucket + s->offset + i, 1))
			pane_text(p, x, row, ROLE_DIM, "··");
		else
			put_byte(p, x, row, s, what[i], bytes[i], top);
		if (changes_touch(&l->changes, bucket + s->offset + i, 1))
			pane_flag(p, x, row, 2, 1, CELL_CHANGED);
		if (here && is_linked(l, s, i))
			pane_flag(p, x, row, 2, 1, CELL_LINKED);
		if (here && l->zoom == ZOOM_BYTES && s->offset + i == look_offset(l))
			pane_flag(p, x, row, 2, 1, CELL_CURSOR);
	}
	put_meaning(l, p, per_line ? c->bytes + 3 * (int)per_line + 1 : c->bytes, y, bucket, s);
	free(what);
	return rows_of(c, s->size);
}

/* The rows of a bucket, one by one: where each begins and how many bytes it has. */
struct line {
	uint32_t offset, size;
};

static bool line_at(const struct maptype *t, const struct columns *c, int row, struct line *line)
{
	struct span s;

	for (unsigned n = 0; span_at(t, n, &s); n++) {
		if (row < rows_of(c, s.size)) {
			line->offset = s.offset + (uint32_t)row * c->line;
			line->size = s.size - (uint32_t)row * c->line;
			if (line->size > c->line)
				line->size = c->line;
			return true;
		}
		row -= rows_of(c, s.size);
	}
	return false;
}

/* The row of a byte; a slot's field without bytes has a row, but no byte is in it. */
static int row_of(const struct maptype *t, const struct columns *c, uint32_t offset)
{
	struct line line;

	for (int row = 0; line_at(t, c, row, &line); row++)
		if (offset >= line.offset && offset < line.offset + line.size)
			return row;
	return 0;
}

int view_bytes_rows(const struct maptype *t, int width)
{
	struct columns c = columns_of(width);
	struct line line;
	int rows = 0;

	while (line_at(t, &c, rows, &line))
		rows++;
	return rows;
}

/* The rest of the chain below, each bucket under its address. */
static void put_chain(const struct look *l, const struct pane *p, const struct columns *c, int y)
{
	const struct map *m = &l->session->world.map;
	struct span s;
	uint32_t chain = l->cursor.link;

	for (uint64_t a = l->cursor.addr; a && y < p->h; a = map_overflow(m, a), chain++) {
		if (a != l->cursor.addr) {
			pane_printf(p, 0, y, ROLE_OVERFLOW, "└▸ overflow bucket %u · 0x%" PRIx64,
				chain, a);
			if (l->part == PART_OVERFLOW && chain == l->cursor.link + 1 && !l->no_cursor)
				pane_flag(p, 3, y, p->w - 3, 1, CELL_LINKED);
			y++;
		}
		for (unsigned n = 0; span_at(m->type, n, &s) && y < p->h; n++)
			y += put_span(l, p, c, y, a, &s);
	}
}

/* Rows above the sight: none when all fits, else the cursor is in the upper third. */
static int rows_above(const struct look *l, const struct columns *c, const struct pane *p)
{
	const struct maptype *t = l->session->world.map.type;
	int rows = view_bytes_rows(t, p->w), above = row_of(t, c, look_offset(l)) - p->h / 3;

	if (above > rows - p->h)
		above = rows - p->h;
	return above > 0 ? above : 0;
}

void view_bytes(const struct look *l, const struct pane *p)
{
	struct columns c = columns_of(p->w);

	if (!l->cursor.addr) {
		pane_textn(p, 0, 0, p->w, ROLE_NOTE, "nothing is allocated yet");
		return;
	}
	put_chain(l, p, &c, -rows_above(l, &c, p));
}

/* Steps over rows without bytes; past the bucket's ends to the buckets beside it. */
static void move_row(struct look *l, const struct columns *c, int by)
{
	const struct maptype *t = l->session->world.map.type;
	uint32_t offset = look_offset(l);
	int row = row_of(t, c, offset), to = row + by;
	struct place was = l->cursor;
	struct line from, line;

	line_at(t, c, row, &from);
	while (to >= 0 && line_at(t, c, to, &line) && line.size == 0)
		to += by;
	if (to >= 0 && line_at(t, c, to, &line)) {
		offset -= from.offset;
		look_put_offset(l, line.offset + (offset < line.size ? offset : line.size - 1));
		return;
	}
	look_move_bucket(l, by);
	if (l->cursor.addr != was.addr)
		look_put_offset(l, by > 0 ? 0 : t->unit.size - 1);
	else
		look_put_offset(l, offset);
}

void view_bytes_move(struct look *l, const struct pane *p, int rows)
{
	struct columns c = columns_of(p->w);

	if (!l->cursor.addr)
		return;
	for (; rows > 0; rows--)
		move_row(l, &c, 1);
	for (; rows < 0; rows++)
		move_row(l, &c, -1);
}

void view_bytes_click(struct look *l, const struct pane *p, int x, int y)
{
	const struct maptype *t = l->session->world.map.type;
	struct columns c = columns_of(p->w);
	struct line line;

	if (!l->cursor.addr || !line_at(t, &c, y + rows_above(l, &c, p), &line) || line.size == 0)
		return;
	x = x < c.bytes ? 0 : (x - c.bytes) / 3;
	look_put_offset(l, line.offset + ((uint32_t)x < line.size ? (uint32_t)x : line.size - 1));
}
