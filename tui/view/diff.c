/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <stdlib.h>

#include "model/base/mem.h"
#include "model/map/engine.h"
#include "model/session/diff.h"
#include "tui/view/figures.h"

enum {
	UNITS_MOST = 32, /* rows on a pane */
	CELLS_MOST = 100,
	CELLS_MARKDOWN = 40,
};

static const struct column causes[] = {
	{ .field = "cause" },
	{ "", "bytes by cause", NULL, .width = 18, .left = true, .role = ROLE_LABEL },
	{ "before", "before", "before", .width = 14, .rank = 2, .role = ROLE_VALUE },
	{ "after", "after", "after", .width = 14, .rank = 1, .role = ROLE_VALUE },
	{ "change", "change", "change", .width = 14, .role = ROLE_VALUE },
};

static struct row *put_cause(struct sheet_table *t, const char *word, const char *name, uint64_t a,
	uint64_t b)
{
	int64_t change = (int64_t)(b - a);
	double by = change < 0 ? -(double)change : (double)change;
	struct row *r = table_row(t);

	row_words(r, word);
	row_words(r, name);
	row_count(r, a);
	row_count(r, b);
	row_change(r, change);
	r->who = a || b ? FOR_ALL : FOR_JSON;
	r->bar = (struct bar){ BAR_CHANGE, ROLE_CHART_USE, .value = (double)change };
	t->bar_most = by > t->bar_most ? by : t->bar_most;
	return r;
}

static void put_causes(const struct diff *d, struct sheet *out)
{
	const struct ledger *a = &d->sides[0].ledger, *b = &d->sides[1].ledger;
	struct sheet_table *t = sheet_table(out, "causes", COLUMNS(causes));
	double most;
	struct row *r;

	t->indent = 1;
	t->bar_least = 6;
	for (unsigned i = 0; i < a->form->ncauses; i++)
		put_cause(t, a->form->causes[i].word, a->form->causes[i].name,
			ledger_cause_bytes(a, i), ledger_word_bytes(b, a->form->causes[i].word));
	for (unsigned i = 0; b->form != a->form && i < b->form->ncauses; i++)
		if (!ledger_has_word(a, b->form->causes[i].word))
			put_cause(t, b->form->causes[i].word, b->form->causes[i].name, 0,
				ledger_cause_bytes(b, i));
	most = t->bar_most;
	r = put_cause(t, "", "total", a->total, b->total);
	r->who = FOR_PEOPLE;
	r->total = true;
	r->bar.kind = BAR_NONE;
	t->bar_most = most;
}

static const struct column kinds[] = {
	{ NULL, "cells", NULL, .left = true },
	{ .title = "" }, { .title = "" }, { .title = "" }, { .title = "" },
	{ .title = "" },
};

/* How many cells there are of each kind. */
static void put_kinds(const struct diff *d, struct sheet *out)
{
	struct sheet_table *t = sheet_table(out, NULL, COLUMNS(kinds));
	struct row *r = table_row(t);

	row_none(r);
	for (int k = 0; k < DIFF_KINDS; k++) {
		const char *name = diff_kind_name((enum diff_kind)k);
		struct text field = { 0 };

		t->columns[1 + k].title = name;
		row_count(r, d->kinds[k]);
		text_printf(&field, "cells.%s", name);
		sheet_count(out, text_str(&field), d->kinds[k]);
		text_free(&field);
	}
}

static const struct column units[] = {
	{ .field = "old" },
	{ .field = "table" },
	{ .field = "bucket" },
	{ "", NULL, NULL, .width = 10, .left = true, .role = ROLE_INDEX },
	{ "came", NULL, "came", .width = 10, .dots = true, .role = ROLE_VALUE },
	{ "went", NULL, "went", .width = 10, .rank = 1, .dots = true, .role = ROLE_VALUE },
	{ "changed", NULL, "changed", .width = 10, .rank = 1, .dots = true, .role = ROLE_VALUE },
	{ "moved in", NULL, "moved_in", .width = 10, .rank = 1, .dots = true, .role = ROLE_VALUE },
	{ "moved out", NULL, "moved_out", .width = 10, .gap = 1, .rank = 1, .dots = true,
		.role = ROLE_VALUE },
};

/* Its units are in tables, which have numbers; and there are several now. */
static bool in_tables(const struct diff_side *side)
{
	return side->engine->reading.first_unit != NULL;
}

