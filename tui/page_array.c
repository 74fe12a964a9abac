/* SPDX-License-Identifier: MIT */
/*
 * The arrays of a page: whole where they are small or asked for; else folded, and cut down to
 * the first buckets, those around the place looked at and the last ones.
 */
#include <inttypes.h>
#include <string.h>

#include "tui/page_parts.h"
#include "tui/view.h"
#include "tui/wrap.h"

enum {
	HEAD = 40, TAIL = 10, AROUND = 4, /* rows: at first, at last, on each side of a place */
	CHAIN = 12,                       /* rows of a chain, where not all is asked for */
	BATCH = 48,                       /* rows drawn at once */
	FOLD_LEAST = 3,                   /* alike buckets that are worth a fold */
};

struct array {
	struct page *pg;
	bool old;
	uint64_t buckets;
	bool fold;               /* and cut chains */
	bool begun;              /* its title was drawn */
};

static const struct map *map_of(const struct array *a)
{
	return &a->pg->look->session->map;
}

/*
 * Room for some rows inside the frame, of which only the sides are drawn; of a frame that begins
 * above and ends below, what lies outside is clipped.
 */
static struct pane room(struct array *a, int rows, bool first, bool last)
{
	int edges = first + last;
	struct pane p = page_room(a->pg, rows + edges), frame, in;
	struct text title = { 0 };

	frame = pane_sub(&p, 0, first ? 0 : -1, p.w, rows + 2);
	if (first)
		view_rows_title(a->pg->look, a->old, true, &title);
	in = pane_box(&frame, ROLE_BORDER, first ? text_str(&title) : NULL, NULL);
	text_free(&title);
	page_take(a->pg, rows + edges);
	return in;
}

static struct pane rows_room(struct array *a, int rows)
{
	bool first = !a->begun;

	a->begun = true;
	return room(a, rows, first, false);
}

/* Rows of a bucket's chain, counted no further than `most`. */
static int chain_rows(const struct array *a, uint64_t bucket, int most)
{
	int rows = 0;

	for (uint64_t at = map_bucket(map_of(a), a->old, bucket); at && rows < most; rows++)
		at = map_overflow(map_of(a), at);
	return rows;
}

/*
 * Buckets look alike when only their numbers tell them apart: no overflow buckets, no live
 * cells, the same marks, and in the same state of a growth.
 */
static bool alike(const struct array *a, uint64_t x, uint64_t y)
{
	const struct map *m = map_of(a);
	uint64_t at[2] = { map_bucket(m, a->old, x), map_bucket(m, a->old, y) };
	uint64_t of[2] = { x, y };

	if (memcmp(map_at(m, at[0]), map_at(m, at[1]), SLOTS) != 0)
		return false;
	for (unsigned i = 0; i < SLOTS; i++)
		if (map_at(m, at[0])[i] >= MIN_TOPHASH)
			return false;
	for (int i = 0; i < 2; i++) {
		uint64_t from = map_growing(m) ? of[i] & ((1ull << map_old_B(m)) - 1) : 0;

		if (map_overflow(m, at[i]))
			return false;
		of[i] = map_growing(m) ? map_evacuated(m, map_bucket(m, true, from)) |
			(uint64_t)(a->old && from == map_get(m, HMAP_NEVACUATE)) << 1 |
			(uint64_t)(of[i] == from) << 2 : 0;
	}
	return of[0] == of[1];
}

/* How many buckets behind one look like it. */
static uint64_t run_behind(const struct array *a, uint64_t bucket, uint64_t end)
{
	uint64_t b = bucket + 1;

	while (b < end && alike(a, bucket, b))
		b++;
	return b - bucket - 1;
}

/* Words instead of buckets, over as many rows as they take. */
static void put_note(struct array *a, const char *text)
{
	struct pane nowhere = page_room(a->pg, 0), p;
	int rows;

	nowhere.w -= 4;
	rows = wrap_text(&nowhere, 0, 2, ROLE_NOTE, text);
	p = rows_room(a, rows);
	wrap_text(&p, 0, 2, ROLE_NOTE, text);
}

static void put_fold(struct array *a, uint64_t from, uint64_t count)
{
	struct text line = { 0 };

	text_printf(&line, "… %s buckets like this one, %" PRIu64 " to %" PRIu64,
		count_text(count).s, from, from + count - 1);
	put_note(a, text_str(&line));
	text_free(&line);
}

