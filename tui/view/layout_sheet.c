/* SPDX-License-Identifier: MIT */
/* What a map's memory is made of, on two targets, as figures. */
#include <stdlib.h>

#include "model/engines/engines.h"
#include "model/base/mem.h"
#include "model/figures/pieces.h"
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

static void put_piece(struct row *r, const struct pieces p[2], const struct whole *w, size_t i)
{
	row_words(r, w->name);
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

static void put_whole(struct row *r, const struct pieces p[2], unsigned w)
{
	r->total = true;
	row_words(r, p[0].wholes[w].name);
	row_none(r);
	row_none(r);
	for (int k = 0; k < 2; k++) {
		row_none(r);
		row_count(r, p[k].wholes[w].size);
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
	for (unsigned k = 0; k < p[0].nwholes; k++) {
		const struct whole *w = &p[0].wholes[k];

		for (size_t i = w->first; i < w->first + w->count; i++)
			put_piece(table_row(t), p, w, i);
		put_whole(table_row(t), p, k);
	}
}

static void put_fields(struct sheet *out, const struct pieces *p, const struct whole *w)
{
	struct sheet_table *t;

	sheet_begin(out, w->name, false);
	sheet_count(out, "size", w->size);
	t = sheet_table(out, "fields", COLUMNS(fields));
	for (size_t i = w->first; i < w->first + w->count; i++) {
		const struct piece *at = &p->list[i];
		struct row *r = table_row(t);

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
	sheet_count(out, p->other_field, p->other);
	for (unsigned i = 0; i < p->nwholes; i++)
		put_fields(out, p, &p->wholes[i]);
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
			p[i] = pieces_make(types[i], 0);
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