static bool names_tables(const struct diff *d)
{
	return d->sides[0].arrays > 1 || d->sides[1].arrays > 1;
}

struct units_data {
	const struct diff *d;
	struct diff_unit *list;      /* owned */
};

static void put_unit(void *data, size_t i, struct row *r)
{
	const struct units_data *all = data;
	const struct diff_unit *u = &all->list[i];

	row_flag(r, u->at.old);
	row_number(r, u->at.array);
	row_number(r, u->at.unit);
	if (names_tables(all->d))
		row_printf(r, "%s%" PRIu64 ":%" PRIu64, u->at.old ? "old " : "", u->at.array,
			u->at.unit);
	else
		row_printf(r, "%s%" PRIu64, u->at.old ? "old " : "", u->at.unit);
	row_count(r, u->came);
	row_count(r, u->went);
	row_count(r, u->changed);
	row_count(r, u->in);
	row_count(r, u->out);
}

static void drop_units(void *data)
{
	free(((struct units_data *)data)->list);
	free(data);
}

static void put_units(const struct diff *d, struct sheet *out)
{
	const char *word = d->sides[1].engine->words.unit;
	struct units_data *all = xcalloc(1, sizeof *all);
	struct sheet_table *t;
	size_t count;

	*all = (struct units_data){ d, diff_units(d, &count) };
	sheet_gap(out);
	sheet_title(out, "%ss: %s with differences", word, count_text(count).s);
	t = sheet_rows(out, d->sides[1].engine->words.all, COLUMNS(units), count, put_unit, all);
	t->columns[1].field = in_tables(&d->sides[1]) ? "table" : NULL;
	t->columns[2].field = word;
	t->most[0] = UNITS_MOST;
	t->indent = 1;
	t->plain = true;
	sheet_keep(out, all, drop_units);
}

enum { CELLS_BEFORE = 6, CELLS_AFTER = 12 }; /* the first columns of places */

static const struct column cells[] = {
	{ "", NULL, NULL, .width = 3, .left = true, .role = ROLE_KEY },
	{ "", NULL, NULL, .width = 21, .left = true, .role = ROLE_INDEX },
	{ "", NULL, NULL, .left = true, .role = ROLE_KEY },
	{ NULL, "what", "what", .left = true },
	{ NULL, "key", "key", .left = true },
	{ NULL, "elem before", "before.elem", .left = true },
	{ .field = "before.place.old" },
	{ .field = "before.place.table" },
	{ .field = "before.place.bucket" },
	{ .field = "before.place.chain" },
	{ .field = "before.place.slot" },
	{ NULL, "elem after", "after.elem", .left = true },
	{ .field = "after.place.old" },
	{ .field = "after.place.table" },
	{ .field = "after.place.bucket" },
	{ .field = "after.place.chain" },
	{ .field = "after.place.slot" },
	{ NULL, "from", NULL, .left = true },
	{ NULL, "to", NULL, .left = true },
};

/* As it is looked for: TABLE: where there are several, the unit, its link, its slot. */
static void add_place(struct text *line, const char *old, const struct diff *d, int side,
	const struct place *at)
{
	struct diff_place p = diff_locate(d, side, at);

	text_add(line, p.old ? old : "");
	if (names_tables(d))
		text_printf(line, "%" PRIu64 ":", p.array);
	text_printf(line, "%" PRIu64, p.unit);
	if (at->link)
		text_printf(line, "+%u", at->link);
	text_printf(line, ".%u", at->slot);
}

/* A mark, where it was and is, and what it is: the first three columns. */
static void put_words(struct row *r, const struct diff *d, const struct diff_cell *c)
{
	static const char *const marks[] = { [DIFF_CAME] = "+", [DIFF_WENT] = "-",
		[DIFF_CHANGED] = "*", [DIFF_MOVED] = ">" };
	struct text *t;

	row_words(r, marks[c->kind]);
	t = row_add(r, FIGURE_WORDS);
	if (c->kind != DIFF_CAME)
		add_place(t, "old ", d, 0, &c->place[0]);
	if (c->kind == DIFF_CHANGED || c->kind == DIFF_MOVED)
		text_add(t, " → ");
	if (c->kind != DIFF_WENT)
		add_place(t, "old ", d, 1, &c->place[1]);
	t = row_add(r, FIGURE_DATA);
	text_printf(t, "%s: %s", c->key, c->elem[0] ? c->elem[0] : c->elem[1]);
	if (c->kind == DIFF_CHANGED)
		text_printf(t, " became %s", c->elem[1]);
}

