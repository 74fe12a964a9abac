/* SPDX-License-Identifier: MIT */
/* The forecast of a classic map in sentences and numbers. */
#include "model/figures/classic/classic_figures.h"
#include "model/figures/classic/forecast.h"

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

const struct foresight classic_foresight = {
	.foretell = tell_next,
	.points = classic_points,
	.size_word = "B",
	.points_note = "entries are exact; bytes are about, with the overflow buckets that chance "
		"makes",
};