/* Rows [at, end) of those that begin with a bucket's first. */
static void put_rows(struct array *a, uint64_t from, int at, int end)
{
	for (int n; at < end; at += n) {
		struct pane p, moved;

		n = end - at < BATCH ? end - at : BATCH;
		p = rows_room(a, n);
		moved = pane_sub(&p, 0, -at, p.w, at + n);
		view_rows(a->pg->look, &moved, a->old, from, at + n);
	}
	a->pg->marks |= view_marks_seen(map_of(a), a->old, from, end);
}

static void put_left_out(struct array *a, uint64_t bucket, int rows)
{
	struct text line = { 0 };

	text_printf(&line, "… %s more overflow bucket%s of bucket %" PRIu64 " (see --buckets)",
		count_text((unsigned)rows).s, rows == 1 ? "" : "s", bucket);
	if (rows > 0)
		put_note(a, text_str(&line));
	text_free(&line);
}

/* A long chain: its first buckets, those around the place looked at, and how many there are. */
static void put_chain(struct array *a, uint64_t bucket, int rows)
{
	const struct place *c = &a->pg->look->cursor;
	int head = CHAIN - 1, from, to, at = (int)c->chain;

	if (c->old != a->old || c->bucket != bucket || at < head) {
		put_rows(a, bucket, 0, head);
		put_left_out(a, bucket, rows - head);
		return;
	}
	head = CHAIN / 2;
	from = at - 2 > head ? at - 2 : head;
	to = at + 3 < rows ? at + 3 : rows;
	put_rows(a, bucket, 0, head);
	put_left_out(a, bucket, from - head);
	put_rows(a, bucket, from, to);
	put_left_out(a, bucket, rows - to);
}

/* Buckets [from, to). */
static void put_buckets(struct array *a, uint64_t from, uint64_t to)
{
	int most = a->fold ? 1 << 20 : 1 << 30, rows = 0, n;
	uint64_t start = from, behind;

	for (uint64_t b = from; b < to && !a->pg->stopped; b++) {
		n = chain_rows(a, b, most);
		behind = a->fold ? run_behind(a, b, to) : 0;
		if ((a->fold && n > CHAIN) || (rows && rows + n > BATCH)) {
			put_rows(a, start, 0, rows);
			start = b;
			rows = 0;
		}
		if (a->fold && n > CHAIN) {
			put_chain(a, b, n);
			start = b + 1;
			continue;
		}
		rows += n;
		if (behind < FOLD_LEAST)
			continue;
		put_rows(a, start, 0, rows);
		put_fold(a, b + 1, behind);
		b += behind;
		start = b + 1;
		rows = 0;
	}
	put_rows(a, start, 0, rows);
}

/* What is left out between two parts, in figures, and how to see it. */
static void put_gap(struct array *a, uint64_t from, uint64_t to)
{
	const struct map *m = map_of(a);
	uint64_t live = 0, chained = 0;
	struct text line = { 0 };

	if (from >= to)
		return;
	for (uint64_t b = from; b < to; b++)
		for (uint64_t at = map_bucket(m, a->old, b), n = 0; at; at = map_overflow(m, at), n++) {
			chained += n > 0;
			for (unsigned i = 0; i < SLOTS; i++)
				live += map_at(m, at)[i] >= MIN_TOPHASH;
		}
	text_printf(&line, "… %s more bucket%s, %" PRIu64 " to %" PRIu64 ": %s entries",
		count_text(to - from).s, to - from == 1 ? "" : "s", from, to - 1, count_text(live).s);
	if (chained)
		text_printf(&line, ", %s overflow bucket%s", count_text(chained).s, chained == 1 ? "" : "s");
	text_add(&line, " (see --buckets)");
	put_note(a, text_str(&line));
	text_free(&line);
}

/* Rows that the folded array takes, counted no further than `most`. */
static int folded_rows(const struct array *a, int most)
{
	int rows = 0;

	for (uint64_t b = 0; b < a->buckets && rows <= most; b++) {
		uint64_t behind = run_behind(a, b, a->buckets);

		rows += chain_rows(a, b, CHAIN);
		if (behind < FOLD_LEAST)
			continue;
		rows++;
		b += behind;
	}
	return rows;
}

