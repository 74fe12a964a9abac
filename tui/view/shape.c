/* SPDX-License-Identifier: MIT */
#include "model/session/books.h"
#include "model/figures/chance.h"
#include "tui/view/figures.h"

enum { BARS = 36, BAR_LEAST = 4 };

static const struct column fills[] = {
	{ "entries", "entries", NULL, .width = 10, .role = ROLE_INDEX },
	{ .field = "entries" },
	{ .field = "or_more" },
	{ "chains", "chains", "chains", .width = 12, .role = ROLE_VALUE },
	{ "by chance", "by chance", NULL, .width = 12, .rank = 1, .role = ROLE_NOTE },
	{ .field = "by_chance" },
};

static const struct column links[] = {
	{ "overflow", NULL, NULL, .width = 10, .role = ROLE_INDEX },
	{ .field = "overflow" },
	{ .field = "or_more" },
	{ "chains", NULL, "chains", .width = 12, .role = ROLE_VALUE },
};

/* What the chains of a row have, and how many there are. */
static struct row *put_chains(struct sheet_table *t, unsigned k, unsigned most, uint64_t chains)
{
	struct row *r = table_row(t);

	row_printf(r, "%u%s", k, k == most - 1 ? "+" : "");
	row_count(r, k);
	row_flag(r, k == most - 1);
	row_count(r, chains);
	r->bar = (struct bar){ BAR_PART, ROLE_LOAD, .value = (double)chains };
	return r;
}

static struct sheet_table *bars_table(struct sheet *out, const char *field,
	const struct column *columns, unsigned count)
{
	struct sheet_table *t = sheet_table(out, field, columns, count);

	t->bar_from = BARS;
	t->bar_least = BAR_LEAST;
	t->bar_spare = 1;
	return t;
}

/* For people up to the last that is there or could be; for programs those that are or could be. */
static void put_fills(const struct shape *s, struct sheet *out)
{
	struct sheet_table *t = bars_table(out, "fills", COLUMNS(fills));
	unsigned last = SHAPE_FILLS;

	while (last > 1 && s->fills[last - 1] == 0 && shape_ideal_fill(s, last - 1) < 0.05)
		last--;
	for (unsigned k = 0; k < last && s->chains; k++) {
		double ideal = shape_ideal_fill(s, k);
		double most = ideal > (double)s->fills[k] ? ideal : (double)s->fills[k];
		struct row *r = put_chains(t, k, SHAPE_FILLS, s->fills[k]);

		row_real(r, ideal, 1);
		row_real(r, ideal, 1);
		r->bar.mark = ideal >= 0.05 ? ideal : 0;
		r->who = s->fills[k] > 0 || ideal >= 0.05 ? FOR_ALL : FOR_PEOPLE;
		t->bar_most = most > t->bar_most ? most : t->bar_most;
	}
}

static void put_links(const struct shape *s, struct sheet *out)
{
	struct sheet_table *t = bars_table(out, "links", COLUMNS(links));

	t->bar_most = (double)s->chains;
	for (unsigned k = 0; k < SHAPE_LINKS; k++)
		if (s->links[k])
			put_chains(t, k, SHAPE_LINKS, s->links[k]);
}

static void say(struct sheet *out, const char *format, ...) __attribute__((format(printf, 2, 3)));

static void say(struct sheet *out, const char *format, ...)
{
	struct text line = { 0 };
	va_list ap;

	va_start(ap, format);
	text_vprintf(&line, format, ap);
	va_end(ap);
	sheet_words(out, FOR_PANE, 0, 2, ROLE_TEXT, text_str(&line));
	text_free(&line);
}

bool shape_sheet(const struct present *now, struct sheet *out, struct error *err)
{
	const struct shape *s = session_shape(now->session);
	double overflow = chance_overflow(s->entries, s->chains);
	double hit = s->entries ? (double)s->hit_probes / (double)s->entries : 0;
	double miss = s->chains ? (double)s->miss_probes / (double)s->chains : 0;

	(void)err;
	sheet_title(out, "%s entries in %s chains", count_text(s->entries).s,
		count_text(s->chains).s);
	sheet_count(out, "entries", s->entries);
	sheet_count(out, "chains", s->chains);
	sheet_count(out, "overflow", s->overflow);
	sheet_real(out, "overflow_by_chance", overflow);
	put_fills(s, out);
	sheet_gap(out);
	put_links(s, out);
	if (s->chains) {
		sheet_gap(out);
		say(out, "%s overflow buckets, %s by chance", count_text(s->overflow).s,
			real_text(overflow, 1).s);
	}
	if (s->entries) {
		say(out, "a hit looks at %s slots on average", real_text(hit, 2).s);
		sheet_real(out, "hit_probes", hit);
	}
	if (s->chains) {
		say(out, "a miss looks at %s", real_text(miss, 2).s);
		sheet_real(out, "miss_probes", miss);
	}
	return true;
}
