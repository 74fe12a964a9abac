/* SPDX-License-Identifier: MIT */
#include "tui/page/tables.h"

#include <string.h>

#include "model/session/books.h"
#include "model/figures/check.h"
#include "model/session/diff.h"
#include "model/session/lifecycle.h"
#include "model/session/trial.h"
#include "model/session/verdict.h"
#include "tui/view/loads.h"
#include "tui/view/summary.h"

enum { POINTS = 6, EVENTS = 40 };

static void put_summary(struct session *s, FILE *out)
{
	summary_markdown(s, out);
}

/* A row of the ledger: all, its part of the total, and each place that has anything. */
static void put_bytes(FILE *out, const char *name, const uint64_t *places, const bool *used,
	uint64_t total)
{
	uint64_t all = 0;

	for (int p = 0; p < LEDGER_PLACES; p++)
		all += places[p];
	fprintf(out, "| %s | %s | %.1f%% |", name, count_text(all).s,
		total ? 100.0 * (double)all / (double)total : 0);
	for (int p = 0; p < LEDGER_PLACES; p++)
		if (used[p])
			fprintf(out, " %s |", count_text(places[p]).s);
	putc('\n', out);
}

static void put_causes(const struct ledger *l, FILE *out)
{
	static const char *const names[LEDGER_PLACES] = { "array", "overflow", "old array",
		"apart" };
	uint64_t sums[LEDGER_PLACES];
	bool used[LEDGER_PLACES];

	fputs("| bytes by cause | all | share |", out);
	for (int p = 0; p < LEDGER_PLACES; p++) {
		sums[p] = ledger_place_bytes(l, (enum ledger_place)p);
		used[p] = sums[p] > 0;
		if (used[p])
			fprintf(out, " %s |", names[p]);
	}
	fputs("\n|---|--:|--:|", out);
	for (int p = 0; p < LEDGER_PLACES; p++)
		fputs(used[p] ? "--:|" : "", out);
	putc('\n', out);
	for (int c = 0; c < LEDGER_CAUSES; c++)
		if (ledger_cause_bytes(l, (enum ledger_cause)c))
			put_bytes(out, ledger_name((enum ledger_cause)c), l->bytes[c], used,
				l->total);
	put_bytes(out, "**total**", sums, used, l->total);
}

static void put_hints(const struct session *s, FILE *out)
{
	struct trial list[TRIALS];
	unsigned n = trials_make(s, list);

	if (n)
		fprintf(out,
			"\n| hint%s | B | buckets | spare | overflow | in use | allocated | "
			"objects |\n|--:|--:|--:|--:|--:|--:|--:|--:|\n",
			list[0].about ? ", about" : "");
	for (unsigned i = 0; i < n; i++) {
		const struct trial *t = &list[i];

		fprintf(out, "| %s | %u | %s | %s | %s | %s | %s | %s |\n",
			t->hint ? count_text(t->hint).s : "none", t->B, count_text(t->buckets).s,
			count_text(t->spare).s, count_text(t->overflow).s,
			count_text(t->in_use.bytes).s, count_text(t->allocated.bytes).s,
			count_text(t->allocated.objects).s);
	}
}

static void put_verdicts(const struct session *s, const struct ledger *l, FILE *out)
{
	struct forecast f;
	struct verdicts v;

	forecast_make(&s->world.map, l, &f);
	verdicts_find(s, l, &f, &v);
	putc('\n', out);
	for (int i = 0; i < VERDICTS; i++)
		if (v.holds[i])
			fprintf(out, "- **%s**: %s\n", verdict_name((enum verdict_kind)i),
				text_str(&v.says[i]));
	verdicts_free(&v);
}

static void put_ledger(struct session *s, FILE *out)
{
	struct growth_point list[POINTS];
	unsigned n = forecast_points(&s->world.map, list, POINTS);
	const struct ledger *l = session_ledger(s);

	put_causes(l, out);
	if (n)
		fputs("\n| growth at entry | buckets | about, before | at its peak | after |\n"
		      "|--:|--:|--:|--:|--:|\n", out);
	for (unsigned i = 0; i < n; i++)
		fprintf(out, "| %s | %s | %s | %s | %s |\n", count_text(list[i].entry).s,
			count_text(1ull << list[i].B).s, count_text(list[i].before).s,
			count_text(list[i].during).s, count_text(list[i].after).s);
	put_hints(s, out);
	put_verdicts(s, l, out);
}

