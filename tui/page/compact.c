/* SPDX-License-Identifier: MIT */
#include "tui/page/compact.h"

#include <inttypes.h>

#include "model/map/classic/reading.h"
#include "tui/view/view.h"

enum {
	HEIGHT = 300,        /* of the canvas drawn on; cut to what was used */
	WHOLE = 16,          /* rows of an array that is shown whole */
	KEPT = 12,           /* else so many buckets at most, */
	CHAIN = 6,           /* each with so many rows, */
	FIRST = 4,           /* or the first ones where none has changed */
	SCANNED = 4096,      /* buckets of an array whose chains are all looked through */
	SIDE = 38,           /* columns of an array beside another */
};

/* Of one array, the buckets that are shown. */
struct kept {
	uint64_t list[KEPT];
	int count;
	uint64_t changed;    /* all that have changed, shown or not */
};

static void keep(struct kept *k, uint64_t bucket)
{
	if (k->count && k->list[k->count - 1] >= bucket)
		return;
	k->changed++;
	if (k->count < KEPT)
		k->list[k->count++] = bucket;
}

static bool has_changed(const struct look *l, uint64_t addr)
{
	const struct map *m = &l->session->world.map;

	for (; addr; addr = map_overflow(m, addr))
		if (changes_touch(&l->changes, addr, m->type->unit.size))
			return true;
	return false;
}

static void scan(const struct look *l, bool old, uint64_t buckets, struct kept *k)
{
	for (uint64_t b = 0; b < buckets; b++)
		if (has_changed(l, map_bucket(&l->session->world.map, old, b)))
			keep(k, b);
}

/* Of a large array: what was changed in it itself, and the place that the step was about. */
static void scan_runs(const struct look *l, bool old, uint64_t buckets, struct kept *k)
{
	const struct map *m = &l->session->world.map;
	uint64_t base = map_bucket(m, old, 0), size = m->type->unit.size,
		end = base + buckets * size;
	uint64_t about = l->cursor.array == old &&
		has_changed(l, map_bucket(m, old, l->cursor.unit))
		? l->cursor.unit : buckets;

	for (size_t i = 0; i < l->changes.count; i++) {
		const struct run *r = &l->changes.runs[i];
		uint64_t from = r->start < base ? base : r->start, to = r->end > end ? end : r->end;

		for (uint64_t b = (from - base) / size; from < to && base + b * size < to; b++) {
			if (about < b)
				keep(k, about);
			keep(k, b);
		}
	}
	if (about < buckets)
		keep(k, about);
}

static void choose(const struct look *l, bool old, uint64_t buckets, struct kept *k)
{
	*k = (struct kept){ 0 };
	if (buckets <= SCANNED)
		scan(l, old, buckets, k);
	else
		scan_runs(l, old, buckets, k);
	for (uint64_t b = 0; k->changed == 0 && b < FIRST && b < buckets; b++)
		k->list[k->count++] = b;
}

static int chain_rows(const struct map *m, bool old, uint64_t bucket, int most)
{
	int rows = 0;

	for (uint64_t a = map_bucket(m, old, bucket); a && rows < most; a = map_overflow(m, a))
		rows++;
	return rows;
}

static int array_rows(const struct map *m, bool old, uint64_t buckets, int most)
{
	int rows = 0;

	for (uint64_t b = 0; b < buckets && rows < most; b++)
		rows += chain_rows(m, old, b, most);
	return rows;
}

static int put_bucket(const struct look *l, const struct pane *p, int y, bool old, uint64_t bucket)
{
	int rows = chain_rows(&l->session->world.map, old, bucket, CHAIN + 1);
	struct pane part = pane_sub(p, 0, y, p->w, rows > CHAIN ? CHAIN : rows);

	view_rows(l, &part, old, bucket, part.h);
	if (rows <= CHAIN)
		return rows;
	pane_text(p, 4, y + CHAIN, ROLE_NOTE, "… and further overflow buckets");
	return CHAIN + 1;
}

/* Buckets [from, to) that do not matter now, in one line; a line is no longer than one bucket. */
static int put_fold(const struct look *l, const struct pane *p, int y, bool old, uint64_t from,
	uint64_t to, uint64_t changed)
{
	if (from == to)
		return 0;
	if (to - from == 1 && chain_rows(&l->session->world.map, old, from, 2) == 1)
		return put_bucket(l, p, y, old, from);
	if (changed)
		pane_printf(p, 2, y, ROLE_NOTE, "… %s more, %s of them changed",
			count_text(to - from).s,
			count_text(changed).s);
	else
		pane_printf(p, 2, y, ROLE_NOTE, "… %s more", count_text(to - from).s);
	return 1;
}

