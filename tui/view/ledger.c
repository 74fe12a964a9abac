/* SPDX-License-Identifier: MIT */
#include "tui/view/beyond.h"
#include "tui/view/figures.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model/base/mem.h"
#include "model/figures/figures.h"
#include "model/map/engine.h"
#include "model/session/books.h"
#include "model/session/verdict.h"
#include "tui/view/most.h"

enum { POINTS = 6, POINTS_MOST = 16 }; /* growths ahead: for people, and for programs */

/* The columns of causes by their place in the table. */
enum { COLUMN_SHARE = 3, COLUMN_PLACES };

static const struct column causes[] = {
	{ .field = "cause" },
	{ "bytes by cause", "bytes by cause", "name", .width = 18, .left = true,
		.role = ROLE_LABEL },
	{ "all", "all", "bytes", .width = 14, .role = ROLE_VALUE, .dots = true },
	{ "", "share", NULL, .width = 7, .gap = 1, .rank = 1, .role = ROLE_NOTE },
};

static enum role cause_role(const struct ledger_cause *cause)
{
	static const enum role roles[BYTES_KINDS] = {
		[BYTES_KEY] = ROLE_KEY,
		[BYTES_ELEM] = ROLE_ELEM,
		[BYTES_PADDING] = ROLE_PADDING,
		[BYTES_FREE] = ROLE_EMPTY,
		[BYTES_DEAD] = ROLE_TOMBSTONE,
		[BYTES_MOVED] = ROLE_OLD,
		[BYTES_CONTROL] = ROLE_TOPHASH,
		[BYTES_LINK] = ROLE_POINTER,
		[BYTES_SPARE] = ROLE_SPARE,
		[BYTES_HEADER] = ROLE_HEADER,
		[BYTES_LIST] = ROLE_OVERFLOW,
		[BYTES_ROUNDING] = ROLE_ROUNDING,
	};

	return roles[cause->kind];
}

/* The causes, with a column for each place. */
static struct sheet_table *causes_table(const struct ledger_form *form, struct sheet *out)
{
	struct column columns[COLUMN_PLACES + LEDGER_PLACES];
	unsigned n = COLUMN_PLACES;

	memcpy(columns, causes, sizeof causes);
	for (unsigned p = 0; p < form->nplaces; p++)
		columns[n++] = (struct column){ form->places[p].name, form->places[p].name,
			form->places[p].word, .rank = 2, .role = ROLE_VALUE, .dots = true };
	return sheet_table(out, "causes", columns, n);
}

static void put_bytes(struct row *r, const char *word, const char *name, uint64_t all,
	const uint64_t places[LEDGER_PLACES], const struct ledger *l)
{
	uint64_t total = l->total + ledger_stack_bytes(l);

	row_words(r, word);
	row_words(r, name);
	row_count(r, all);
	row_real(r, total ? 100.0 * (double)all / (double)total : 0, 1);
	row_around(r, NULL, "%");
	for (unsigned p = 0; p < l->form->nplaces; p++)
		row_count(r, places[p]);
}

/* Causes and places that have nothing are for programs alone. */
static void put_causes(const struct ledger *l, struct sheet *out)
{
	struct sheet_table *t = causes_table(l->form, out);
	uint64_t sums[LEDGER_PLACES];
	struct row *r;
	bool first = true;

	t->indent = 1;
	t->bar_most = (double)(l->total + ledger_stack_bytes(l));
	t->bar_least = 8;
	for (unsigned p = 0; p < l->form->nplaces; p++) {
		sums[p] = ledger_place_bytes(l, p);
		if (!sums[p])
			table_hide(t, COLUMN_PLACES + p);
		else if (first)
			t->columns[COLUMN_PLACES + p].gap = 1;
		first = first && !sums[p];
	}
	for (unsigned i = 0; i < l->form->ncauses; i++) {
		const struct ledger_cause *cause = &l->form->causes[i];
		uint64_t all = ledger_cause_bytes(l, i);

		r = table_row(t);
		put_bytes(r, cause->word, cause->name, all, l->bytes[i], l);
		r->who = all ? FOR_ALL : FOR_JSON;
		r->bar = (struct bar){ BAR_PART, cause_role(cause), .value = (double)all };
	}
	r = table_row(t);
	put_bytes(r, "", "total", l->total + ledger_stack_bytes(l), sums, l);
	r->who = FOR_PEOPLE;
	r->total = true;
}