static void put_point(const struct life_point *at, FILE *out)
{
	fprintf(out, "| %s | %s | %s | %s | %s | %s | %s |\n", count_text(at->op).s, at->what,
		count_text(at->entries).s, count_text(at->allocated.objects).s,
		count_text(at->allocated.bytes).s, count_text(at->in_use.objects).s,
		count_text(at->in_use.bytes).s);
}

/* The first and the last ones where there are many. */
static void put_life(struct session *s, FILE *out)
{
	struct error err;
	const struct lifecycle *life = session_lifecycle(s, &err);

	if (life && life->nevents) {
		fputs("| op | what | entries | alloc_objects | alloc_space | inuse_objects | "
		      "inuse_space |\n|--:|---|--:|--:|--:|--:|--:|\n", out);
		for (size_t i = 0; i < life->nevents; i++) {
			size_t left = life->nevents - i;

			if (i == EVENTS / 2 && left > EVENTS / 2) {
				i = life->nevents - EVENTS / 2;
				fprintf(out, "| | … %zu more | | | | | |\n", left - EVENTS / 2);
			}
			put_point(&life->events[i], out);
		}
	}
}

static void put_shape(struct session *s, FILE *out)
{
	const struct shape *shape = session_shape(s);
	unsigned last = SHAPE_FILLS;

	while (last > 1 && shape->fills[last - 1] == 0 && shape_ideal_fill(shape, last - 1) < 0.05)
		last--;
	fputs("| entries | chains | by chance |\n|--:|--:|--:|\n", out);
	for (unsigned k = 0; k < last; k++)
		fprintf(out, "| %u%s | %s | %.1f |\n", k, k == SHAPE_FILLS - 1 ? "+" : "",
			count_text(shape->fills[k]).s, shape_ideal_fill(shape, k));
}

static void put_check(struct session *s, FILE *out)
{
	struct check c;

	check_map(&s->world.map, &c);
	fputs("| law | faults | what it says |\n|---|--:|---|\n", out);
	for (int i = 0; i < LAWS; i++)
		fprintf(out, "| %s | %s | %s |\n", law_name((enum law)i), count_text(c.broken[i]).s,
			law_text((enum law)i));
	check_free(&c);
}

/* A cause in bytes before and after. */
static void put_change(FILE *out, const char *name, uint64_t a, uint64_t b)
{
	fprintf(out, "| %s | %s | %s | %s%s |\n", name, count_text(a).s, count_text(b).s,
		b > a ? "+" : b < a ? "−" : "", count_text(b > a ? b - a : a - b).s);
}

static void put_cells(const struct diff *d, FILE *out)
{
	fputs("\n| cells |", out);
	for (int k = 0; k < DIFF_KINDS; k++)
		fprintf(out, " %s |", diff_kind_name((enum diff_kind)k));
	fputs("\n|---|--:|--:|--:|--:|--:|\n| |", out);
	for (int k = 0; k < DIFF_KINDS; k++)
		fprintf(out, " %s |", count_text(d->kinds[k]).s);
	putc('\n', out);
	table_diff_cells(d, out);
}

static void put_diff(struct session *s, FILE *out)
{
	struct error unused;
	const char *title;
	const struct diff *d = session_diff(s, &title, &unused);
	const struct ledger *a, *b;

	if (!d)
		return;
	a = &d->sides[0].ledger;
	b = &d->sides[1].ledger;
	fputs("| bytes by cause | before | after | change |\n|---|--:|--:|--:|\n", out);
	for (int i = 0; i < LEDGER_CAUSES; i++) {
		uint64_t x = ledger_cause_bytes(a, (enum ledger_cause)i);
		uint64_t y = ledger_cause_bytes(b, (enum ledger_cause)i);

		if (x || y)
			put_change(out, ledger_name((enum ledger_cause)i), x, y);
	}
	put_change(out, "**total**", a->total, b->total);
	if (d->whole)
		put_cells(d, out);
}

static void put_loads(struct session *s, FILE *out)
{
	struct error unused;

	loads_table(s, out, &unused);
}

static const struct {
	const char *view;
	void (*put)(struct session *s, FILE *out);
} tables[] = {
	{ "map", put_summary },
	{ "header", put_summary },
	{ "ledger", put_ledger },
	{ "lifecycle", put_life },
	{ "shape", put_shape },
	{ "check", put_check },
	{ "diff", put_diff },
	{ "entries", table_entries },
	{ "layout", table_layout },
	{ "loads", put_loads },
};

void tables_write(struct session *s, const char *view, FILE *out)
{
	for (size_t i = 0; i < sizeof tables / sizeof *tables; i++)
		if (strcmp(view ? view : "map", tables[i].view) == 0) {
			tables[i].put(s, out);
			putc('\n', out);
		}
}
