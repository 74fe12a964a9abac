/* SPDX-License-Identifier: MIT */
/* Tables of the largest size, filled up to where they split. */
#include "model/figures/swiss/probes.h"
#include "model/figures/swiss/swiss_figures.h"
#include "model/map/swiss/layout.h"

enum { GROUPS = TABLE_SLOTS_MOST / SLOTS, MAPS = 64 };

static struct load_row row(const struct maptype *type, const struct shape *s)
{
	double n = (double)s->entries, groups = (double)s->homes;
	double cells = n * (type->keysize + type->elemsize);

	return (struct load_row){ .load = n / groups,
		.passed = 100 * (double)s->counts[PROBES_FILLS][SLOTS] / groups,
		.bytes = (groups * type->unit.size - cells) / n,
		.hit = (double)s->hit_probes / n, .miss = (double)s->miss_probes / groups };
}

static unsigned most(const struct release *r)
{
	(void)r;
	return 2 * LOAD_OF_8;
}

static uint64_t hint(const struct release *r)
{
	(void)r;
	return GROUPS * LOAD_OF_8;
}

const struct loads_form swiss_loads = {
	.units = "groups",
	.in_a_map = GROUPS,
	.maps = MAPS,
	.passed = { "% full", "% full", "full_percent" },
	.most = most,
	.hint = hint,
	.row = row,
	.words = "load: entries for each group of 8 slots. % full: of the groups have no empty "
		 "slot, so that a search goes on. bytes: on top of key and elem. hit, miss: groups "
		 "that a lookup looks at on average. ",
};