/* "1 tombstone" */
static bool is_one_of(const struct ledger *l)
{
	const char *word = l->form->other_slots;

	return l->other == 1 && word[strlen(word) - 1] == 's';
}

static void put_totals(const struct ledger *l, struct sheet *out)
{
	struct text *line = sheet_add_words(out, FOR_PANE, 1, 2, ROLE_TEXT);

	text_printf(line, "%s bytes in %s object%s", count_text(l->total).s,
		count_text(l->objects).s, l->objects == 1 ? "" : "s");
	if (l->entries)
		text_printf(line, ", %s for each of %s %s",
			real_text((double)l->total / (double)l->entries, 1).s,
			count_text(l->entries).s, l->entries == 1 ? "entry" : "entries");
	line = sheet_add_words(out, FOR_PANE, 1, 2, ROLE_TEXT);
	text_printf(line, "slots: %s live, %s free, %s dead", count_text(l->live).s,
		count_text(l->free).s, count_text(l->dead).s);
	if (l->tombstones && l->tombstones != l->other)
		text_printf(line, " (%s tombstone%s)", count_text(l->tombstones).s,
			l->tombstones == 1 ? "" : "s");
	if (l->other)
		text_printf(line, ", %s %.*s", count_text(l->other).s,
			(int)strlen(l->form->other_slots) - is_one_of(l), l->form->other_slots);
	if (l->dead || l->tombstones)
		sheet_words(out, FOR_PEOPLE, 1, 2, ROLE_NOTE, l->form->slots_mean);
}

static void put_facts(const struct ledger *l, const struct foretold *f, struct sheet *out)
{
	char other[32];

	sheet_count(out, "slots.live", l->live);
	sheet_count(out, "slots.free", l->free);
	sheet_count(out, "slots.dead", l->dead);
	snprintf(other, sizeof other, "slots.%s", l->form->other_slots);
	sheet_count(out, other, l->other);
	if (strcmp(l->form->other_slots, "tombstones") != 0)
		sheet_count(out, "slots.tombstones", l->tombstones);
	for (unsigned i = 0; i < f->nfacts; i++)
		if (f->facts[i].flag)
			sheet_flag(out, f->facts[i].field, f->facts[i].value);
		else
			sheet_count(out, f->facts[i].field, f->facts[i].value);
}

/* What an operation has half done is no map to foretell from: its growth is under way. */
static void put_half(const struct session *s, struct sheet *out)
{
	size_t all, step = session_step(s, &all);

	sheet_gap(out);
	sheet_title(out, "the next growth");
	text_printf(sheet_add_words(out, FOR_PANE, 1, 2, ROLE_NOTE),
		"foretold when this operation is over: event %s of %s is shown",
		count_text(step).s, count_text(all).s);
}

static void put_forecast(struct foretold *f, struct sheet *out)
{
	sheet_gap(out);
	sheet_title(out, "the next growth");
	for (unsigned i = 0; i < FORETOLD_LINES; i++)
		if (f->lines[i].len)
			sheet_words(out, FOR_PANE, 1, 2, ROLE_TEXT, text_str(&f->lines[i]));
}

enum { POINT_SIZE = 1, POINT_UNITS };

static const struct column points[] = {
	{ "at entry", "growth at entry", "entry", .width = 12, .role = ROLE_VALUE },
	{ .field = "" },  /* the design's words for the size, */
	{ "", "", NULL, .width = 12, .rank = 1, .role = ROLE_VALUE }, /* and for units */
	{ .title = "about, before", .field = "about_before" },
	{ "peak", "at its peak", "about_peak", .width = 12, .rank = 1, .role = ROLE_VALUE },
	{ "after", "after", "about_after", .width = 12, .rank = 1, .role = ROLE_VALUE },
	{ "before", NULL, NULL, .width = 12, .rank = 1, .role = ROLE_VALUE },
	{ .field = "least_after" },
};

