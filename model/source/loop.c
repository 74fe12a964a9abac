/* SPDX-License-Identifier: MIT */
#include "model/source/loop.h"

#include <stdlib.h>
#include <string.h>

#include "model/base/json.h"
#include "model/base/mem.h"
#include "model/source/snapshot.h"

static const char *const arrays[] = { "buckets", "oldbuckets" };

/* Which of the map's arrays that is; false when it is none of them any more. */
static bool find_array(const struct map *m, uint64_t array, bool *old)
{
	*old = array == map_get(m, HMAP_OLDBUCKETS);
	return array && (*old || array == map_get(m, HMAP_BUCKETS));
}

/* The bucket so far down a chain; 0 past its end. */
static uint64_t down_chain(const struct map *m, uint64_t addr, uint64_t chain)
{
	for (; addr && chain > 0; chain--)
		addr = map_overflow(m, addr);
	return addr;
}

/* The bucket that a loop is in. NULL when no chain leads there. */
static json_t *at_json(const struct map *m)
{
	const struct range_loop *l = &m->loop;
	bool old;

	if (!l->at.addr)
		return json_null();
	if (!find_array(m, l->array, &old) ||
		down_chain(m, map_bucket(m, old, l->at.bucket), l->at.chain) != l->at.addr)
		return NULL;
	return json_pack("{s:s, s:I, s:i, s:i}", "array", arrays[old], "bucket",
		(json_int_t)l->at.bucket, "chain", (int)l->at.chain, "done", (int)l->i);
}

static json_t *stands_json(const struct map *m)
{
	const struct range_loop *l = &m->loop;
	json_t *at;
	bool old;

	if (l->over || l->left || !find_array(m, l->buckets, &old))
		return json_null();
	at = at_json(m);
	return at ? json_pack("{s:s, s:I, s:b, s:o}", "array", arrays[old], "next",
			    (json_int_t)l->bucket, "wrapped", l->wrapped, "at", at)
		  : json_null();
}

json_t *loop_json(const struct session *s)
{
	const struct range_loop *l = &s->map.loop;
	json_t *keys = json_array();
	struct text text = { 0 };

	for (uint64_t i = 0; i < l->yielded; i++) {
		text_clear(&text);
		value_format(s->map.heap, s->map.type->key, session_loop_key(s, i), &text, 0);
		json_array_append_new(keys, json_words(text_str(&text)));
	}
	text_free(&text);
	return json_pack("{s:I, s:i, s:b, s:b, s:o, s:o}", "bucket", (json_int_t)l->start, "slot",
		(int)l->offset, "over", l->over, "left", l->left, "keys", keys, "stands",
		stands_json(&s->map));
}

/* Reading */

static bool read_flag(struct reading *r, const json_t *object, const char *name, bool *out)
{
	const json_t *value = reading_field(r, object, name, JSON_TRUE);

	*out = json_is_true(value);
	return value != NULL;
}

static bool read_array(struct reading *r, const json_t *object, bool *old)
{
	const json_t *name = reading_field(r, object, "array", JSON_STRING);
	const char *s = json_string_value(name);

	if (!name)
		return false;
	*old = strcmp(s, arrays[1]) == 0;
	return *old || strcmp(s, arrays[0]) == 0 ||
		reading_wrong(r, "array is \"%.40s\": \"buckets\" or \"oldbuckets\" is expected",
			s);
}

static bool read_keys(struct reading *r, const json_t *range, struct source_loop *l)
{
	const json_t *list = reading_field(r, range, "keys", JSON_ARRAY);
	size_t was = reading_enter(r, "keys");
	bool ok = list != NULL;

	l->keys = xcalloc(json_array_size(list), sizeof *l->keys);
	while (ok && l->count < json_array_size(list)) {
		const json_t *key = json_array_get(list, l->count);
		size_t here = reading_enter(r, "[%zu]", l->count);

		ok = reading_is(r, key, JSON_STRING);
		if (ok)
			l->keys[l->count++] = xstrdup(json_string_value(key));
		reading_leave(r, here);
	}
	reading_leave(r, was);
	return ok;
}

static bool read_at(struct reading *r, const json_t *stands, struct source_loop *l)
{
	const json_t *at = json_object_get(stands, "at");
	size_t was = reading_enter(r, "at");
	bool ok = true;

	l->inside = at && !json_is_null(at);
	if (l->inside)
		ok = reading_is(r, at, JSON_OBJECT) && read_array(r, at, &l->at_old) &&
			reading_number(r, at, "bucket", 0, INT64_MAX, &l->at_bucket) &&
			reading_number(r, at, "chain", 0, UINT32_MAX, &l->chain) &&
			reading_number(r, at, "done", 0, SLOTS, &l->done);
	reading_leave(r, was);
	return ok;
}

