/* SPDX-License-Identifier: MIT */
#include "tui/view/figures.h"

#include <stdio.h>
#include <string.h>

#include "model/session/books.h"
#include "model/session/verdict.h"

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
	uint64_t total = l->total;

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
	t->bar_most = (double)l->total;
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
	put_bytes(r, "", "total", l->total, sums, l);
	r->who = FOR_PEOPLE;
	r->total = true;
}

/* A sentence, which is for the picture. */
static void say(struct sheet *out, enum role role, struct text *line)
{
	sheet_words(out, FOR_PANE, 1, 2, role, text_str(line));
	text_clear(line);
}

static void put_totals(const struct ledger *l, struct sheet *out)
{
	struct text line = { 0 };

	text_printf(&line, "%s bytes in %s object%s", count_text(l->total).s,
		count_text(l->objects).s, l->objects == 1 ? "" : "s");
	if (l->entries)
		text_printf(&line, ", %s for each of %s %s",
			real_text((double)l->total / (double)l->entries, 1).s,
			count_text(l->entries).s, l->entries == 1 ? "entry" : "entries");
	say(out, ROLE_TEXT, &line);
	text_printf(&line, "slots: %s live, %s free, %s dead", count_text(l->live).s,
		count_text(l->free).s, count_text(l->dead).s);
	if (l->other)
		text_printf(&line, ", %s %s", count_text(l->other).s, l->form->other_slots);
	say(out, ROLE_TEXT, &line);
	if (l->referred)
		text_printf(&line,
			"not of the map: strings, slices and interfaces lead to %s bytes "
			"more, without size classes", count_text(l->referred).s);
	if (l->referred)
		say(out, ROLE_NOTE, &line);
	text_free(&line);
}

static void span_fact(struct sheet *out, const char *least, const char *most, struct span span)
{
	sheet_count(out, least, span.least);
	sheet_count(out, most, span.most);
}

static void forecast_facts(const struct ledger *l, const struct forecast *f, struct sheet *out)
{
	char other[32];

	sheet_count(out, "slots.live", l->live);
	sheet_count(out, "slots.free", l->free);
	sheet_count(out, "slots.dead", l->dead);
	snprintf(other, sizeof other, "slots.%s", l->form->other_slots);
	sheet_count(out, other, l->other);
	if (f->growing) {
		sheet_count(out, "growth.old_buckets_waiting", f->waiting);
		span_fact(out, "growth.writes.least", "growth.writes.most", f->writes);
	}
	sheet_flag(out, "next_growth.same_size", f->same_size);
	span_fact(out, "next_growth.inserts.least", "next_growth.inserts.most", f->inserts);
	sheet_count(out, "next_growth.overflow_buckets_left", f->overflow_left);
	sheet_count(out, "next_growth.B", f->B);
	sheet_count(out, "next_growth.alloc_bytes", f->alloc);
	sheet_count(out, "next_growth.about_peak", f->peak);
	sheet_count(out, "next_growth.peak_without_overflow", f->peak_least);
	span_fact(out, "next_growth.writes.least", "next_growth.writes.most", f->next_writes);
}

static void put_forecast(const struct forecast *f, struct sheet *out)
{
	struct text line = { 0 };

	sheet_gap(out);
	sheet_title(out, "the next growth");
	text_add(&line,
		f->same_size ? "same size, for its overflow buckets, in " : "doubling, in ");
	span_add(&line, f->inserts, "insert");
	text_add(&line, " of new keys");
	if (!f->same_size && f->overflow_left)
		text_printf(&line, ", unless %s%s overflow bucket%s come%s first",
			f->overflow_about ? "about " : "", count_text(f->overflow_left).s,
			f->overflow_left == 1 ? "" : "s", f->overflow_left == 1 ? "s" : "");
	say(out, ROLE_TEXT, &line);
	if (f->alloc)
		text_printf(&line,
			"it allocates %s bytes; at its start about %s are in use; it is over after ",
			count_text(f->alloc).s, count_text(f->peak).s);
	else
		text_add(&line, "there is no address space for it; it would be over after ");
	span_add(&line, f->next_writes, "write");
	say(out, ROLE_TEXT, &line);
	text_free(&line);
}

static const struct column points[] = {
	{ "at entry", "growth at entry", "entry", .width = 12, .role = ROLE_VALUE },
	{ .field = "B" },
	{ "buckets", "buckets", NULL, .width = 12, .rank = 1, .role = ROLE_VALUE },
	{ .title = "about, before", .field = "about_before" },
	{ "peak", "at its peak", "about_peak", .width = 12, .rank = 1, .role = ROLE_VALUE },
	{ "after", "after", "about_after", .width = 12, .rank = 1, .role = ROLE_VALUE },
	{ "before", NULL, NULL, .width = 12, .rank = 1, .role = ROLE_VALUE },
	{ .field = "least_after" },
};

/* The doublings ahead, each with a bar: what is in use after it, and the peak behind that. */
static void put_points(const struct map *m, struct sheet *out)
{
	struct growth_point list[POINTS_MOST];
	unsigned n = forecast_points(m, list, POINTS_MOST), shown = n < POINTS ? n : POINTS;
	struct sheet_table *t;

	if (n) {
		sheet_gap(out);
		sheet_title(out, "growths ahead, for keys that only come");
	}
	t = sheet_table(out, "growths_ahead", COLUMNS(points));
	t->plain = true;
	t->bar_most = n ? (double)list[shown - 1].during : 0;
	for (unsigned i = 0; i < n; i++) {
		const struct growth_point *g = &list[i];
		struct row *r = table_row(t);

		r->who = i < shown ? FOR_ALL : FOR_JSON;
		row_count(r, g->entry);
		row_count(r, g->B);
		row_count(r, 1ull << g->B);
		row_count(r, g->before);
		row_count(r, g->during);
		row_count(r, g->after);
		row_count(r, g->before);
		row_count(r, g->least);
		r->bar = (struct bar){ BAR_PART, ROLE_CHART_USE, .value = (double)g->after,
			.behind = (double)g->during };
	}
	if (n)
		sheet_words(out, FOR_PANE, 1, 2, ROLE_NOTE, "entries are exact; bytes are about, "
			"with the overflow buckets that chance makes");
}

static const struct column verdicts[] = {
	{ .name = "", .title = "", .field = "verdict" }, { .name = "", .title = "", .field = "text" }, { .field = "saves" },
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

bool ledger_sheet(const struct present *now, struct sheet *out, struct error *err)
{
	const struct session *s = now->session;
	const struct ledger *l = session_ledger(s);
	struct forecast f;
	struct verdicts v;

	(void)err;
	if (!s->world.map.header)
		return true;
	forecast_make(&s->world.map, l, &f);
	verdicts_find(s, l, &f, &v);
	sheet_count(out, "bytes", l->total);
	sheet_count(out, "objects", l->objects);
	sheet_count(out, "entries", l->entries);
	sheet_count(out, "referred_bytes", l->referred);
	put_causes(l, out);
	put_totals(l, out);
	forecast_facts(l, &f, out);
	put_forecast(&f, out);
	put_points(&s->world.map, out);
	sheet_gap(out);
	sheet_title(out, "verdicts");
	put_verdicts(&v, FOR_PANE | FOR_JSON, out);
	if (!now->screen)
		hints_sheet(s, out);
	put_verdicts(&v, FOR_MARKDOWN, out);
	verdicts_free(&v);
	return true;
}