static int all_rows(const struct array *a, int most)
{
	int rows = 0;

	for (uint64_t b = 0; b < a->buckets && rows <= most; b++)
		rows += chain_rows(a, b, most + 1);
	return rows;
}

/* The bucket behind the first ones, which take HEAD rows at most. */
static uint64_t end_of_head(const struct array *a)
{
	uint64_t b = 0, behind;
	int rows = 0;

	while (b < a->buckets && (rows += chain_rows(a, b, CHAIN)) <= HEAD) {
		behind = run_behind(a, b, a->buckets);
		if (behind >= FOLD_LEAST) {
			rows++;
			b += behind;
		}
		b++;
	}
	return b;
}

/* The buckets before `bucket` (or from it on) whose rows are no more than `most`. */
static uint64_t back(const struct array *a, uint64_t bucket, uint64_t least, int most)
{
	while (bucket > least && (most -= chain_rows(a, bucket - 1, CHAIN)) >= 0)
		bucket--;
	return bucket;
}

static uint64_t forth(const struct array *a, uint64_t bucket, uint64_t end, int most)
{
	while (bucket < end && (most -= chain_rows(a, bucket, CHAIN)) >= 0)
		bucket++;
	return bucket;
}

/* The place looked at; in the other array of a growth, where evacuation has come to. */
static uint64_t place_in(const struct array *a)
{
	const struct place *c = &a->pg->look->cursor;

	if (c->old == a->old)
		return c->bucket;
	return a->old ? map_get(map_of(a), HMAP_NEVACUATE) : 0;
}

/* The first buckets, those around the place looked at, and the last. */
static void put_parts(struct array *a)
{
	uint64_t end = end_of_head(a), tail = back(a, a->buckets, end, TAIL), at = place_in(a);

	put_buckets(a, 0, end);
	if (at >= end && at < tail) {
		uint64_t from = back(a, at, end, AROUND), to = forth(a, at + 1, tail, AROUND);

		put_gap(a, end, from);
		put_buckets(a, from, to);
		end = to;
	}
	put_gap(a, end, tail);
	put_buckets(a, tail, a->buckets);
}

/* Of an old array, the buckets that those that were asked for come from. */
static void put_range(struct array *a)
{
	const struct page_buckets *pick = &a->pg->options->buckets;
	uint64_t mask = a->buckets - 1, from = pick->from & mask, to = pick->to & mask;

	if (!a->old || pick->to - pick->from < a->buckets) {
		if (from <= to) {
			put_buckets(a, from, to + 1);
			return;
		}
		put_buckets(a, 0, to + 1);
		put_buckets(a, from, a->buckets);
		return;
	}
	put_buckets(a, 0, a->buckets);
}

static void put_array(struct page *pg, bool old)
{
	struct array a = { .pg = pg, .old = old,
		.buckets = look_buckets(&pg->look->session->map, old) };

	if (a.buckets == 0) {
		struct pane p = rows_room(&a, 1);

		view_rows(pg->look, &p, old, 0, 1);
	} else if (pg->options->buckets.pick == PICK_RANGE) {
		put_range(&a);
	} else if (pg->options->buckets.pick == PICK_ALL || all_rows(&a, PAGE_ROWS) <= PAGE_ROWS) {
		put_buckets(&a, 0, a.buckets);
	} else {
		a.fold = true;
		if (folded_rows(&a, PAGE_ROWS) <= PAGE_ROWS)
			put_buckets(&a, 0, a.buckets);
		else
			put_parts(&a);
	}
	room(&a, 0, false, true);
}

void page_arrays(struct page *pg)
{
	put_array(pg, false);
	if (map_growing(&pg->look->session->map))
		put_array(pg, true);
}

bool page_arrays_check(const struct page *pg, struct error *err)
{
	const struct page_buckets *pick = &pg->options->buckets;
	uint64_t buckets = look_buckets(&pg->look->session->map, false);

	if (pick->pick != PICK_RANGE || pick->to < buckets)
		return true;
	if (buckets == 0)
		return fail(err, "there is no bucket %" PRIu64 " yet: nothing is allocated", pick->to);
	return fail(err, "there is no bucket %" PRIu64 ": the array has %" PRIu64, pick->to, buckets);
}