static bool read_stands(struct reading *r, const json_t *range, struct source_loop *l)
{
	const json_t *stands = json_object_get(range, "stands");
	size_t was = reading_enter(r, "stands");
	bool ok = true;

	l->stands = stands && !json_is_null(stands);
	if (l->stands)
		ok = reading_is(r, stands, JSON_OBJECT) && read_array(r, stands, &l->old) &&
			reading_number(r, stands, "next", 0, INT64_MAX, &l->next) &&
			read_flag(r, stands, "wrapped", &l->wrapped) && read_at(r, stands, l);
	reading_leave(r, was);
	return ok;
}

bool loop_read(struct reading *r, const json_t *snapshot, struct source_loop *l)
{
	const json_t *range = json_object_get(snapshot, "range");
	size_t was;
	bool ok;

	*l = (struct source_loop){ .there = range && !json_is_null(range) };
	if (!l->there)
		return true;
	was = reading_enter(r, "range");
	ok = reading_is(r, range, JSON_OBJECT) &&
		reading_number(r, range, "bucket", 0, INT64_MAX, &l->bucket) &&
		reading_number(r, range, "slot", 0, SLOTS - 1, &l->slot) &&
		read_flag(r, range, "over", &l->over) &&
		(!json_object_get(range, "left") || read_flag(r, range, "left", &l->left)) &&
		read_keys(r, range, l) && read_stands(r, range, l);
	reading_leave(r, was);
	return ok;
}

void loop_free(struct source_loop *l)
{
	for (size_t i = 0; i < l->count; i++)
		free(l->keys[i]);
	free(l->keys);
	*l = (struct source_loop){ 0 };
}

/* Restoring */

/*
 * Whether it will look at evacuated cells whose keys are not known: where the keys have pointers,
 * a snapshot does not show what they were.
 */
static bool walks_stale_keys(const struct map *m, const struct source_loop *l)
{
	if (!m->type->key->pointers && !m->type->indirect_key)
		return false;
	return l->old || (l->inside && l->at_old &&
				 map_evacuated(m, map_bucket(m, true, l->at_bucket)));
}

/* Its place in the map that is there; false when there is no such place. */
static bool place(const struct map *m, const struct source_loop *l, struct range_loop *out)
{
	uint64_t array = map_get(m, l->old ? HMAP_OLDBUCKETS : HMAP_BUCKETS);
	uint64_t within = map_get(m, l->at_old ? HMAP_OLDBUCKETS : HMAP_BUCKETS);
	unsigned B = l->old ? map_old_B(m) : (unsigned)map_get(m, HMAP_B);
	unsigned at_B = l->at_old ? map_old_B(m) : (unsigned)map_get(m, HMAP_B);

	if (!array || l->bucket >> B || l->next >> B)
		return false;
	out->buckets = array;
	out->bucket = l->next;
	out->wrapped = l->wrapped;
	out->B = (uint8_t)B;
	if (!l->inside)
		return !walks_stale_keys(m, l);
	if (!within || l->at_bucket >> at_B)
		return false;
	if (walks_stale_keys(m, l))
		return false;
	out->array = within;
	out->i = (uint8_t)l->done;
	out->at = (struct place){ .bucket = l->at_bucket, .chain = (uint32_t)l->chain,
		.addr = down_chain(m, map_bucket(m, l->at_old, l->at_bucket), l->chain) };
	/* In an old bucket that waits, only what goes to the bucket whose turn it is comes. */
	out->check = array == within ? UINT64_MAX : (l->next - 1) & ((1ull << B) - 1);
	return out->at.addr != 0;
}

/* The keys that came; false when one of them is not known. */
static bool restore_keys(struct session *s, const struct source_loop *l)
{
	const struct gotype *type = s->map.type->key;
	struct value_home home = { .heap = &s->heap };
	size_t size = (size_t)type->size;
	uint8_t *key = xmalloc(size);
	bool ok = true;

	for (size_t i = 0; ok && i < l->count; i++) {
		const char *at = l->keys[i];
		struct error unused;

		ok = value_parse(&home, type, &at, key, "key", &unused) && !*at;
		if (ok)
			session_add_loop_key(s, key);
	}
	free(key);
	return ok;
}

bool loop_restore(struct session *s, const struct source_loop *l)
{
	struct range_loop *loop = &s->map.loop;
	struct range_loop made = { .begun = true, .over = l->over, .left = l->left,
		.start = l->bucket, .offset = (uint8_t)l->slot, .check = UINT64_MAX,
		.yielded = l->count, .order = s->order.used };
	bool done = l->over || l->left;

	journal_save(&s->journal, loop, sizeof *loop);
	*loop = (struct range_loop){ 0 };
	if (!l->there)
		return true;
	if (!(done || (l->stands && place(&s->map, l, &made))) || !restore_keys(s, l))
		return done;
	*loop = made;
	return true;
}
