/* SPDX-License-Identifier: MIT */
/* The hint calculator: no hint, the right one, and the one that the map was made with. */
#include <string.h>

#include "model/figures/figures.h"
#include "model/session/trial.h"
#include "tui/view/figures.h"

static const struct column before[] = {
	{ "hint", "hint", NULL, .width = 9 },
	{ .field = "hint" },
	{ .field = "entries" },
	{ .field = "about" },
};

static const struct column after[] = {
	{ "in use", "in use", "inuse_bytes", .width = 13, .rank = 1 },
	{ .field = "inuse_objects" },
	{ "allocated", "allocated", "alloc_bytes", .width = 13, .rank = 1 },
	{ "objects", "objects", "alloc_objects", .width = 10, .rank = 1 },
};

enum { BEFORE = sizeof before / sizeof *before, AFTER = sizeof after / sizeof *after };

/* The parts that the design has stand between what all have. */
static struct sheet_table *put_table(struct sheet *out, const struct hint_form *form)
{
	struct column columns[BEFORE + HINT_PARTS + AFTER];
	unsigned n = form ? form->nparts : 0;
	struct sheet_table *t;

	memcpy(columns, before, sizeof before);
	for (unsigned i = 0; i < n; i++)
		columns[BEFORE + i] = (struct column){ form->parts[i].name, form->parts[i].name,
			form->parts[i].name, .width = form->parts[i].width, .rank = 1 };
	memcpy(columns + BEFORE + n, after, sizeof after);
	t = sheet_table(out, "hints", columns, BEFORE + n + AFTER);
	t->plain = true;
	return t;
}

static void put_trial(struct row *r, const struct trial *t, unsigned parts, bool present)
{
	r->role = present ? ROLE_VALUE : ROLE_TEXT;
	row_words(r, t->hint ? count_text(t->hint).s : "none");
	row_count(r, t->hint);
	row_count(r, t->entries);
	row_flag(r, t->about);
	for (unsigned i = 0; i < parts; i++) {
		row_count(r, t->map.parts[i]);
		row_around(r, t->map.roughly[i] ? "≈" : NULL, NULL);
	}
	row_count(r, t->map.in_use.bytes);
	row_count(r, t->map.in_use.objects);
	row_count(r, t->map.allocated.bytes);
	row_count(r, t->map.allocated.objects);
}

void hints_sheet(const struct session *s, struct sheet *out)
{
	const struct hint_form *form = figures_of(&s->world.map)->hints;
	struct trial list[TRIALS];
	unsigned n = trials_make(s, list);
	struct sheet_table *t;

	if (n) {
		sheet_gap(out);
		sheet_title(out, list[0].about ? "hints, each for a map filled with %s keys: %s about"
			: "hints, each for a map filled with %s generated keys",
			count_text(list[0].entries).s, form->roughly);
	}
	t = put_table(out, form);
	if (n && list[0].about)
		t->columns[0].title = "hint, about";
	for (unsigned i = 0; i < n; i++)
		put_trial(table_row(t), &list[i], form->nparts,
			list[i].hint == s->world.hint);
}