/* Elem and place at one of the points, or nothing. */
static void put_side(struct row *r, const struct diff *d, const struct diff_cell *c, int side)
{
	const struct place *at = &c->place[side];
	struct diff_place p;

	if (!c->elem[side]) {
		row_data(r, "");
		r->cells[r->count - 1].absent = true;
		for (int i = 0; i < 5; i++)
			row_none(r);
		return;
	}
	row_data(r, c->elem[side]);
	p = diff_locate(d, side, at);
	row_flag(r, p.old);
	row_number(r, p.array);
	row_number(r, p.unit);
	row_number(r, at->link);
	row_number(r, at->slot);
}

static void put_cell(void *data, size_t i, struct row *r)
{
	const struct diff *d = data;
	const struct diff_cell *c = &d->cells[i];

	put_words(r, d, c);
	row_words(r, diff_kind_name(c->kind));
	row_data(r, c->key);
	for (int side = 0; side < 2; side++)
		put_side(r, d, c, side);
	for (int side = 0; side < 2; side++) {
		struct text *place = row_add(r, FIGURE_WORDS);

		if (!c->elem[side])
			continue;
		text_add(place, diff_locate(d, side, &c->place[side]).old ? "old@" : "@");
		add_place(place, "", d, side, &c->place[side]);
	}
}

/* The columns of places are named as the design does. */
static void name_places(struct sheet_table *t, const struct diff *d)
{
	static const char *const fields[2] = { "before.place.group", "after.place.group" };

	for (int side = 0; side < 2; side++) {
		struct column *c = &t->columns[side ? CELLS_AFTER : CELLS_BEFORE];

		if (!in_tables(&d->sides[side])) {
			c[1].field = NULL;
			continue;
		}
		c[2].field = fields[side];
		c[3].field = NULL;
	}
}

static void put_places(const struct diff *d, struct sheet *out)
{
	struct text *line = sheet_add_words(out, FOR_PANE, 1, 2, ROLE_NOTE);

	text_printf(line, "by %s%s", names_tables(d) ? "table:" : "",
		d->sides[1].engine->words.places);
	if (in_tables(&d->sides[1]))
		text_add(line, ", tables by their numbers afterwards; old: one that was replaced");
}

/* The diff is the session's, and lasts as long as the sheet. */
static void put_cells(const struct diff *d, struct sheet *out)
{
	struct text line = { 0 };
	struct sheet_table *t;

	for (int k = 0; k < DIFF_KINDS; k++)
		text_printf(&line, "%s%s %s", k ? ", " : "cells: ", count_text(d->kinds[k]).s,
			diff_kind_name((enum diff_kind)k));
	sheet_gap(out);
	sheet_title(out, "%s", text_str(&line));
	text_free(&line);
	if (d->count)
		put_places(d, out);
	t = sheet_rows(out, "list", COLUMNS(cells), d->count, put_cell, (void *)(uintptr_t)d);
	name_places(t, d);
	t->indent = 1;
	t->most[0] = CELLS_MOST;
	t->most[1] = CELLS_MARKDOWN;
}

/* Of maps that are too large what needs no entries is shown, the rest said: in JSON it is null. */
static void put_missing(const struct diff *d, struct sheet *out)
{
	struct error err;

	diff_missing(d, &err);
	sheet_gap(out);
	sheet_words(out, FOR_PANE, 0, 0, ROLE_ERROR, err.msg);
	sheet_null(out, "cells");
	sheet_null(out, d->sides[1].engine->words.all);
	sheet_null(out, "list");
}

bool diff_sheet(const struct present *now, struct sheet *out, struct error *err)
{
	const char *title;
	const struct diff *d = session_diff(now->session, &title, err);

	sheet_line(out, FOR_PANE, ROLE_TITLE, true, title);
	if (!d)
		return false;
	sheet_data(out, "of", title);
	sheet_count(out, "bytes_before", d->sides[0].ledger.total);
	sheet_count(out, "bytes_after", d->sides[1].ledger.total);
	put_causes(d, out);
	if (!d->whole) {
		put_missing(d, out);
		return true;
	}
	put_kinds(d, out);
	put_units(d, out);
	put_cells(d, out);
	return true;
}
