/* SPDX-License-Identifier: MIT */
#include "model/source/loop.h"

#include <stdlib.h>
#include <string.h>

#include "model/base/json.h"
#include "model/base/mem.h"
#include "model/source/rebuild_parts.h"
#include "model/source/source_parts.h"

static void add_keys(const struct world *w, struct text *out)
{
	struct text key = { 0 };

	text_add(out, "\"keys\":[");
	for (uint64_t i = 0; i < w->map.loop.yielded; i++) {
		json_t *words;

		text_clear(&key);
		if (value_unknown(&w->heap, w->map.type->key, world_loop_key(w, i)))
			text_add(&key, SOURCE_UNKNOWN);
		else
			value_format(&w->heap, w->map.type->key, world_loop_key(w, i), &key, 0);
		words = json_words(text_str(&key));
		text_add(out, i ? "," : "");
		json_add_string(out, json_string_value(words));
		json_decref(words);
	}
	text_addc(out, ']');
	text_free(&key);
}

void loop_add_json(const struct world *w, struct text *out)
{
	const struct range_loop *l = &w->map.loop;

	text_addc(out, '{');
	part_of(w->map.type)->add_loop(&w->map, out);
	text_printf(out, "\"over\":%s,\"left\":%s,", l->over ? "true" : "false",
		l->left ? "true" : "false");
	add_keys(w, out);
	text_addc(out, '}');
}

/* Reading */

bool loop_read_part(struct reading *r, const struct members *fields, void *into, bool *there)
{
	uint64_t seen;

	return reading_or_null(r, PULL_OBJECT, "an object", there) &&
		(!*there || reading_members(r, fields, into, &seen));
}

static bool read_key(struct reading *r, uint64_t i, void *into)
{
	struct source_loop *l = into;

	l->keys = xroom(l->keys, &l->cap, i, sizeof *l->keys);
	if (!reading_string(r, &l->keys[i]))
		return false;
	l->count++;
	return true;
}

static bool read_keys(struct reading *r, void *into)
{
	return reading_list(r, read_key, &((struct snapshot_reading *)into)->s.loop);
}

static const struct member range_rows[] = {
	{ .name = "over", .kind = MEMBER_FLAG, .needed = true,
		.offset = offsetof(struct snapshot_reading, s.loop.over) },
	{ .name = "left", .kind = MEMBER_FLAG,
		.offset = offsetof(struct snapshot_reading, s.loop.left) },
	MEMBER_READ("keys", read_keys, true, "a list"),
};

bool loop_read(struct reading *r, void *into)
{
	struct snapshot_reading *x = into;
	const struct source_setting *set = snapshot_setting(r, x);
	struct members range = MEMBERS(range_rows);

	if (!set)
		return false;
	range.more = set->part->loop;
	return loop_read_part(r, &range, x, &x->s.loop.there);
}

void loop_free(struct source_loop *l)
{
	for (size_t i = 0; i < l->count; i++)
		free(l->keys[i]);
	free(l->keys);
	*l = (struct source_loop){ 0 };
}

/* Restoring */

/* The keys that came; false when one of them is not known. */
static bool restore_keys(const struct rebuilding *r)
{
	struct world *w = r->w;
	const struct source_loop *l = &r->snap->loop;
	const struct gotype *type = w->map.type->key;
	struct value_home home = { .heap = &w->heap, .declared = &r->snap->setting->declared };
	size_t size = (size_t)type->size;
	uint8_t *key = xmalloc(size);
	bool ok = true;

	for (size_t i = 0; ok && i < l->count; i++) {
		const char *at = l->keys[i];
		struct error unused;

		if (strcmp(at, SOURCE_UNKNOWN) == 0)
			ok = rebuild_unknown_key(r, key);
		else
			ok = value_parse(&home, type, &at, key, "key", &unused) && !*at;
		if (ok)
			world_add_loop_key(w, key);
	}
	free(key);
	return ok;
}

bool loop_restore(const struct rebuilding *r)
{
	struct world *w = r->w;
	const struct source_loop *l = &r->snap->loop;
	const struct snapshot_part *part = r->snap->setting->part;
	struct range_loop *loop = &w->map.loop;
	struct range_loop made = { .begun = true, .over = l->over, .left = l->left,
		.yielded = l->count, .order = w->order.used };
	bool done = l->over || l->left, placed;

	journal_save(&w->journal, loop, sizeof *loop);
	*loop = (struct range_loop){ 0 };
	if (!l->there)
		return true;
	placed = part->place_loop(r, &made);
	if (!(done || (l->stands && placed)) || !restore_keys(r))
		return done;
	*loop = made;
	return true;
}
