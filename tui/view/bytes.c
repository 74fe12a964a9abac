/* SPDX-License-Identifier: MIT */
/* One unit byte by byte, in memory order: offset, address, bytes, what they mean. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model/base/mem.h"
#include "tui/view/design.h"
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

/* One field of the unit, as a row or a few of them. */
enum span_kind { SPAN_CONTROL, SPAN_KEY, SPAN_ELEM, SPAN_LINK, SPAN_PADDING };

struct span {
	enum span_kind kind;
	uint32_t offset, size;
	char name[16];
	int slot;            /* -1: none */
};

/* The fields of a unit in memory order. Keys or elems without bytes are one field. */
enum { SPANS_MOST = 4 * SLOTS + 4 };

struct spans {
	struct span list[SPANS_MOST];
	unsigned count;
};

static bool has_slot(const struct span *s)
{
	return s->kind == SPAN_KEY || s->kind == SPAN_ELEM;
}

/* All keys or elems at once, which have no bytes. */
static bool is_none(const struct span *s)
{
	return has_slot(s) && s->slot < 0;
}

/* Keeps the order of their offsets; of equal ones, that in which they come. */
static struct span *add_span(struct spans *all, enum span_kind kind, uint32_t offset, uint32_t size)
{
	unsigned i = all->count++;

	for (; i > 0 && all->list[i - 1].offset > offset; i--)
		all->list[i] = all->list[i - 1];
	all->list[i] = (struct span){ .kind = kind, .offset = offset, .size = size, .slot = -1 };
	return &all->list[i];
}

static void add_slots(struct spans *all, const struct maptype *t, bool elem)
{
	enum span_kind kind = elem ? SPAN_ELEM : SPAN_KEY;
	const char *word = elem ? "elem" : "key";
	const struct unit *u = &t->unit;
	uint32_t size = elem ? t->elemsize : t->keysize;
	struct span *s;

	if (size == 0) {
		s = add_span(all, kind, elem ? u->elems + SLOTS * u->elem_step : u->keys, 0);
		snprintf(s->name, sizeof s->name, "%ss", word);
	}
	for (unsigned i = 0; size && i < SLOTS; i++) {
		s = add_span(all, kind, elem ? unit_elem(u, i) : unit_key(u, i), size);
		snprintf(s->name, sizeof s->name, "%s %u", word, i);
		s->slot = (int)i;
	}
}

/* What no field takes. */
static void add_padding(struct spans *all, const struct maptype *t)
{
	unsigned fields = all->count;
	uint32_t end = 0;

	for (unsigned i = 0; i <= fields; i++) {
		uint32_t next = i < fields ? all->list[i].offset : t->unit.size;

		if (next > end) {
			struct span *s = add_span(all, SPAN_PADDING, end, next - end);

			snprintf(s->name, sizeof s->name, "padding");
			fields++;
			i++;
		}
		end = i < fields ? all->list[i].offset + all->list[i].size : end;
	}
}

static void spans_of(const struct look *l, struct spans *all)
{
	const struct map *m = &l->session->world.map;
	const char *link = look_design(l)->units->words.link;
	struct span *s;

	all->count = 0;
	s = add_span(all, SPAN_CONTROL, 0, SLOTS);
	snprintf(s->name, sizeof s->name, "%s", look_control_word(l));
	add_slots(all, m->type, false);
	add_slots(all, m->type, true);
	if (link) {
		s = add_span(all, SPAN_LINK, m->type->unit.link, m->type->target->ptrsize);
		snprintf(s->name, sizeof s->name, "%s", link);
	}
	add_padding(all, m->type);
}

static void span_what(const struct maptype *t, const struct span *s, uint8_t *what)
{
	static const enum gotype_byte plain[] = { [SPAN_CONTROL] = BYTE_DATA,
		[SPAN_LINK] = BYTE_POINTER, [SPAN_PADDING] = BYTE_PADDING };

	if (is_none(s))
		return;
	if (s->kind == SPAN_KEY)
		maptype_key_bytes(t, what);
	else if (s->kind == SPAN_ELEM)
		maptype_elem_bytes(t, what);
	else
		memset(what, (int)plain[s->kind], s->size);
}

static enum role byte_role(const struct span *s, uint8_t what, bool live)
{
	if (s->kind == SPAN_LINK)
		return ROLE_POINTER;
	if (!live)
		return ROLE_STALE;
	if (what == BYTE_POINTER)
		return ROLE_POINTER;
	return s->kind == SPAN_ELEM ? ROLE_ELEM : ROLE_KEY;
}

static void put_link_words(const struct look *l, const struct pane *p, int x, int y, bool end)
{
	char next[48];
	const char *words = end ? "nil: the chain ends here" : next;

	snprintf(next, sizeof next, "the next %s of the chain", look_unit_word(l));
	if (text_width(p->canvas, words) > p->w - x)
		words = end ? "nil" : "next";
	pane_textn(p, x, y, p->w - x, ROLE_NOTE, words);
}

