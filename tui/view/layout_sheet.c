/* SPDX-License-Identifier: MIT */
/* What a map's memory is made of, on two targets, as figures. */
#include <stdlib.h>

#include "model/engines/engines.h"
#include "model/base/mem.h"
#include "model/figures/pieces.h"
#include "model/map/classic/reading.h"
#include "tui/view/figures.h"

static const struct column both[] = {
	{ NULL, "of", NULL, .left = true },
	{ NULL, "field", NULL, .left = true },
	{ NULL, "type", NULL, .left = true },
	{ .title = "" }, { NULL, "size", NULL, .bold = true }, { .title = "padding" },
	{ .title = "" }, { NULL, "size", NULL, .bold = true }, { .title = "padding" },
};

static const struct column fields[] = {
	{ .field = "name" }, { .field = "type" }, { .field = "offset" },
	{ .field = "size" }, { .field = "padding" },
};

static void put_piece(struct row *r, const struct pieces p[2], size_t i)
{
	row_words(r, whole_name(p[0].list[i].whole));
	row_data(r, p[0].list[i].name);
	row_data(r, p[0].list[i].type);
	for (int k = 0; k < 2; k++) {
		const struct piece *at = &p[k].list[i];

		row_count(r, at->offset);
		row_count(r, at->size);
		if (at->padding)
			row_count(r, at->padding);
		else
			row_none(r);
	}
}

static void put_whole(struct row *r, const struct pieces p[2], enum whole w)
{
	r->total = true;
	row_words(r, whole_name(w));
	row_none(r);
	row_none(r);
	for (int k = 0; k < 2; k++) {
		row_none(r);
		row_count(r, p[k].sizes[w]);
		row_none(r);
	}
}

/* Both side by side, for documents. */
static void put_both(struct sheet *out, const struct maptype *const types[2],
	const struct pieces p[2])
{
	struct sheet_table *t = sheet_table(out, NULL, COLUMNS(both));
	char *titles[2];

	for (int k = 0; k < 2; k++) {
		titles[k] = xasprintf("%s: offset", types[k]->target->name);
		t->columns[3 + 3 * k].title = titles[k];
		sheet_keep(out, titles[k], free);
	}
	for (size_t i = 0; i < p[0].count; i++) {
		enum whole w = p[0].list[i].whole;

		put_piece(table_row(t), p, i);
		if (i + 1 == p[0].count || p[0].list[i + 1].whole != w)
			put_whole(table_row(t), p, w);
	}
}

static void put_fields(struct sheet *out, const struct pieces *p, enum whole whole)
{
	struct sheet_table *t;

	sheet_begin(out, whole_name(whole), false);
	sheet_count(out, "size", p->sizes[whole]);
	t = sheet_table(out, "fields", COLUMNS(fields));
	for (size_t i = 0; i < p->count; i++) {
		const struct piece *at = &p->list[i];
		struct row *r;

		if (at->whole != whole)
			continue;
		r = table_row(t);
		row_data(r, at->name);
		row_data(r, at->type);
		row_count(r, at->offset);
		row_count(r, at->size);
		row_count(r, at->padding);
	}
	sheet_end(out);
}

/* Each on its own, for programs. */
static void put_target(struct sheet *out, const struct maptype *t, const struct pieces *p)
{
	sheet_begin(out, NULL, false);
	sheet_data(out, "arch", t->target->name);
	sheet_count(out, "pair_bytes", maptype_pair_bytes(t));
	for (int w = 0; w < WHOLES; w++)
		if (p->sizes[w])
			put_fields(out, p, (enum whole)w);
	sheet_end(out);
}

/* A type may be too large for a target. */
bool layout_sheet(const struct present *now, struct sheet *out, struct error *err)
{
	const struct session *s = now->session;
	struct gotype_scope scope = session_scope(s);
	struct maptype *types[2];
	struct pieces p[2] = { 0 };
	struct error unused;

	for (int i = 0; i < 2; i++) {
		scope.target = session_layout(s, i);
		types[i] = maptype_new(s->world.map.type->asked, &scope, &unused);
		if (types[i])
			p[i] = pieces_make(types[i]);
	}
	sheet_begin(out, "layouts", true);
	for (int i = 0; i < 2; i++)
		if (types[i])
			put_target(out, types[i], &p[i]);
	sheet_end(out);
	if (types[0] && types[1])
		put_both(out, (const struct maptype *const[]){ types[0], types[1] }, p);
	for (int i = 0; i < 2; i++) {
		pieces_free(&p[i]);
		maptype_free(types[i]);
	}
	types_table(s, out)->who = FOR_JSON;
	(void)err;
	return true;
}