/* The buckets that matter; returns the row behind. */
static int put_kept(const struct look *l, const struct pane *p, int y, bool old, uint64_t buckets)
{
	uint64_t next = 0;
	struct kept k;

	choose(l, old, buckets, &k);
	for (int i = 0; i < k.count; i++) {
		y += put_fold(l, p, y, old, next, k.list[i], 0);
		y += put_bucket(l, p, y, old, k.list[i]);
		next = k.list[i] + 1;
	}
	/* What has changed and is not shown lies behind what is. */
	return y + put_fold(l, p, y, old, next, buckets,
		k.changed > KEPT ? k.changed - KEPT : 0);
}

static int put_array(const struct look *l, const struct pane *p, bool old)
{
	const struct map *m = &l->session->world.map;
	uint64_t buckets = look_buckets(m, old);
	struct pane in = pane_sub(p, 0, 1, p->w, p->h - 1);
	struct text title = { 0 };
	int rows = array_rows(m, old, buckets, WHOLE + 1);

	view_rows_title(l, old, false, &title);
	pane_textn(p, 0, 0, p->w, old ? ROLE_OLD : ROLE_TITLE, text_str(&title));
	text_free(&title);
	if (rows > WHOLE)
		return put_kept(l, p, 1, old, buckets);
	return 1 + view_rows(l, &in, old, 0, WHOLE);
}

/* While growing, beside each other where there is room. */
static void put_arrays(const struct look *l, const struct pane *p, int y)
{
	struct pane all = pane_sub(p, 0, y, p->w, p->h - y);
	struct pane left = pane_sub(&all, 0, 0, (p->w - 2) / 2, all.h);
	struct pane right = pane_sub(&all, p->w - left.w, 0, left.w, all.h);

	if (!map_growing(&l->session->world.map)) {
		put_array(l, &all, false);
	} else if (left.w < SIDE) {
		y = put_array(l, &all, false);
		all = pane_sub(&all, 0, y, all.w, all.h - y);
		put_array(l, &all, true);
	} else {
		put_array(l, &left, false);
		put_array(l, &right, true);
	}
}

static bool field_changed(const struct look *l, enum hmap_field f)
{
	const struct map *m = &l->session->world.map;
	const struct field *field = hmap_field(m->type->release, f);
	unsigned word = m->type->target->ptrsize;

	return changes_touch(&l->changes, m->header + field_offset(field, word),
		field_size(field, word));
}

/* A field of the header as words: "count 7". */
static void count_words(const struct map *m, enum hmap_field f, struct text *name,
	struct text *value)
{
	char flags[64];

	text_clear(name);
	text_clear(value);
	text_add(name, hmap_field(m->type->release, f)->name);
	flags_words((unsigned)map_get(m, HMAP_FLAGS), flags);
	if (f == HMAP_FLAGS)
		text_add(value, flags);
	else
		text_printf(value, "%" PRIu64, map_get(m, f));
}

/*
 * The counts of the header; those that have changed are marked, and have room for a bracket beside
 * them. Returns the rows.
 */
static int put_counts(const struct look *l, const struct pane *p)
{
	static const enum hmap_field shown[] = { HMAP_COUNT, HMAP_B, HMAP_NOVERFLOW, HMAP_FLAGS,
		HMAP_NEVACUATE, HMAP_CLEAR_SEQ };
	const struct map *m = &l->session->world.map;
	struct text name = { 0 }, value = { 0 }, of = { 0 };
	int x = 0, y = 0;

	for (size_t i = 0; i < sizeof shown / sizeof *shown; i++) {
		enum hmap_field f = shown[i];
		bool changed = field_changed(l, f);

		if ((f == HMAP_NEVACUATE && !map_growing(m)) || (f == HMAP_FLAGS && !map_get(m, f)) ||
			(f == HMAP_CLEAR_SEQ && !map_clears(m)))
			continue;
		count_words(m, f, &name, &value);
		if (f == HMAP_NEVACUATE)
			text_printf(&of, " of %llu", 1ull << map_old_B(m));
		if (x > 0 && x + (int)(name.len + value.len + of.len) + 1 + 2 * changed > p->w) {
			x = 0;
			y++;
		}
		x += pane_text(p, x, y, ROLE_FIELD, text_str(&name)) + 1 + changed;
		x += pane_text(p, x, y, ROLE_VALUE, text_str(&value)) + changed;
		if (changed)
			pane_flag(p, x - 1 - (int)value.len, y, (int)value.len, 1, CELL_CHANGED);
		x += pane_text(p, x, y, ROLE_VALUE, text_str(&of)) + 3;
	}
	text_free(&name);
	text_free(&value);
	text_free(&of);
	return y + 1;
}

struct canvas *compact_draw(const struct look *l, int width, bool ascii)
{
	struct canvas *canvas = canvas_new(width, HEIGHT, ascii);
	struct pane p = canvas_pane(canvas);

	put_arrays(l, &p, put_counts(l, &p));
	canvas->h = canvas_used(canvas);
	return canvas;
}
