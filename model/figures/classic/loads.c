/* SPDX-License-Identifier: MIT */
/* The table that stands above the runtime's map code: runtime/map.go, "Picking loadFactor". */
#include "model/figures/classic/chains.h"
#include "model/figures/classic/classic_figures.h"
#include "model/map/classic/reading.h"

enum { B = 14 };

/* Entries that all hits together look at: in a chain of n, 1 for the first, n for the last. */
static double hits(const struct shape *s)
{
	double sum = 0;

	for (unsigned n = 1; n < FILLS_BARS; n++)
		sum += (double)s->counts[CHAINS_FILLS][n] * n * (n + 1) / 2;
	return sum;
}

static struct load_row row(const struct maptype *type, const struct shape *s)
{
	double n = (double)s->entries, chains = (double)s->homes;
	double slots = (chains + (double)s->extra) * type->unit.size;
	double cells = n * (type->keysize + type->elemsize);

	return (struct load_row){ .load = n / chains,
		.passed = 100 * (chains - (double)s->counts[CHAINS_LINKS][0]) / chains,
		.bytes = (slots - cells) / n, .hit = hits(s) / n, .miss = n / chains };
}

static unsigned most(const struct release *r)
{
	return r->load_num;
}

static uint64_t hint(const struct release *r)
{
	return load_most(r, B);
}

const struct loads_form classic_loads = {
	.units = "buckets",
	.in_a_map = 1 << B,
	.maps = 1,
	.passed = { "% overflow", "% overflow", "overflow_percent" },
	.most = most,
	.hint = hint,
	.row = row,
	.words = "load: entries for each bucket. % overflow: of the buckets have an overflow "
		 "bucket. bytes: on top of key and elem. hit, miss: entries that a lookup passes "
		 "on average. ",
};
