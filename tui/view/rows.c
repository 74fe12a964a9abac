/* SPDX-License-Identifier: MIT */
/* Buckets as rows: tophash bytes, a bar of states, and the keys or how far a growth is. */
#include <inttypes.h>
#include <stdio.h>

#include "model/map/classic/reading.h"
#include "tui/canvas/wrap.h"
#include "tui/view/mark.h"
#include "tui/view/view.h"

/* Columns for what a growth has to say of a bucket, in full and in brief. */
enum { NOTE_WIDTH = 17, NOTE_LEAST = 8 };

/* Columns of a row, from left to right. */
struct columns {
	int index, tops, bar, rest; /* bar and rest are -1 without room */
};

/* While growing, where cells went matters more than the bar. */
static struct columns columns_of(const struct pane *p, uint64_t buckets, bool growing)
{
	struct columns c = { .bar = -1, .rest = -1 };
	char digits[24];
	int end;

	c.index = snprintf(digits, sizeof digits, "%" PRIu64, buckets ? buckets - 1 : 0);
	if (c.index < 2)
		c.index = 2;
	c.tops = c.index + 2;
	end = c.tops + 3 * SLOTS;
	if (end + 1 + SLOTS + (growing ? 2 + NOTE_LEAST : 0) <= p->w) {
		c.bar = end + 1;
		end += 1 + SLOTS + 2;
	}
	if (end + NOTE_LEAST <= p->w)
		c.rest = end;
	return c;
}

/* The half that it is, and of which old bucket, in as many words as fit whole. */
static void half_note(char half, uint64_t from, int room, struct text *out)
{
	char digits[24];
	int width = snprintf(digits, sizeof digits, "%" PRIu64, from);

	if (7 + width <= room)
		text_printf(out, "◂ %c of %s", half, digits);
	else
		text_printf(out, "◂ %c%s%s", half, 4 + width <= room ? " " : "",
			4 + width <= room ? digits : "");
}

/* Where a new bucket's cells come from, or where an old bucket's cells went. */
static void growth_note(const struct look *l, bool old, uint64_t bucket, int room,
	struct text *out, enum role *role)
{
	const struct map *m = &l->session->world.map;
	bool brief = room < NOTE_WIDTH;
	uint64_t from = old ? bucket : bucket & ((1ull << map_old_B(m)) - 1);
	bool moved = map_evacuated(m, map_bucket(m, true, from));

	*role = moved || from == l->moving || (old && bucket == map_get(m, HMAP_NEVACUATE)) ? ROLE_GROWTH : ROLE_WAITING;
	if (from == l->moving)
		text_add(out, old ? "◂ moving" : brief ? "arriving" : "◂ arriving");
	else if (old && bucket == map_get(m, HMAP_NEVACUATE))
		text_add(out, brief ? "◂ next" : "◂ nevacuate");
	else if (old)
		text_add(out, moved ? "moved" : "waits");
	else if (moved && map_get(m, HMAP_FLAGS) & FLAG_SAME_SIZE)
		text_add(out, brief ? "repacked" : "◂ repacked");
	else if (moved)
		half_note(from == bucket ? 'X' : 'Y', from, room, out);
	else if (brief)
		text_add(out, "waits");
	else
		text_printf(out, "waits for old %" PRIu64, from);
}

