/* SPDX-License-Identifier: MIT */
/* What hints are worth for a Swiss map: hinted.h. */
#include "model/figures/swiss/swiss_figures.h"

#include "model/figures/swiss/expect.h"
#include "model/map/swiss/reading.h"

enum { HINT_TABLES, HINT_GROUPS, HINT_DIRECTORY, HINT_SWISS };

static void take_parts(const struct map *m, struct hinted *h)
{
	h->parts[HINT_DIRECTORY] = swiss_get(m, SWISS_DIR_LEN);
	for (uint64_t i = 0; i < h->parts[HINT_DIRECTORY];
		i += table_entries(m, directory_at(m, i)))
		h->parts[HINT_TABLES]++;
	h->parts[HINT_GROUPS] = map_extent(m).units;
}

static void put_expected(const struct expected *e, struct hinted *h)
{
	h->parts[HINT_TABLES] = e->directory ? (uint64_t)(e->tables + 0.5) : 0;
	h->parts[HINT_GROUPS] = (uint64_t)(e->groups + 0.5);
	h->parts[HINT_DIRECTORY] = e->directory;
	h->in_use = e->in_use;
	h->allocated = e->allocated;
}

static bool plan_parts(const struct maptype *t, uint64_t hint, uint64_t entries, struct hinted *h)
{
	struct expected e = expect_map(t, hint, entries);

	put_expected(&e, h);
	h->roughly[HINT_TABLES] = h->roughly[HINT_GROUPS] = e.about;
	return true;
}

static bool made_parts(const struct maptype *t, uint64_t hint, struct hinted *h)
{
	struct expected e;

	if (swiss_plan(t, hint).refused)
		return false;
	e = expect_map(t, hint, 0);
	put_expected(&e, h);
	return true;
}

static const struct hint_part parts[HINT_SWISS] = {
	[HINT_TABLES] = { "tables", 8 },
	[HINT_GROUPS] = { "groups", 9 },
	[HINT_DIRECTORY] = { "directory", 11 },
};

const struct hint_form swiss_hints = {
	.parts = parts,
	.nparts = HINT_SWISS,
	.roughly = "tables, groups and bytes",
	.take = take_parts,
	.plan = plan_parts,
	.made = made_parts,
};
