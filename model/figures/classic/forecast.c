/* SPDX-License-Identifier: MIT */
#include "model/figures/classic/forecast.h"

#include "model/figures/cell.h"
#include "model/figures/classic/chains.h"
#include "model/figures/classic/accounts.h"
#include "model/figures/classic/classic_figures.h"
#include "model/figures/classic/plan.h"
#include "model/map/classic/reading.h"

/*
 * A write evacuates the old bucket that it is about, if it still waits, and the one that
 * nevacuate stands at: two at most, and nevacuate goes on by one at least.
 */
static struct span writes_for(uint64_t waiting, uint64_t behind_mark)
{
	uint64_t least = (waiting + 1) / 2;

	return (struct span){ least ? least : 1, behind_mark };
}

static void foresee_end(const struct map *m, const struct ledger *l, struct forecast *f)
{
	f->growing = map_growing(m);
	if (!f->growing)
		return;
	f->waiting = classic_counts(l)->waiting;
	f->writes = writes_for(f->waiting, (1ull << map_old_B(m)) - map_get(m, HMAP_NEVACUATE));
}

static uint64_t larger(uint64_t a, uint64_t b)
{
	return a > b ? a : b;
}

static void foresee_start(const struct map *m, struct forecast *f)
{
	unsigned B = (unsigned)map_get(m, HMAP_B), noverflow = (unsigned)map_get(m, HMAP_NOVERFLOW);
	unsigned most = 1u << (B > 15 ? 15 : B);
	uint64_t left = map_inserts_left(m);

	f->same_size = left > 0 && too_many_overflow(noverflow, B);
	/* One bucket is full when its load is. */
	f->overflow_left = B > 0 && noverflow < most ? most - noverflow : 0;
	/* From B 16 on noverflow counts one of so many. */
	f->overflow_about = B > 15 && f->overflow_left;
	f->overflow_left <<= B > 15 ? B - 15 : 0;
	f->inserts.least = f->same_size ? 1 : left + 1;
	f->inserts.most = f->inserts.least;
	/* One growth at a time: the write that ends this one may start the next. */
	if (f->growing) {
		f->inserts.least = larger(f->inserts.least, f->writes.least);
		f->inserts.most = larger(f->inserts.most, f->writes.most);
	}
	f->B = B + !f->same_size;
}

/* Bytes of the overflow buckets that chance adds until the next growth. */
static uint64_t overflow_to_come(const struct map *m, const struct ledger *l,
	const struct forecast *f)
{
	uint64_t chains = 1ull << map_get(m, HMAP_B), objects;
	double linked = (double)classic_counts(l)->buckets[BUCKET_LINKED];
	double all = chance_overflow(l->entries + f->inserts.least - 1, chains);
	/* An evacuation that waits has its share to come. */
	double now = f->growing ? linked : chance_overflow(l->entries, chains);

	if (f->same_size || all <= now)
		return 0;
	return plan_overflow(m->type, linked, all - now, classic_counts(l)->buckets[BUCKET_SPARE],
		&objects);
}

static void foresee_cost(const struct map *m, const struct ledger *l, struct forecast *f)
{
	const struct maptype *t = m->type;
	uint64_t all = maptype_array_buckets(t, f->B);

	f->next_writes = writes_for(1ull << map_get(m, HMAP_B), 1ull << map_get(m, HMAP_B));
	if (all == 0)
		return;
	f->alloc = maptype_array_bytes(t, f->B);
	if (all > 1ull << f->B && !map_get(m, HMAP_EXTRA))
		f->alloc += alloc_size(t->release, t->target->ptrsize, extra_size(t->target), true);
	/* The growth under way is over by then. */
	f->peak_least = l->total - ledger_place_bytes(l, PLACE_OLD) + f->alloc +
		f->inserts.least * cell_apart_bytes(t);
	/* A map that was never written to gets its first bucket by then. */
	if (!map_get(m, HMAP_BUCKETS))
		f->peak_least += maptype_array_bytes(t, 0);
	f->peak = f->peak_least + overflow_to_come(m, l, f);
}

void forecast_make(const struct map *m, const struct ledger *l, struct forecast *f)
{
	*f = (struct forecast){ 0 };
	if (!m->header)
		return;
	foresee_end(m, l, f);
	foresee_start(m, f);
	foresee_cost(m, l, f);
}

/* In sentences and numbers */

static void say_next(const struct forecast *f, struct text *out)
{
	text_add(out, f->same_size ? "same size, for its overflow buckets, in " : "doubling, in ");
	span_add(out, f->inserts, "insert");
	text_add(out, " of new keys");
	if (!f->same_size && f->overflow_left)
		text_printf(out, ", unless %s%s overflow bucket%s come%s first",
			f->overflow_about ? "about " : "", count_text(f->overflow_left).s,
			f->overflow_left == 1 ? "" : "s", f->overflow_left == 1 ? "s" : "");
}

static void say_cost(const struct forecast *f, struct text *out)
{
	if (f->alloc)
		text_printf(out,
			"it allocates %s bytes; at its start about %s are in use; it is over "
			"after ",
			count_text(f->alloc).s, count_text(f->peak).s);
	else
		text_add(out, "there is no address space for it; it would be over after ");
	span_add(out, f->next_writes, "write");
}

static void tell_next(const struct map *m, const struct ledger *l, struct foretold *out)
{
	struct forecast f;

	forecast_make(m, l, &f);
	if (f.growing) {
		foretold_number(out, "growth.old_buckets_waiting", f.waiting);
		foretold_span(out, "growth.writes.least", "growth.writes.most", f.writes);
	}
	foretold_flag(out, "next_growth.same_size", f.same_size);
	foretold_span(out, "next_growth.inserts.least", "next_growth.inserts.most", f.inserts);
	foretold_number(out, "next_growth.overflow_buckets_left", f.overflow_left);
	foretold_number(out, "next_growth.B", f.B);
	foretold_number(out, "next_growth.alloc_bytes", f.alloc);
	foretold_number(out, "next_growth.about_peak", f.peak);
	foretold_number(out, "next_growth.peak_without_overflow", f.peak_least);
	foretold_span(out, "next_growth.writes.least", "next_growth.writes.most", f.next_writes);
	say_next(&f, &out->lines[0]);
	say_cost(&f, &out->lines[1]);
}

static unsigned next_growths(const struct map *m, struct growth_point *list, unsigned most)
{
	const struct maptype *t = m->type;
	unsigned B = (unsigned)map_get(m, HMAP_B), n = 0;

	for (; n < most && maptype_array_buckets(t, B + 1); n++, B++) {
		uint64_t full = load_most(t->release, B);
		struct plan before = plan_map(t, B, full), after = plan_map(t, B + 1, full + 1);

		list[n] = (struct growth_point){ .entry = full + 1, .size = B + 1,
			.units = 1ull << (B + 1),
			.before = plan_about(&before), .after = plan_about(&after),
			.least = after.total,
			.during = plan_about(&before) + after.array + cell_apart_bytes(t) };
		/* mapextra comes with the first spare buckets. */
		if (after.spare && !before.spare && !before.more)
			list[n].during += after.headers - before.headers;
	}
	return n;
}

const struct foresight classic_foresight = {
	.foretell = tell_next,
	.points = next_growths,
	.size_word = "B",
	.points_note = "entries are exact; bytes are about, with the overflow buckets that chance "
		"makes",
};
