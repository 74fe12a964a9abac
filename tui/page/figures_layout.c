/* SPDX-License-Identifier: MIT */
/* What a map's memory is made of, on two targets; and a table of types. */
#include "model/engines/engines.h"
#include "model/figures/pieces.h"
#include "model/map/classic/reading.h"
#include "tui/page/figures.h"
#include "tui/view/types.h"

static json_int_t number(uint64_t n)
{
	return (json_int_t)n;
}

static json_t *target_json(const struct type_row *row)
{
	return json_pack("{s:I, s:I, s:I, s:I, s:f, s:f}", "keysize", (json_int_t)row->keysize,
		"elemsize", (json_int_t)row->elemsize, "bucketsize", (json_int_t)row->bucketsize,
		"padding", number(row->padding), "about_bytes_full", row->full,
		"about_bytes_typical", row->typical);
}

/* Bucket size, padding and bytes for each entry of types, the map's own first. */
static json_t *types_json(const struct session *s)
{
	json_t *types = json_array();
	const char *name;

	for (unsigned i = 0; (name = types_name(s, i)) != NULL; i++) {
		json_t *type = json_pack("{s:s}", "type", name);
		struct type_row row;

		for (unsigned k = 0; k < TYPE_TARGETS; k++)
			if (types_row(s, name, k, &row))
				json_object_set_new(type, row.target, target_json(&row));
		json_array_append_new(types, type);
	}
	return types;
}

/* One of the lists: the fields of a struct, or of a bucket. */
static json_t *whole_json(const struct pieces *p, enum whole whole)
{
	json_t *fields = json_array();

	for (size_t i = 0; i < p->count; i++) {
		const struct piece *at = &p->list[i];

		if (at->whole == whole)
			json_array_append_new(fields, json_pack("{s:s, s:s, s:I, s:I, s:I}",
				"name", at->name, "type", at->type, "offset", number(at->offset),
				"size", number(at->size), "padding", number(at->padding)));
	}
	return json_pack("{s:I, s:o}", "size", number(p->sizes[whole]), "fields", fields);
}

/* NULL with err filled where a type is too large for the target. */
static json_t *layout_json(const struct session *s, const struct target *target, struct error *err)
{
	struct maptype *t = maptype_new(s->world.map.type->asked, target, s->given.release, err);
	json_t *layout;
	struct pieces p;

	if (!t)
		return NULL;
	p = pieces_make(t);
	layout = json_pack("{s:s, s:I}", "arch", target->name, "pair_bytes",
		number(maptype_pair_bytes(t)));
	for (int w = 0; w < WHOLES; w++)
		if (p.sizes[w])
			json_object_set_new(layout, whole_name((enum whole)w),
				whole_json(&p, (enum whole)w));
	pieces_free(&p);
	maptype_free(t);
	return layout;
}

bool figures_layout(struct session *s, json_t *to, struct error *err)
{
	json_t *layouts = json_array();

	for (int i = 0; i < 2; i++) {
		json_t *layout = layout_json(s, session_layout(s, i), err);

		if (layout)
			json_array_append_new(layouts, layout);
	}
	json_object_set_new(to, "layouts", layouts);
	json_object_set_new(to, "types", types_json(s));
	return true;
}