/* The keys that live in a bucket; the one of the slot `lit` is lit. */
static void put_keys(const struct map *m, const struct pane *p, int x, int y, uint64_t addr, int lit)
{
	const uint8_t *tops = map_at(m, addr);
	struct text keys = { 0 };
	int start = 0, end = 0;

	for (unsigned i = 0; i < SLOTS; i++) {
		if (tops[i] < MIN_TOPHASH)
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
	return !l->no_cursor && !l->in_header && at->array == l->cursor.array && at->unit == l->cursor.unit &&
		at->link == l->cursor.link;
}

/* What the field of the header under the cursor speaks of, in a row. */
static bool row_linked(const struct look *l, const struct place *at)
{
	const struct map *m = &l->session->world.map;

	if (l->no_cursor)
		return false;
	if (!l->in_header)
		return l->part == PART_OVERFLOW && at->array == l->cursor.array &&
			at->unit == l->cursor.unit && at->link == l->cursor.link + 1;
	switch (l->field) {
	case HMAP_B:
	case HMAP_BUCKETS:
		return !at->array && at->link == 0;
	case HMAP_OLDBUCKETS:
		return at->array && at->link == 0;
	case HMAP_NEVACUATE:
		return at->array && at->link == 0 && at->unit == map_get(m, HMAP_NEVACUATE);
	case HMAP_NOVERFLOW:
	case HMAP_FIELDS + EXTRA_OVERFLOW:
		return !at->array && at->link > 0;
	case HMAP_FIELDS + EXTRA_OLDOVERFLOW:
		return at->array && at->link > 0;
	default:
		return false;
	}
}

/* The live cells are what count counts, and hash0 is in each of their tophash bytes. */
static bool slot_linked(const struct look *l, uint8_t top)
{
	return !l->no_cursor && l->in_header && top >= MIN_TOPHASH &&
		(l->field == HMAP_COUNT || l->field == HMAP_HASH0);
}

/* Its tophash byte, its key or its elem. */
static bool slot_changed(const struct look *l, uint64_t addr, unsigned i)
{
	const struct maptype *t = l->session->world.map.type;
	const struct changes *c = &l->changes;

	return changes_touch(c, addr + i, 1) ||
		(t->keysize && changes_touch(c, addr + unit_key(&t->unit, i), t->keysize)) ||
		(t->elemsize && changes_touch(c, addr + unit_elem(&t->unit, i), t->elemsize));
}

static void put_slots(const struct look *l, const struct pane *p, const struct columns *c, int y,
	const struct place *at)
{
	const uint8_t *tops = map_at(&l->session->world.map, at->addr);

	for (unsigned i = 0; i < SLOTS; i++) {
		int x = c->tops + 3 * (int)i;
		unsigned came = arrivals_find(&l->arrivals, at->addr, i);

		if (came)
			pane_printf(p, x, y, ROLE_PROBE, i + 1 < SLOTS || c->bar >= 0 ? "%2u." : "%2u",
				came);
		else
			mark_put(p, x, y, tops[i]);
		if (c->bar >= 0)
			mark_put_bar(p, c->bar + (int)i, y, tops[i]);
		if (slot_changed(l, at->addr, i))
			pane_flag(p, x, y, 2, 1, CELL_CHANGED);
		if (slot_linked(l, tops[i]))
			pane_flag(p, x, y, 2, 1, CELL_LINKED);
		if (at_cursor(l, at) && i == l->cursor.slot && l->part != PART_OVERFLOW) {
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
	const struct map *m = &l->session->world.map;
	struct text unused = { 0 };
	enum role role = ROLE_BORDER;
	char32_t sign = U'▏';

	if (map_growing(m) && c->rest < 0 && at->link == 0) {
		growth_note(l, at->array, at->unit, 0, &unused, &role);
		sign = role == ROLE_WAITING ? U'┊' : at->array && !map_evacuated(m, at->addr) ? U'◂' : sign;
		text_free(&unused);
	}
	pane_put(p, c->tops - 1, y, role, sign);
}

static void put_row(const struct look *l, const struct pane *p, const struct columns *c, int y,
	const struct place *at)
{
	const struct map *m = &l->session->world.map;
	struct text note = { 0 };
	enum role role = ROLE_NOTE;
	int lit = at_cursor(l, at) && l->part != PART_OVERFLOW ? (int)l->cursor.slot : -1;

	if (at->link == 0)
		pane_printf(p, 0, y, at->array ? ROLE_OLD : ROLE_INDEX, "%*" PRIu64, c->index,
			at->unit);
	else
		pane_text(p, c->index - 2, y, ROLE_OVERFLOW, "└▸");
	if (at_cursor(l, at) || row_linked(l, at))
		pane_flag(p, 0, y, c->index, 1, CELL_LINKED);
	if (heap_missing(m->heap, at->addr, m->type->unit.size)) {
		pane_textn(p, c->tops, y, p->w - c->tops, ROLE_NOTE, VALUE_MISSING);
		return;
	}
	put_slots(l, p, c, y, at);
	put_sign(l, p, c, y, at);
	if (c->rest >= 0 && map_growing(m) && at->link == 0) {
		growth_note(l, at->array, at->unit, p->w - c->rest, &note, &role);
		pane_textn(p, c->rest, y, p->w - c->rest, role, text_str(&note));
		if (c->rest + NOTE_WIDTH + 12 <= p->w)
			put_keys(m, p, c->rest + NOTE_WIDTH, y, at->addr, lit);
	} else if (c->rest >= 0 && !map_growing(m)) {
		put_keys(m, p, c->rest, y, at->addr, lit);
	}
	text_free(&note);
}

int view_rows(const struct look *l, const struct pane *p, bool old, uint64_t top, int most)
{
	const struct map *m = &l->session->world.map;
	uint64_t buckets = look_buckets(m, old);
	struct columns c = columns_of(p, buckets, map_growing(m));
	int y = old == l->cursor.array ? -l->skip : 0;

	if (buckets == 0) {
		return wrap_text(p, 0, 0, ROLE_NOTE, "no array before the first insert");
	}
	for (uint64_t b = top; b < buckets && y < most; b++) {
		struct place at = { .array = old, .unit = b, .addr = map_bucket(m, old, b) };

		for (; at.addr && y < most; at.addr = map_overflow(m, at.addr), at.link++, y++)
			if (p->y + y >= p->top)
				put_row(l, p, &c, y, &at);
	}
	return y;
}

/* Rows from the first of bucket `top` down to the cursor's, counted no further than `most`. */
static int rows_to_cursor(const struct look *l, uint64_t top, int most)
{
	const struct map *m = &l->session->world.map;
	int rows = 0;

	for (uint64_t b = top; b < l->cursor.unit && rows <= most; b++)
		for (uint64_t a = map_bucket(m, l->cursor.array, b); a; a = map_overflow(m, a))
			rows++;
	return rows + (int)l->cursor.link + 1;
}

static int rows_of(const struct map *m, bool old, uint64_t bucket, int most)
{
	int rows = 0;

	for (uint64_t a = map_bucket(m, old, bucket); a && rows <= most; a = map_overflow(m, a))
		rows++;
	return rows;
}

int view_rows_count(const struct look *l, bool old, int most)
{
	const struct map *m = &l->session->world.map;
	uint64_t buckets = look_buckets(m, old);
	int rows = 0;

	for (uint64_t b = 0; b < buckets && rows < most; b++)
		rows += rows_of(m, old, b, most - rows);
	return rows < most ? rows : most;
}

/* No blank rows below the last bucket while others are out of sight above. */
void view_rows_fill(struct look *l, bool old, int height)
{
	const struct map *m = &l->session->world.map;
	uint64_t *top = old ? &l->old_top : &l->top, buckets = look_buckets(m, old);
	int rows = 0;

	for (uint64_t b = *top; b < buckets && rows <= height; b++)
		rows += rows_of(m, old, b, height);
	while (*top > 0 && (rows += rows_of(m, old, *top - 1, height)) <= height)
		--*top;
}

/* Only a chain that is longer than the sight begins above it; it moves no more than it must. */
static void skip_in_chain(struct look *l, uint64_t top, int height)
{
	const struct place *c = &l->cursor;
	int row = (int)c->link, rows = 0;

	for (uint64_t b = top; b < look_buckets(&l->session->world.map, c->array) && rows < l->skip +
		height; b++)
		rows += rows_of(&l->session->world.map, c->array, b, l->skip + height);
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
	uint64_t *top = l->cursor.array ? &l->old_top : &l->top;
	uint64_t bucket = l->cursor.unit, reach = (uint64_t)(height > 0 ? height : 1);

	if (l->top >= look_buckets(&l->session->world.map, false))
		l->top = 0;
	if (l->old_top >= look_buckets(&l->session->world.map, true))
		l->old_top = 0;
	if (bucket < *top)
		*top = bucket;
	if (bucket >= *top + reach)
		*top = bucket - reach + 1;
	while (*top < bucket && rows_to_cursor(l, *top, height) > height)
		++*top;
	view_rows_fill(l, l->cursor.array, height);
	skip_in_chain(l, *top, height);
}

void view_rows_title(const struct look *l, bool old, bool wide, struct text *out)
{
	const struct map *m = &l->session->world.map;
	uint64_t buckets = look_buckets(m, old);

	if (!old && buckets == 0) {
		text_add(out, "buckets nil");
		return;
	}
	text_printf(out, "%s %" PRIu64 " × %u B", old ? "old" : map_growing(m) ? "new" : "buckets",
		buckets, m->type->unit.size);
	if (wide && buckets)
		text_printf(out, " · 0x%" PRIx64, map_get(m, old ? HMAP_OLDBUCKETS : HMAP_BUCKETS));
}

void view_rows_click(struct look *l, const struct pane *p, bool old, uint64_t top, int x, int y)
{
	const struct map *m = &l->session->world.map;
	uint64_t buckets = look_buckets(m, old);
	struct columns c = columns_of(p, buckets, map_growing(m));
	int slot = c.bar >= 0 && x >= c.bar ? x - c.bar : (x - c.tops) / 3;

	if (old == l->cursor.array)
		y += l->skip;
	for (uint64_t b = top; b < buckets && y >= 0; b++) {
		uint32_t chain = 0;

		for (uint64_t a = map_bucket(m, old, b); a; a = map_overflow(m, a), chain++) {
			if (y-- > 0)
				continue;
			if (x < c.tops || slot >= SLOTS)
				slot = (int)l->cursor.slot;
			look_put(l, (struct place){ .array = old, .unit = b, .link = chain,
				.slot = (unsigned)slot });
			return;
		}
	}
}
