/* SPDX-License-Identifier: MIT */
#include "tui/maps/linted.h"

#include "model/engines/engines.h"
#include "tui/maps/maps_parts.h"

static const struct column columns[] = {
	{ "key", "key", "key", .width = 6, .gap = 1, .rank = 3, .role = ROLE_VALUE },
	{ "elem", "elem", "elem", .width = 6, .gap = 1, .rank = 3, .role = ROLE_VALUE },
	{ "unit", "unit", "unit", .width = 6, .gap = 1, .rank = 4, .role = ROLE_VALUE },
	{ "padding", "padding", "padding", .width = 8, .gap = 1, .rank = 2, .role = ROLE_VALUE },
	{ "full", "full", "about_bytes_full", .width = 7, .gap = 1, .role = ROLE_VALUE },
	{ "typical", "typical", "about_bytes_typical", .width = 8, .gap = 1, .rank = 1,
		.role = ROLE_VALUE },
	{ "", NULL, NULL, .width = 1, .left = true },
	{ "type", "type", "type", .role = ROLE_KEY, .left = true },
	{ "says", "what to know", "says", .role = ROLE_NOTE, .left = true, .below = true },
};

enum { FIGURES = 6 };

static void make_row(void *data, size_t i, struct row *r)
{
	const struct lint *lint = data;
	const struct lint_type *t = &lint->list[i];

	if (t->laid_out) {
		row_count(r, t->slots.key);
		row_count(r, t->slots.elem);
		row_count(r, t->slots.unit);
		row_count(r, t->slots.padding);
		row_real(r, t->slots.full, 1);
		row_real(r, t->slots.typical, 1);
	}
	for (unsigned k = 0; k < FIGURES && !t->laid_out; k++)
		row_none(r);
	row_none(r);
	row_data(r, t->name);
	row_words(r, t->says ? t->says : "");
}

struct sheet *linted_sheet(const struct lint *lint, const struct live *l)
{
	struct sheet *s = sheet_new();

	maps_add_program(&l->program, sheet_add_line(s, FOR_PEOPLE, ROLE_TITLE, true));
	text_printf(sheet_add_words(s, FOR_PEOPLE, 0, 0, ROLE_TEXT), "%zu map types under Go %s, "
		"in bytes: of a key and an elem; of a %s of 8 slots; of padding in each slot; "
		"about, of an entry of a large map that is full, and of a typical one",
		lint->count, lint->release->name, engine_of(lint->release)->words.unit);
	sheet_gap(s);
	sheet_data(s, "format", "hmapview-lint/1");
	maps_put_program(s, &l->program);
	sheet_data(s, "release", lint->release->name);
	sheet_rows(s, "types", columns, sizeof columns / sizeof *columns, lint->count, make_row,
		(void *)lint);
	return s;
}
