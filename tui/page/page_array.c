/* SPDX-License-Identifier: MIT */
/*
 * The arrays of a page: whole where they are small or asked for; else folded and cut (fold.h),
 * with a line for all that is left out.
 */
#include <inttypes.h>
#include <limits.h>

#include "tui/canvas/wrap.h"
#include "tui/page/fold.h"
#include "tui/page/page_parts.h"
#include "tui/view/design.h"
#include "tui/view/view.h"

enum { BATCH = 48 }; /* rows drawn at once */

struct array {
	struct page *pg;
	struct fold fold;
	bool aside;
	bool folded;             /* and chains are cut */
	bool begun;              /* its title was drawn */
};

static const struct units *units_of(const struct array *a)
{
	return &a->pg->look->units;
}

static const char *word_of(const struct array *a)
{
	return look_unit_word(a->pg->look);
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
		view_rows_title(a->pg->look, a->aside, true, &title);
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

/* What one is called that is linked to another. */
static const char *linked_of(const struct array *a)
{
	return look_design(a->pg->look)->units->words.linked_unit;
}

/* Words instead of units, over as many rows as they take. */
static void put_note(struct array *a, const char *text)
{
	struct pane nowhere = page_room(a->pg, 0), p;
	int rows;

	nowhere.w -= 4;
	rows = wrap_text(&nowhere, 0, 2, ROLE_NOTE, text);
	p = rows_room(a, rows);
	wrap_text(&p, 0, 2, ROLE_NOTE, text);
}

/* A unit's number in its array, as its row has it. */
static uint64_t number_of(const struct array *a, uint64_t unit)
{
	return unit - units_array(units_of(a), a->aside, unit)->first;
}

static void put_fold(struct array *a, uint64_t from, uint64_t count)
{
	struct text line = { 0 };

	from = number_of(a, from);
	text_printf(&line, "… %s %ss like this one, %" PRIu64 " to %" PRIu64,
		count_text(count).s, word_of(a), from, from + count - 1);
	put_note(a, text_str(&line));
	text_free(&line);
}

/* Rows [at, end) of those that begin with a unit's first. */
static void put_rows(struct array *a, uint64_t from, int at, int end)
{
	for (int n; at < end; at += n) {
		struct pane p, moved;

		n = end - at < BATCH ? end - at : BATCH;
		p = rows_room(a, n);
		moved = pane_sub(&p, 0, -at, p.w, at + n);
		view_rows(a->pg->look, &moved, a->aside, from, at + n);
	}
	a->pg->marks |= view_marks_seen(units_of(a), a->aside, from, end);
}

static void put_left_out(struct array *a, uint64_t unit, int rows)
{
	struct text line = { 0 };

	text_printf(&line, "… %s more %s%s of %s %" PRIu64 " (see --buckets)",
		count_text((unsigned)rows).s, linked_of(a), rows == 1 ? "" : "s", word_of(a), unit);
	if (rows > 0)
		put_note(a, text_str(&line));
	text_free(&line);
}

/* A long chain: its first units, those around the place looked at, and how many there are. */
static void put_chain(struct array *a, uint64_t unit, int rows)
{
	const struct place *c = &a->pg->look->cursor;
	int head = FOLD_CHAIN - 1, from, to, at = (int)c->link;

	if (c->array != a->aside || c->unit != unit || at < head) {
		put_rows(a, unit, 0, head);
		put_left_out(a, unit, rows - head);
		return;
	}
	head = FOLD_CHAIN / 2;
	from = at - 2 > head ? at - 2 : head;
	to = at + 3 < rows ? at + 3 : rows;
	put_rows(a, unit, 0, head);
	put_left_out(a, unit, from - head);
	put_rows(a, unit, from, to);
	put_left_out(a, unit, rows - to);
}

/* Units [from, to). */
static void put_units(struct array *a, uint64_t from, uint64_t to)
{
	uint64_t start = from, behind;
	int rows = 0;

	for (uint64_t b = from; b < to && !a->pg->stopped; b++) {
		int n = view_rows_chain(a->pg->look, a->aside, b, INT_MAX - 1);
		bool cut = a->folded && n > FOLD_CHAIN;

		a->pg->work = (struct work){ word_of(a), b, a->fold.all, false };
		behind = a->folded ? fold_behind(&a->fold, b, to) : 0;
		if (cut || (rows && rows + n > BATCH)) {
			put_rows(a, start, 0, rows);
			start = b;
			rows = 0;
		}
		if (cut) {
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
	const struct map *m = units_of(a)->map;
	uint64_t live = 0, chained = 0;
	struct text line = { 0 };
	struct unit_walk w;

	if (from >= to)
		return;
	for (w = units_walk(units_of(a), a->aside, from); w.unit < to; unit_walk_next(&w))
		for (uint64_t at = w.addr, n = 0; at; at = map_link(m, at), n++) {
			chained += n > 0;
			for (unsigned i = 0; i < SLOTS; i++)
				live += map_live(m, at, i);
		}
	text_printf(&line, "… %s more %s%s, %" PRIu64 " to %" PRIu64 ": %s entries",
		count_text(to - from).s, word_of(a), to - from == 1 ? "" : "s", from, to - 1,
		count_text(live).s);
	if (chained)
		text_printf(&line, ", %s %s%s", count_text(chained).s, linked_of(a),
			chained == 1 ? "" : "s");
	text_add(&line, " (see --buckets)");
	put_note(a, text_str(&line));
	text_free(&line);
}

/* The place looked at; on the other side of a growth, where that has come to. */
static uint64_t place_in(const struct look *l, bool aside)
{
	const struct units_growth *growth = &look_design(l)->units->growth;

	if (l->cursor.array == aside)
		return l->cursor.unit;
	return aside && growth->front ? growth->front(l) : 0;
}

/* The first units, those around the place looked at, and the last. */
static void put_parts(struct array *a)
{
	struct fold_parts p = fold_cut(&a->fold);

	put_units(a, 0, p.head);
	put_gap(a, p.head, p.from);
	put_units(a, p.from, p.to);
	put_gap(a, p.to, p.tail);
	put_units(a, p.tail, a->fold.all);
}

/* Aside, the units that those that were asked for come from; these may go round the end. */
static void put_range(struct array *a)
{
	const struct page_buckets *pick = &a->pg->options->buckets;
	uint64_t from = pick->from, to = pick->to;

	if (a->aside)
		look_design(a->pg->look)->units->growth.sources(units_of(a), &from, &to);
	if (from <= to) {
		put_units(a, from, to + 1);
	} else {
		put_units(a, 0, to + 1);
		put_units(a, from, a->fold.all);
	}
}

/* All of it, whole, folded or cut: as it fits the page. */
static void put_fitting(struct array *a)
{
	a->folded = fold_rows_whole(&a->fold, PAGE_ROWS) > PAGE_ROWS;
	if (!a->folded || fold_rows(&a->fold, PAGE_ROWS) <= PAGE_ROWS)
		put_units(a, 0, a->fold.all);
	else
		put_parts(a);
}

static void put_array(struct page *pg, bool aside)
{
	struct array a = { .pg = pg, .aside = aside,
		.fold = { &pg->look->units, aside, pg->look->units.all[aside],
			place_in(pg->look, aside) } };

	if (a.fold.all == 0) {
		struct pane p = rows_room(&a, 1);

		view_rows(pg->look, &p, aside, 0, 1);
	} else if (pg->options->buckets.pick == PICK_RANGE) {
		put_range(&a);
	} else if (pg->options->buckets.pick == PICK_ALL) {
		put_units(&a, 0, a.fold.all);
	} else {
		put_fitting(&a);
	}
	room(&a, 0, false, true);
}

void page_arrays(struct page *pg)
{
	put_array(pg, false);
	if (units_both(&pg->look->units))
		put_array(pg, true);
}

bool page_arrays_check(const struct page *pg, struct error *err)
{
	const struct page_buckets *pick = &pg->options->buckets;
	const struct units *u = &pg->look->units;
	const char *word = look_unit_word(pg->look);

	if (pick->pick != PICK_RANGE || pick->to < u->all[SIDE_MAIN])
		return true;
	if (u->all[SIDE_MAIN] == 0)
		return fail(err, "there is no %s %" PRIu64 " yet: nothing is allocated", word,
			pick->to);
	return fail(err, "there is no %s %" PRIu64 ": the %s has %" PRIu64, word, pick->to,
		u->main == 1 ? "array" : "map", u->all[SIDE_MAIN]);
}