/* The value at the end of a field's first row. */
static void put_meaning(const struct look *l, const struct pane *p, int x, int y,
	uint64_t unit, const struct span *s)
{
	const struct map *m = &l->session->world.map;
	bool elem = s->kind == SPAN_ELEM;
	const struct gotype *type = elem ? m->type->elem : m->type->key;
	struct text value = { 0 };

	if (is_none(s)) {
		text_printf(&value, "no bytes: %s", type->name);
		pane_datan(p, x, y, p->w - x, ROLE_NOTE, text_str(&value));
	} else if (heap_missing(m->heap, unit + s->offset, s->size)) {
		pane_textn(p, x, y, p->w - x, ROLE_NOTE, VALUE_MISSING);
	} else if (s->kind == SPAN_LINK) {
		put_link_words(l, p, x, y, map_link(m, unit) == 0);
	} else if (has_slot(s) && map_live(m, unit, (unsigned)s->slot)) {
		slot_add_value(m, unit, (unsigned)s->slot, elem, 64, &value);
		pane_datan(p, x, y, p->w - x, elem ? ROLE_ELEM : ROLE_KEY, text_str(&value));
	} else if (has_slot(s) && (!elem || m->type->keysize == 0)) {
		mark_put_words(look_marks(l), p, x, y, ROLE_NOTE,
			map_control(m, unit, (unsigned)s->slot));
	}
	text_free(&value);
}

/* Whether byte i of a field belongs to what the cursor is on: its slot's, or the link. */
static bool is_linked(const struct look *l, const struct span *s, uint32_t i)
{
	if (l->part == PART_LINK)
		return s->kind == SPAN_LINK;
	if (s->kind == SPAN_CONTROL)
		return i == unit_control(&l->session->world.map.type->unit, l->cursor.slot);
	return has_slot(s) && s->slot == (int)l->cursor.slot;
}

/* One byte in hexadecimal, or hatched where it is padding. */
static void put_byte(const struct look *l, const struct pane *p, int x, int y,
	const struct span *s, uint8_t what, uint8_t byte, bool live)
{
	if (what == BYTE_PADDING)
		pane_text(p, x, y, ROLE_PADDING, "▒▒");
	else if (s->kind == SPAN_CONTROL)
		pane_printf(p, x, y, mark_of(look_marks(l), byte)->role, "%02x", byte);
	else
		pane_printf(p, x, y, byte_role(s, what, live), "%02x", byte);
}

static void put_span_bytes(const struct look *l, const struct pane *p, const struct columns *c,
	int y, uint64_t unit, const struct span *s)
{
	const struct map *m = &l->session->world.map;
	const uint8_t *bytes = map_at(m, unit) + s->offset;
	bool here = !l->no_cursor && unit == l->cursor.addr && !l->in_header;
	bool live = s->slot >= 0 && map_live(m, unit, (unsigned)s->slot);
	uint8_t *what = xcalloc(1, s->size + 16);

	span_what(m->type, s, what);
	for (uint32_t i = 0; i < s->size; i++) {
		int x = c->bytes + 3 * (int)(i % c->line), row = y + (int)(i / c->line);

		if (heap_missing(m->heap, unit + s->offset + i, 1))
			pane_text(p, x, row, ROLE_DIM, "··");
		else
			put_byte(l, p, x, row, s, what[i], bytes[i], live);
		if (changes_touch(&l->changes, unit + s->offset + i, 1))
			pane_flag(p, x, row, 2, 1, CELL_CHANGED);
		if (here && is_linked(l, s, i))
			pane_flag(p, x, row, 2, 1, CELL_LINKED);
		if (here && l->zoom == ZOOM_BYTES && s->offset + i == look_offset(l))
			pane_flag(p, x, row, 2, 1, CELL_CURSOR);
	}
	free(what);
}

static int put_span(const struct look *l, const struct pane *p, const struct columns *c, int y,
	uint64_t unit, const struct span *s)
{
	const struct unit *u = &l->session->world.map.type->unit;
	uint32_t per_line = s->size < c->line ? s->size : c->line;
	bool here = !l->no_cursor && unit == l->cursor.addr && !l->in_header;

	pane_printf(p, 0, y, ROLE_OFFSET, "+0x%03x", s->offset);
	if (c->address >= 0)
		pane_printf(p, c->address, y, ROLE_ADDRESS, "0x%" PRIx64, unit + s->offset);
	pane_text(p, c->name, y, ROLE_FIELD, s->name);
	if (here && !is_none(s) && is_linked(l, s, unit_control(u, l->cursor.slot))) {
		pane_put(p, c->name - 1, y, ROLE_FIELD, U'▸');
		pane_flag(p, c->name, y, 8, 1, CELL_LINKED);
	}
	put_span_bytes(l, p, c, y, unit, s);
	put_meaning(l, p, per_line ? c->bytes + 3 * (int)per_line + 1 : c->bytes, y, unit, s);
	return rows_of(c, s->size);
}

