/* SPDX-License-Identifier: MIT */
/* The hint calculator: no hint, the right one, and the one that the map was made with. */
#include "model/session/trial.h"
#include "tui/view/figures.h"

static const struct column columns[] = {
	{ "hint", "hint", NULL, .width = 9 },
	{ .field = "hint" },
	{ .field = "entries" },
	{ .field = "about" },
	{ "B", "B", "B", .width = 4, .rank = 1 },
	{ "buckets", "buckets", "buckets", .width = 9, .rank = 1 },
	{ "spare", "spare", "spare", .width = 7, .rank = 1 },
	{ "overflow", "overflow", "overflow", .width = 10, .rank = 1 },
	{ "in use", "in use", "inuse_bytes", .width = 13, .rank = 1 },
	{ .field = "inuse_objects" },
	{ "allocated", "allocated", "alloc_bytes", .width = 13, .rank = 1 },
	{ "objects", "objects", "alloc_objects", .width = 10, .rank = 1 },
};

static void put_trial(struct row *r, const struct trial *t, bool present)
{
	r->role = present ? ROLE_VALUE : ROLE_TEXT;
	row_words(r, t->hint ? count_text(t->hint).s : "none");
	row_count(r, t->hint);
	row_count(r, t->entries);
	row_flag(r, t->about);
	row_count(r, t->B);
	row_count(r, t->buckets);
	row_count(r, t->spare);
	row_count(r, t->overflow);
	row_around(r, t->B >= 16 && !t->about ? "≈" : NULL, NULL);
	row_count(r, t->in_use.bytes);
	row_count(r, t->in_use.objects);
	row_count(r, t->allocated.bytes);
	row_count(r, t->allocated.objects);
}

void hints_sheet(const struct session *s, struct sheet *out)
{
	struct trial list[TRIALS];
	unsigned n = trials_make(s, list);
	struct sheet_table *t;

	if (n) {
		sheet_gap(out);
		sheet_title(out, list[0].about
			? "hints, each for a map filled with %s keys: bytes and overflow about"
			: "hints, each for a map filled with %s generated keys",
			count_text(list[0].entries).s);
	}
	t = sheet_table(out, "hints", COLUMNS(columns));
	t->plain = true;
	if (n && list[0].about)
		t->columns[0].title = "hint, about";
	for (unsigned i = 0; i < n; i++)
		put_trial(table_row(t), &list[i], list[i].hint == s->world.hint);
}
