/* SPDX-License-Identifier: MIT */
#include "tui/maps/maps_parts.h"

const struct column rollup_columns[ROLLUP_COLUMNS] = {
	{ "bytes", "bytes", NULL, .width = 14, .gap = 1, .role = ROLE_VALUE },
	{ "there", "there", NULL, .width = 14, .gap = 1, .role = ROLE_VALUE },
	{ "split", "with mapsplitgroup", NULL, .width = 14, .gap = 1, .rank = 1,
		.role = ROLE_VALUE },
	{ "maps", "maps", NULL, .width = 8, .gap = 1, .rank = 1, .role = ROLE_VALUE },
	{ "entries", "entries", NULL, .width = 11, .gap = 1, .rank = 2, .role = ROLE_VALUE },
	{ "full", "full", NULL, .width = 5, .gap = 1, .rank = 3, .role = ROLE_VALUE },
	{ "never", "never filled", NULL, .width = 7, .gap = 1, .rank = 4, .role = ROLE_VALUE },
	{ "", NULL, NULL, .width = 2, .left = true },
	{ "maps of", NULL, NULL, .role = ROLE_KEY, .left = true },
	{ NULL, "path", NULL, .left = true },
	{ NULL, "type", NULL, .left = true },
	{ "verdict", "verdict", NULL, .role = ROLE_NOTE, .left = true, .below = true },
};

enum { COLUMN_THERE = 1, COLUMN_SPLIT, COLUMN_PATH = 9, NAME = 26 };

/* What they take under another release; where that is not known of all, nothing. */
static void put_there(const struct rollup_row *g, uint64_t bytes, struct row *r)
{
	if (g->unknown || !bytes) {
		row_none(r);
		return;
	}
	row_count(r, bytes);
	if (g->estimated)
		row_around(r, "≈", "");
}

void rollup_put_row(const struct rollup_row *g, struct row *r)
{
	struct text *both;

	row_count(r, g->bytes);
	put_there(g, g->under, r);
	put_there(g, g->split, r);
	row_count(r, g->maps);
	row_count(r, g->entries);
	if (g->slots || !g->entries) {
		row_real(r, g->slots ? 100.0 * (double)g->entries / (double)g->slots : 0, 0);
		row_around(r, NULL, "%");
	} else {
		row_none(r);
	}
	row_count(r, g->never);
	row_none(r);
	both = row_add(r, FIGURE_DATA);
	if (g->path)
		text_printf(both, "%-*s ", NAME, g->path);
	text_add(both, g->type);
	row_data(r, g->path ? g->path : "");
	row_data(r, g->type);
	row_words(r, g->verdict ? g->verdict : "");
}

static void make_row(void *data, size_t i, struct row *r)
{
	const struct rollup *all = data;

	rollup_put_row(&all->list[i], r);
}

void rollup_hide(struct sheet_table *t, const struct under_sum *under)
{
	if (!under->release)
		table_hide(t, COLUMN_THERE);
	if (!under->split)
		table_hide(t, COLUMN_SPLIT);
}

void rollup_put(struct sheet *s, const struct rollup *all, const struct under_sum *under,
	enum rollup_by by)
{
	struct sheet_table *t = sheet_rows(s, NULL, rollup_columns, ROLLUP_COLUMNS, all->count,
		make_row, (void *)all);

	rollup_hide(t, under);
	if (by == ROLLUP_TYPE)
		table_hide(t, COLUMN_PATH);
}
