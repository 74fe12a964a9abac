/* SPDX-License-Identifier: MIT */
#include "tui/maps/profiled.h"

#include <inttypes.h>
#include <string.h>

#include "model/engines/engines.h"
#include "tui/maps/maps_parts.h"

static const struct column columns[] = {
	{ "in use", "in use", "in_use_bytes", .width = 11, .gap = 1, .role = ROLE_VALUE },
	{ "\u00b1", "\u00b1", "in_use_error", .width = 10, .gap = 1, .rank = 2,
		.role = ROLE_VALUE },
	{ "objects", "objects", "in_use_objects", .width = 8, .gap = 1, .rank = 3,
		.role = ROLE_VALUE },
	{ "allocated", "allocated", "allocated_bytes", .width = 11, .gap = 1, .rank = 1,
		.role = ROLE_VALUE },
	{ .field = "allocated_error" },
	{ .field = "allocated_objects" },
	{ "", NULL, NULL, .width = 1, .left = true },
	{ "line", "line", NULL, .role = ROLE_KEY, .left = true },
	{ NULL, "type", "type", .left = true },
	{ NULL, "function", "function", .left = true },
	{ .field = "file" },
	{ .field = "line" },
	{ NULL, "calls", "call", .left = true },
	{ "who", NULL, NULL, .role = ROLE_TEXT, .left = true, .below = true },
	{ "holds", "what it is", "holds", .role = ROLE_NOTE, .left = true, .below = true },
	{ "hint", "hint", "hint", .role = ROLE_NOTE, .left = true, .below = true },
	{ "hinted", "with a hint", "hinted", .role = ROLE_NOTE, .left = true, .below = true },
};

/* "main.go:26 map[int]int", and who calls what there. */
static void put_place(const struct profile_line *l, struct row *r)
{
	text_printf(row_add(r, FIGURE_DATA), "%s:%" PRIu64 " %s", basename(l->spot->file),
		l->spot->line, l->type ? l->type : "");
}

static void put_who(const struct profile_line *l, struct row *r)
{
	struct text *t = row_add(r, FIGURE_DATA);

	text_printf(t, "in %s", l->spot->function);
	if (l->call.function)
		text_printf(t, ", by %s", l->call.function);
}

static void make_row(void *data, size_t i, struct row *r)
{
	const struct profile *p = data;
	const struct profile_line *l = &p->lines[i];

	row_count(r, l->use.bytes);
	row_count(r, profile_error(&l->use));
	row_count(r, l->use.objects);
	row_count(r, l->alloc.bytes);
	row_count(r, profile_error(&l->alloc));
	row_count(r, l->alloc.objects);
	row_none(r);
	put_place(l, r);
	row_data(r, l->type);
	row_data(r, l->spot->function);
	row_data(r, l->spot->file);
	row_count(r, l->spot->line);
	row_data(r, l->call.function);
	put_who(l, r);
	row_words(r, l->holds);
	row_words(r, l->hint);
	row_words(r, l->hinted);
}

static const struct column size_columns[] = {
	{ .field = "of_line" }, { .field = "size" }, { .field = "in_use_objects" },
	{ .field = "allocated_objects" }, { .field = "what" }, { .field = "units" },
	{ .field = "entries_least" }, { .field = "entries_most" },
};

static void put_sizes(const struct profile *p, struct sheet *s)
{
	struct sheet_table *t = sheet_table(s, "sizes", size_columns,
		sizeof size_columns / sizeof *size_columns);
	const char *unit = p->has_program ?
		engine_of(p->program.program.release)->words.all : NULL;

	t->who = FOR_JSON;
	for (size_t i = 0; i < p->nlines; i++)
		for (size_t k = 0; k < p->lines[i].nsizes; k++) {
			const struct profile_size *one = &p->lines[i].sizes[k];
			struct row *r = table_row(t);

			row_count(r, i);
			row_count(r, one->size);
			row_count(r, one->use.objects);
			row_count(r, one->alloc.objects);
			row_words(r, one->units ? unit : one->what);
			row_count(r, one->units);
			row_count(r, one->least);
			row_count(r, one->most);
		}
}

static void put_amount(struct sheet *s, const char *field, const struct profile_amount *a)
{
	sheet_begin(s, field, false);
	sheet_count(s, "bytes", a->bytes);
	sheet_count(s, "error", profile_error(a));
	sheet_count(s, "objects", a->objects);
	sheet_end(s);
}

static void put_facts(const struct profile *p, const char *name, struct sheet *s)
{
	sheet_data(s, "format", "hmapview-profile/1");
	sheet_data(s, "profile", name);
	maps_put_program(s, p->has_program ? &p->program.program : NULL);
	sheet_count(s, "period", p->file.period);
	put_amount(s, "in_use", &p->use);
	put_amount(s, "allocated", &p->alloc);
	if (p->has_program) {
		put_amount(s, "maps_in_use", &p->maps_use);
		put_amount(s, "maps_allocated", &p->maps_alloc);
	} else {
		sheet_null(s, "maps_in_use");
		sheet_null(s, "maps_allocated");
	}
}

static void add_part(struct text *t, const struct profile_amount *maps,
	const struct profile_amount *all)
{
	text_printf(t, "%s \u00b1 %s (%.0f%%) of %s bytes", count_text(maps->bytes).s,
		count_text(profile_error(maps)).s,
		all->bytes ? 100.0 * (double)maps->bytes / (double)all->bytes : 0.0,
		count_text(all->bytes).s);
}

static void put_head(const struct profile *p, const char *name, struct sheet *s)
{
	struct text *t = sheet_add_line(s, FOR_PEOPLE, ROLE_TITLE, true);

	text_add(t, name);
	if (p->has_program) {
		text_add(t, " of ");
		maps_add_program(&p->program.program, t);
	}
	t = sheet_add_words(s, FOR_PEOPLE, 0, 2, ROLE_TEXT);
	if (p->has_program) {
		text_add(t, "Map memory is ");
		add_part(t, &p->maps_use, &p->use);
		text_add(t, " in use, and ");
		add_part(t, &p->maps_alloc, &p->alloc);
		text_printf(t, " allocated, at %s lines.", count_text(p->nlines).s);
	} else {
		text_printf(t, "%s bytes are in use. What of it is map memory the profile alone "
			"does not tell, as the runtime's frames are not in it: the program does, "
			"with --exe PROGRAM (%s). These are all lines.",
			count_text(p->use.bytes).s, p->missing);
	}
	if (p->file.period > 1)
		text_printf(sheet_add_words(s, FOR_PEOPLE, 0, 2, ROLE_TEXT),
			"One allocation for about each %s bytes is counted: \u00b1 is two standard "
			"errors of that, within which 95 of 100 figures are right.",
			count_text(p->file.period).s);
	sheet_gap(s);
}

struct sheet *profiled_sheet(const struct profile *p, const char *name)
{
	struct sheet *s = sheet_new();

	put_head(p, name, s);
	put_facts(p, name, s);
	sheet_rows(s, "lines", columns, sizeof columns / sizeof *columns, p->nlines, make_row,
		(void *)p);
	put_sizes(p, s);
	return s;
}
