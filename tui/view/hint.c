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
static struct sheet_table *put_table(struct sheet *out, const struct hint_form *form,
	const char *field, const struct column *first, unsigned nfirst, unsigned last)
{
	struct column columns[BEFORE + HINT_PARTS + AFTER];
	unsigned n = form->nparts;
	struct sheet_table *t;

	memcpy(columns, first, nfirst * sizeof *first);
	for (unsigned i = 0; i < n; i++)
		columns[nfirst + i] = (struct column){ form->parts[i].name, form->parts[i].name,
			form->parts[i].name, .width = form->parts[i].width, .rank = 1 };
	memcpy(columns + nfirst + n, after, last * sizeof *after);
	t = sheet_table(out, field, columns, nfirst + n + last);
	t->plain = true;
	return t;
}

static void put_parts(struct row *r, const struct hinted *h, unsigned parts)
{
	for (unsigned i = 0; i < parts; i++) {
		row_count(r, h->parts[i]);
		row_around(r, h->roughly[i] ? "≈" : NULL, NULL);
	}
}

static void put_trial(struct row *r, const struct trial *t, unsigned parts, bool present)
{
	r->role = present ? ROLE_VALUE : ROLE_TEXT;
	row_words(r, t->hint ? count_text(t->hint).s : "none");
	row_count(r, t->hint);
	row_count(r, t->entries);
	row_flag(r, t->about);
	put_parts(r, &t->map, parts);
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
		sheet_title(out,
			list[0].about ? "hints, each for a map filled with %s keys: %s about"
				      : "hints, each for a map filled with %s generated keys",
			count_text(list[0].entries).s, form->roughly);
	}
	t = put_table(out, form, "hints", before, BEFORE, AFTER);
	if (n && list[0].about)
		t->columns[0].title = "hint, about";
	for (unsigned i = 0; i < n; i++)
		put_trial(table_row(t), &list[i], form->nparts, list[i].hint == s->world.hint);
}

static const struct column of_steps[] = {
	{ "hint", "hint", "from", .width = 9 },
	{ "to", "to", "to", .width = 10, .rank = 1 },
};

enum { STEP = sizeof of_steps / sizeof *of_steps, IN_USE = 2, STEPS = 5 };

void hint_steps_sheet(const struct session *s, struct sheet *out)
{
	const struct hint_form *form = figures_of(&s->world.map)->hints;
	uint64_t count = map_count(&s->world.map);
	struct hint_step list[STEPS];
	unsigned n = trial_steps(s, list, STEPS);
	struct sheet_table *t;
	struct column *bytes;

	if (!n)
		return;
	sheet_gap(out);
	sheet_title(out, "what make alone allocates, by its hint");
	t = put_table(out, form, "hint_steps", of_steps, STEP, IN_USE);
	bytes = &t->columns[STEP + form->nparts];
	bytes[0].name = bytes[0].title = "bytes";
	bytes[0].rank = 0;
	bytes[1].name = bytes[1].title = "objects";
	bytes[1].rank = 2;
	for (unsigned i = 0; i < n; i++) {
		struct row *r = table_row(t);

		r->role = list[i].from <= count && count <= list[i].to ? ROLE_VALUE : ROLE_TEXT;
		row_count(r, list[i].from);
		row_count(r, list[i].to);
		put_parts(r, &list[i].map, form->nparts);
		row_count(r, list[i].map.in_use.bytes);
		row_count(r, list[i].map.in_use.objects);
	}
}