/* "buckets" */
static const char *keep_plural(const struct map *m, struct sheet *out)
{
	char *words = xasprintf("%ss", m->type->engine->words.unit);

	sheet_keep(out, words, free);
	return words;
}

/* The growths ahead, each with a bar: what is in use after it, and the peak behind that. */
static void put_points(const struct map *m, struct sheet *out)
{
	struct growth_point list[POINTS_MOST];
	unsigned n = growth_points(m, list, POINTS_MOST), shown = n < POINTS ? n : POINTS;
	struct sheet_table *t;

	if (n) {
		sheet_gap(out);
		sheet_title(out, "growths ahead, for keys that only come");
	}
	t = sheet_table(out, "growths_ahead", COLUMNS(points));
	t->columns[POINT_SIZE].field = figures_of(m)->foresight->size_word;
	t->columns[POINT_UNITS].name = t->columns[POINT_UNITS].title = keep_plural(m, out);
	t->plain = true;
	t->bar_most = n ? (double)list[shown - 1].during : 0;
	for (unsigned i = 0; i < n; i++) {
		const struct growth_point *g = &list[i];
		struct row *r = table_row(t);

		r->who = i < shown ? FOR_ALL : FOR_JSON;
		row_count(r, g->entry);
		row_count(r, g->size);
		row_count(r, g->units);
		row_count(r, g->before);
		row_count(r, g->during);
		row_count(r, g->after);
		row_count(r, g->before);
		row_count(r, g->least);
		r->bar = (struct bar){ BAR_PART, ROLE_CHART_USE, .value = (double)g->after,
			.behind = (double)g->during };
	}
	if (n)
		sheet_words(out, FOR_PANE, 1, 2, ROLE_NOTE, figures_of(m)->foresight->points_note);
}

static const struct column verdicts[] = {
	{ .name = "", .title = "", .field = "verdict" },
	{ .name = "", .title = "", .field = "text" }, { .field = "saves" },
};

static void put_verdicts(const struct verdicts *v, unsigned who, struct sheet *out)
{
	struct sheet_table *t = sheet_table(out, "verdicts", COLUMNS(verdicts));

	t->style = TABLE_LIST;
	t->who = who;
	t->indent = 1;
	for (int i = 0; i < VERDICTS; i++) {
		struct row *r;

		if (!v->holds[i])
			continue;
		r = table_row(t);
		row_words(r, verdict_name((enum verdict_kind)i));
		row_words(r, text_str(&v->says[i]));
		row_count(r, v->saves[i]);
		r->role = v->saves[i] ? ROLE_WARNING : ROLE_TEXT;
	}
}

/* What comes next, in words and in numbers. */
static void put_ahead(const struct session *s, const struct ledger *l, struct sheet *out)
{
	struct foretold f = { .nfacts = 0 };

	if (!session_half_done(s))
		foretell(&s->world.map, l, &f);
	put_facts(l, &f, out);
	if (session_half_done(s)) {
		put_half(s, out);
	} else {
		put_forecast(&f, out);
		put_points(&s->world.map, out);
	}
	foretold_free(&f);
}

bool ledger_sheet(const struct present *now, struct sheet *out, struct error *err)
{
	const struct session *s = now->session;
	const struct ledger *l = session_ledger(s);
	struct verdicts v;

	(void)err;
	if (!s->world.map.header)
		return true;
	verdicts_find(s, l, &v);
	sheet_count(out, "bytes", l->total);
	sheet_count(out, "objects", l->objects);
	sheet_count(out, "entries", l->entries);
	sheet_count(out, "referred_bytes", l->referred);
	sheet_title(out, "verdicts");
	put_verdicts(&v, FOR_PEOPLE, out);
	sheet_gap(out);
	put_causes(l, out);
	put_totals(l, out);
	most_sheet(s, out);
	beyond_sheet(s, out);
	put_ahead(s, l, out);
	put_verdicts(&v, FOR_JSON, out);
	if (!now->screen)
		hints_sheet(s, out);
	hint_steps_sheet(s, out);
	newest_sheet(now, out);
	verdicts_free(&v);
	return true;
}
