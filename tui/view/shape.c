/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "model/session/books.h"
#include "tui/view/figures.h"

enum { BARS = 36, BAR_LEAST = 4, COLUMNS_OF_PART = 6 };

/*
 * A histogram has a row for each bar: what the units have, how many there are, and, where that is
 * known, how many chance would make.
 */
static struct sheet_table *part_table(const struct shape_part *p, struct sheet *out)
{
	const struct column columns[COLUMNS_OF_PART] = {
		{ p->by_title, p->fills ? p->by_title : NULL, NULL, .width = 10,
			.role = ROLE_INDEX },
		{ .field = p->by },
		{ .field = "or_more" },
		{ p->of, p->fills ? p->of : NULL, p->of, .width = 12, .role = ROLE_VALUE },
		{ "by chance", "by chance", NULL, .width = 12, .rank = 1, .role = ROLE_NOTE },
		{ .field = "by_chance" },
	};
	struct sheet_table *t = sheet_table(out, p->field, columns, COLUMNS_OF_PART -
		(p->fills ? 0 : 2));

	t->bar_from = BARS;
	t->bar_least = BAR_LEAST;
	t->bar_spare = 1;
	return t;
}

/* What the units of a row have, and how many there are. */
static struct row *put_bar(struct sheet_table *t, const struct shape_part *p, unsigned k,
	uint64_t count)
{
	struct row *r = table_row(t);
	bool last = p->open && k == p->bars - 1;
	uint64_t has = p->log2 ? 1ull << k : k;

	row_printf(r, "%s%s", count_text(has).s, last ? "+" : "");
	row_count(r, has);
	row_flag(r, last);
	row_count(r, count);
	r->bar = (struct bar){ BAR_PART, ROLE_LOAD, .value = (double)count };
	return r;
}

/* For people up to the last that is there or could be; for programs those that are or could be. */
static void put_fills(const struct shape *s, const struct shape_form *form,
	const struct shape_part *p, const uint64_t *counts, struct sheet *out)
{
	struct sheet_table *t = part_table(p, out);
	unsigned last = p->bars;

	while (last > 1 && counts[last - 1] == 0 && form->ideal(s, last - 1) < 0.05)
		last--;
	for (unsigned k = 0; k < last && s->homes; k++) {
		double ideal = form->ideal(s, k);
		double most = ideal > (double)counts[k] ? ideal : (double)counts[k];
		struct row *r = put_bar(t, p, k, counts[k]);

		row_real(r, ideal, 1);
		row_real(r, ideal, 1);
		r->bar.mark = ideal >= 0.05 ? ideal : 0;
		r->who = counts[k] > 0 || ideal >= 0.05 ? FOR_ALL : FOR_PEOPLE;
		t->bar_most = most > t->bar_most ? most : t->bar_most;
	}
}

static void put_counts(const struct shape_part *p, const uint64_t *counts, struct sheet *out)
{
	struct sheet_table *t = part_table(p, out);

	for (unsigned k = 0; k < p->bars; k++)
		t->bar_most += (double)counts[k];
	for (unsigned k = 0; k < p->bars; k++)
		if (counts[k])
			put_bar(t, p, k, counts[k]);
}

static void say(struct sheet *out, const char *format, ...) __attribute__((format(printf, 2, 3)));

static void say(struct sheet *out, const char *format, ...)
{
	va_list ap;

	va_start(ap, format);
	text_vprintf(sheet_add_words(out, FOR_PANE, 0, 2, ROLE_TEXT), format, ap);
	va_end(ap);
}

/* Of one its plural's s is left out. */
static void put_extra(const struct shape *s, const struct shape_form *form, struct sheet *out)
{
	int n = (int)strlen(form->extra) - (s->extra == 1);

	if (form->ideal_extra)
		say(out, "%s %.*s, %s by chance", count_text(s->extra).s, n, form->extra,
			real_text(form->ideal_extra(s), 1).s);
	else
		say(out, "%s %.*s", count_text(s->extra).s, n, form->extra);
}

static void put_probes(const struct shape *s, const struct shape_form *form, struct sheet *out)
{
	double hit = s->entries ? (double)s->hit_probes / (double)s->entries : 0;
	double miss = s->homes ? (double)s->miss_probes / (double)s->homes : 0;

	if (s->homes) {
		sheet_gap(out);
		put_extra(s, form, out);
	}
	if (s->entries) {
		say(out, "a hit looks at %s %s on average", real_text(hit, 2).s, form->probes);
		sheet_real(out, "hit_probes", hit);
	}
	if (s->homes) {
		say(out, "a miss looks at %s", real_text(miss, 2).s);
		sheet_real(out, "miss_probes", miss);
	}
}

bool shape_sheet(const struct present *now, struct sheet *out, struct error *err)
{
	const struct shape *s = session_shape(now->session);
	const struct shape_form *form = shape_form(&now->session->world.map);

	(void)err;
	sheet_title(out, "%s entries in %s %s", count_text(s->entries).s, count_text(s->homes).s,
		form->homes);
	sheet_count(out, "entries", s->entries);
	sheet_count(out, form->homes, s->homes);
	sheet_count(out, form->extra_word, s->extra);
	if (form->ideal_extra)
		sheet_real(out, form->extra_ideal_word, form->ideal_extra(s));
	for (unsigned i = 0; i < form->nparts; i++) {
		if (i > 0)
			sheet_gap(out);
		if (form->parts[i].fills)
			put_fills(s, form, &form->parts[i], s->counts[i], out);
		else
			put_counts(&form->parts[i], s->counts[i], out);
	}
	put_probes(s, form, out);
	newest_sheet(now, out);
	if (form->words && s->homes) {
		sheet_gap(out);
		sheet_words(out, FOR_PEOPLE, 0, 0, ROLE_NOTE, form->words);
	}
	return true;
}
