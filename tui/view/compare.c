/* SPDX-License-Identifier: MIT */
/* Types beside each other, each filled with the same number of entries. */
#include <stdlib.h>
#include <string.h>

#include "model/base/mem.h"
#include "model/map/engine.h"
#include "model/session/comparison.h"
#include "tui/view/figures.h"

enum { COLUMN_TYPE, COLUMN_UNIT = 4, TYPE_MOST = 44 };

static const struct column columns[] = {
	{ "type", "type", "type", .width = 12, .left = true, .role = ROLE_VALUE },
	{ .field = "smallest" },
	{ .title = "key", .field = "keysize" },
	{ .title = "elem", .field = "elemsize" },
	{ .title = "", .field = "" }, /* the design's unit */
	{ .title = "padding in a slot", .field = "padding" },
	{ "full", "an entry, full", "about_bytes_full", .rank = 3, .role = ROLE_VALUE },
	{ "typical", "typical", "about_bytes_typical", .rank = 3, .role = ROLE_VALUE },
	{ "leads to", "leads to", "pointee_bytes", .rank = 3, .role = ROLE_VALUE, .dots = true },
	{ "in use", "in use", "inuse_bytes", .rank = 2, .role = ROLE_VALUE },
	{ .title = "objects", .field = "inuse_objects" },
	{ .title = "allocated", .field = "alloc_bytes" },
	{ "led to", "led to", "led_to_bytes", .rank = 2, .role = ROLE_VALUE, .dots = true },
	{ "together", "together", "bytes_together", .rank = 1, .role = ROLE_VALUE, .bold = true },
	{ "each", "for each entry", "bytes_for_each_entry", .role = ROLE_VALUE },
	{ "more", "more than the smallest", NULL, .width = 9, .role = ROLE_VALUE },
	{ .title = "scanned by the collector", .field = "scanned" },
	{ .field = "error" },
};

enum { KNOWN_FROM = 2, FILLED_FROM = 9, FIGURES_END = 15 };

static void put_none(struct row *r, unsigned count)
{
	while (count-- > 0) {
		row_none(r);
		row_around(r, NULL, "–");
	}
}

/* What pointers lead to is part of an entry's cost. */
static void put_known(struct row *r, const struct compared *c)
{
	row_count(r, c->key);
	row_count(r, c->elem);
	row_count(r, c->unit);
	row_count(r, c->padding);
	row_real(r, c->full + (double)c->led_each, 1);
	row_real(r, c->typical + (double)c->led_each, 1);
	row_count(r, c->led_each);
	if (c->leads_on)
		row_around(r, NULL, "+");
}

static void put_filled(struct row *r, const struct compared *c, uint64_t entries)
{
	row_count(r, c->in_use.bytes);
	row_count(r, c->in_use.objects);
	row_count(r, c->allocated.bytes);
	row_count(r, c->led);
	if (c->leads_on)
		row_around(r, NULL, "+");
	row_count(r, c->together);
	if (entries)
		row_real(r, (double)c->together / (double)entries, 1);
	else
		row_none(r);
}

static void put_row(struct row *r, const struct comparison *all, const struct compared *c,
	const struct compared *least)
{
	bool smallest = least && c->filled && c->together == least->together;

	row_code(r, c->name);
	row_flag(r, smallest);
	if (c->known)
		put_known(r, c);
	else
		put_none(r, FILLED_FROM - KNOWN_FROM);
	if (c->filled)
		put_filled(r, c, all->entries);
	else
		put_none(r, FIGURES_END - FILLED_FROM);
	if (smallest)
		row_words(r, all->count > 1 ? "smallest" : "–");
	else if (c->filled && least->together)
		row_printf(r, "+%s%%", real_text(100.0 * ((double)c->together -
			(double)least->together) / (double)least->together, 1).s);
	else
		row_words(r, "–");
	if (c->known)
		row_flag(r, c->scanned);
	else
		row_none(r);
	if (c->filled)
		row_none(r);
	else
		row_data(r, c->why.msg);
	r->role = smallest ? ROLE_TITLE : ROLE_COUNT;
	r->total = smallest;
}

static void name_columns(const struct session *s, const struct comparison *c, struct sheet *out,
	struct sheet_table *t)
{
	const char *unit = s->world.map.type->engine->words.unit;
	char *field = xasprintf("%ssize", unit), *title = xasprintf("%s", unit);
	int most = 0;

	sheet_keep(out, field, free);
	sheet_keep(out, title, free);
	t->columns[COLUMN_UNIT].field = field;
	t->columns[COLUMN_UNIT].title = title;
	for (unsigned i = 0; i < c->count; i++)
		if ((int)strlen(c->rows[i].name) > most)
			most = (int)strlen(c->rows[i].name);
	t->columns[COLUMN_TYPE].width = (most > TYPE_MOST ? TYPE_MOST : most) + 1;
}

static void put_title(const struct session *s, const struct comparison *c, struct sheet *out)
{
	struct text hint = { 0 };

	if (c->hint)
		text_printf(&hint, ", each made with the hint %s", count_text(c->hint).s);
	sheet_title(out, "%s entries of each type%s: %s, Go %s, in bytes", count_text(c->entries).s,
		text_str(&hint), s->given.target->name, s->given.release->name);
	text_free(&hint);
}

static void put_refusals(const struct comparison *c, struct sheet *out)
{
	for (unsigned i = 0; i < c->count; i++)
		if (!c->rows[i].filled)
			text_printf(sheet_add_words(out, FOR_PEOPLE, 0, 2, ROLE_WARNING), "%s: %s",
				c->rows[i].name, c->rows[i].why.msg);
}

static void put_notes(const struct comparison *c, struct sheet *out)
{
	struct text *full = sheet_add_words(out, FOR_PEOPLE, 0, 0, ROLE_NOTE);
	bool leads_on = false;

	for (unsigned i = 0; i < c->count; i++)
		leads_on = leads_on || c->rows[i].leads_on;
	text_add(full, "Full, typical: an entry of a large map, before it grows and on the way "
		"there, with what its pointers lead to: a value of its own each.");
	if (leads_on)
		text_add(full, " A + behind that says that these lead on to what no type tells: "
			"strings, slices, maps.");
	sheet_words(out, FOR_PEOPLE, 0, 0, ROLE_NOTE, "In use: the map alone, filled with "
		"generated keys and zero elems. Led to: what keys and elems lead to, size classes "
		"included, where each pointer has a value of its own.");
}

bool compare_sheet(const struct present *now, struct sheet *out, struct error *err)
{
	struct session *s = now->session;
	const char *const *usual;
	unsigned count = types_usual(&usual);
	const struct comparison *c = session_comparison(s, usual, count, err);
	const struct compared *least;
	struct sheet_table *t;

	if (!c)
		return false;
	least = comparison_least(c);
	sheet_count(out, "entries", c->entries);
	sheet_count(out, "hint", c->hint);
	if (least)
		sheet_data(out, "smallest", least->name);
	put_title(s, c, out);
	t = sheet_table(out, "types", COLUMNS(columns));
	t->heads = ROLE_TITLE;
	name_columns(s, c, out, t);
	for (unsigned i = 0; i < c->count; i++)
		put_row(table_row(t), c, &c->rows[i], least);
	put_refusals(c, out);
	sheet_gap(out);
	put_notes(c, out);
	return true;
}
