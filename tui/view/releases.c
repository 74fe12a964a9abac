/* SPDX-License-Identifier: MIT */
#include "model/session/releases.h"

#include <string.h>

#include "tui/view/beyond.h"
#include "tui/view/figures.h"

static const struct column columns[] = {
	{ "Go", "Go", "go", .width = 11, .left = true, .role = ROLE_VALUE },
	{ "in use", "bytes in use", "inuse_bytes", .width = 11, .role = ROLE_VALUE, .bold = true },
	{ "objects", "objects", "inuse_objects", .width = 9, .rank = 3, .role = ROLE_VALUE },
	{ "an entry", "bytes for each entry", "bytes_for_each_entry", .width = 8, .rank = 1,
		.role = ROLE_VALUE },
	{ "at most", "bytes at most", "most_bytes", .width = 12, .role = ROLE_VALUE },
	{ "by entry", "by entry", NULL, .width = 9, .rank = 2, .role = ROLE_VALUE },
	{ NULL, NULL, "most_entries", .rank = 0 },
	{ NULL, NULL, "most_growth", .rank = 0 },
	{ "allocated", "bytes allocated", "alloc_bytes", .width = 12, .rank = 2,
		.role = ROLE_VALUE },
	{ NULL, NULL, "alloc_objects", .role = ROLE_VALUE },
	{ "growths", "growths", "growths", .width = 8, .rank = 3, .role = ROLE_VALUE },
	{ NULL, "grows at", "grew_at", .left = true },
	{ NULL, NULL, "chosen", .rank = 0 },
	{ NULL, NULL, "refused", .rank = 0 },
};

enum { REFUSED = sizeof columns / sizeof *columns - 1 };

static void put_growths(struct row *r, const struct release_row *at)
{
	struct text *list = row_add(r, FIGURE_WORDS);

	for (uint64_t i = 0; i < at->growths && i < GROWTHS_TOLD; i++)
		text_printf(list, "%s%s", i ? " " : "", count_text(at->grew_at[i]).s);
	if (at->growths > GROWTHS_TOLD)
		text_add(list, " ..");
}

static void put_refused(struct row *r, const struct release_row *at)
{
	row_data(r, at->release->name);
	for (unsigned i = 1; i < REFUSED; i++)
		row_none(r);
	row_words(r, at->why.msg);
}

/* Why releases have no row: each reason once. */
static void say_refused(const struct releases *all, struct sheet *out)
{
	for (unsigned i = 0; i < all->count; i++) {
		const struct release_row *at = &all->rows[i];
		struct text words = { 0 };
		bool said = !at->refused;

		text_printf(&words, "Go");
		for (unsigned j = 0; j < all->count && !said; j++) {
			if (!all->rows[j].refused || strcmp(all->rows[j].why.msg, at->why.msg) != 0)
				continue;
			said = j < i;
			text_printf(&words, "%s %s", j > i ? "," : "", all->rows[j].release->name);
		}
		text_printf(&words, ": %s", at->why.msg);
		if (!said)
			sheet_words(out, FOR_PEOPLE, 0, 0, ROLE_NOTE, words.s);
		text_free(&words);
	}
}

static void put_row(struct row *r, const struct release_row *at)
{
	if (at->refused) {
		put_refused(r, at);
		return;
	}
	if (at->chosen)
		r->role = ROLE_TITLE;
	row_data(r, at->release->name);
	row_count(r, at->in_use.bytes);
	row_count(r, at->in_use.objects);
	if (at->entries)
		row_real(r, (double)at->in_use.bytes / (double)at->entries, 1);
	else
		row_none(r);
	row_count(r, at->most.bytes);
	row_count(r, at->most.growth ? at->most.growth : at->most.entries);
	row_count(r, at->most.entries);
	row_count(r, at->most.growth);
	row_count(r, at->allocated.bytes);
	row_count(r, at->allocated.objects);
	row_count(r, at->growths);
	put_growths(r, at);
	row_flag(r, at->chosen);
	row_none(r);
	r->bar = (struct bar){ .kind = BAR_PART, .role = ROLE_CHART_USE,
		.value = (double)at->in_use.bytes, .behind = (double)at->most.bytes };
}

bool releases_sheet(const struct present *now, struct sheet *out, struct error *err)
{
	const struct session *s = now->session;
	const struct releases *all = session_releases(now->session, err);
	struct sheet_table *t;
	uint64_t most = 0;

	if (!all)
		return false;
	for (unsigned i = 0; i < all->count; i++)
		if (all->rows[i].most.bytes > most)
			most = all->rows[i].most.bytes;
	sheet_count(out, "entries", map_count(&s->world.map));
	t = sheet_table(out, "releases", COLUMNS(columns));
	t->heads = ROLE_TITLE;
	t->bar_most = (double)most;
	t->bar_from = 70;
	t->bar_least = 10;
	for (unsigned i = 0; i < all->count; i++)
		put_row(table_row(t), &all->rows[i]);
	sheet_flag(out, "anew", all->anew);
	sheet_gap(out);
	say_refused(all, out);
	beyond_sheet(s, out);
	if (all->anew)
		sheet_words(out, FOR_PEOPLE, 0, 0, ROLE_NOTE, "What was done to a map that was "
			"opened is not known: its entries are inserted into a new one.");
	sheet_words(out, FOR_PEOPLE, 0, 0, ROLE_NOTE, "The same operations under each release. In "
		"use: what a collection would leave now. At most: held at once, mostly in a "
		"growth, which has both arrays; the entry began it. Allocated: all on the way. To "
		"1.23 the map is the classic one, from 1.24 on the Swiss one.");
	return true;
}