/* The rows of a unit, one by one: where each begins and how many bytes it has. */
struct line {
	uint32_t offset, size;
	bool padding;
};

static bool line_at(const struct spans *all, const struct columns *c, int row, struct line *line)
{
	for (unsigned n = 0; n < all->count; n++) {
		const struct span *s = &all->list[n];

		if (row < rows_of(c, s->size)) {
			line->offset = s->offset + (uint32_t)row * c->line;
			line->size = s->size - (uint32_t)row * c->line;
			if (line->size > c->line)
				line->size = c->line;
			line->padding = s->kind == SPAN_PADDING;
			return true;
		}
		row -= rows_of(c, s->size);
	}
	return false;
}

/* The row of a byte; a slot's field without bytes has a row, but no byte is in it. */
static int row_of(const struct spans *all, const struct columns *c, uint32_t offset)
{
	struct line line;

	for (int row = 0; line_at(all, c, row, &line); row++)
		if (offset >= line.offset && offset < line.offset + line.size)
			return row;
	return 0;
}

int view_bytes_rows(const struct look *l, int width)
{
	struct columns c = columns_of(width);
	struct spans all;
	struct line line;
	int rows = 0;

	spans_of(l, &all);
	while (line_at(&all, &c, rows, &line))
		rows++;
	return rows;
}

/* The rest of the chain below, each unit under its address. */
static void put_chain(const struct look *l, const struct pane *p, const struct columns *c,
	const struct spans *all, int y)
{
	const struct map *m = &l->session->world.map;
	uint32_t link = l->cursor.link;

	for (uint64_t a = l->cursor.addr; a && y < p->h; a = map_link(m, a), link++) {
		if (a != l->cursor.addr) {
			pane_printf(p, 0, y, ROLE_OVERFLOW, "└▸ %s %u · 0x%" PRIx64,
				look_design(l)->units->words.linked_unit, link, a);
			if (l->part == PART_LINK && link == l->cursor.link + 1 && !l->no_cursor)
				pane_flag(p, 3, y, p->w - 3, 1, CELL_LINKED);
			y++;
		}
		for (unsigned n = 0; n < all->count && y < p->h; n++)
			y += put_span(l, p, c, y, a, &all->list[n]);
	}
}

/* Rows above the sight: none when all fits, else the cursor is in the upper third. */
static int rows_above(const struct look *l, const struct columns *c, const struct spans *all,
	const struct pane *p)
{
	int rows = view_bytes_rows(l, p->w), above = row_of(all, c, look_offset(l)) - p->h / 3;

	if (above > rows - p->h)
		above = rows - p->h;
	return above > 0 ? above : 0;
}

void view_bytes(const struct look *l, const struct pane *p)
{
	struct columns c = columns_of(p->w);
	struct spans all;

	if (!l->cursor.addr) {
		pane_textn(p, 0, 0, p->w, ROLE_NOTE, "nothing is allocated yet");
		return;
	}
	spans_of(l, &all);
	put_chain(l, p, &c, &all, -rows_above(l, &c, &all, p));
}

/* Steps over rows without fields' bytes; past the unit's ends to the units beside it. */
static void move_row(struct look *l, const struct columns *c, const struct spans *all, int by)
{
	const struct maptype *t = l->session->world.map.type;
	uint32_t offset = look_offset(l);
	int row = row_of(all, c, offset), to = row + by;
	struct place was = l->cursor;
	struct line from, line;

	line_at(all, c, row, &from);
	while (to >= 0 && line_at(all, c, to, &line) && (line.size == 0 || line.padding))
		to += by;
	if (to >= 0 && line_at(all, c, to, &line)) {
		offset -= from.offset;
		look_put_offset(l, line.offset + (offset < line.size ? offset : line.size - 1));
		return;
	}
	look_move_unit(l, by);
	if (l->cursor.addr != was.addr)
		look_put_offset(l, by > 0 ? 0 : t->unit.size - 1);
	else
		look_put_offset(l, offset);
}

void view_bytes_move(struct look *l, const struct pane *p, int rows)
{
	struct columns c = columns_of(p->w);
	struct spans all;

	if (!l->cursor.addr)
		return;
	spans_of(l, &all);
	for (; rows > 0; rows--)
		move_row(l, &c, &all, 1);
	for (; rows < 0; rows++)
		move_row(l, &c, &all, -1);
}

void view_bytes_click(struct look *l, const struct pane *p, int x, int y)
{
	struct columns c = columns_of(p->w);
	struct spans all;
	struct line line;

	if (!l->cursor.addr)
		return;
	spans_of(l, &all);
	if (!line_at(&all, &c, y + rows_above(l, &c, &all, p), &line) || line.size == 0)
		return;
	x = x < c.bytes ? 0 : (x - c.bytes) / 3;
	look_put_offset(l, line.offset + ((uint32_t)x < line.size ? (uint32_t)x : line.size - 1));
}
