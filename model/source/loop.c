/* SPDX-License-Identifier: MIT */
#include "model/source/loop.h"

#include <stdlib.h>
#include <string.h>

#include "model/base/json.h"
#include "model/base/mem.h"
#include "model/map/classic/reading.h"

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

	if (!l->classic.at.addr)
		return json_null();
	if (!find_array(m, l->classic.array, &old) ||
		down_chain(m, map_bucket(m, old, l->classic.at.unit), l->classic.at.link) != l->classic.at.addr)
		return NULL;
	return json_pack("{s:s, s:I, s:i, s:i}", "array", arrays[old], "bucket",
		(json_int_t)l->classic.at.unit, "chain", (int)l->classic.at.link, "done", (int)l->classic.i);
}

static json_t *stands_json(const struct map *m)
{
	const struct range_loop *l = &m->loop;
	json_t *at;
	bool old;

	if (l->over || l->left || !find_array(m, l->classic.buckets, &old))
		return json_null();
	at = at_json(m);
	if (!at)
		return json_null();
	at = json_pack("{s:s, s:I, s:b, s:o}", "array", arrays[old], "next",
		(json_int_t)l->classic.bucket, "wrapped", l->classic.wrapped, "at", at);
	if (m->type->release->counts_clears)
		json_object_set_new(at, "clearseq", json_integer((json_int_t)l->classic.clears));
	return at;
}

json_t *loop_keys_json(const struct world *w)
{
	const struct range_loop *l = &w->map.loop;
	json_t *keys = json_array();
	struct text text = { 0 };

	for (uint64_t i = 0; i < l->yielded; i++) {
		text_clear(&text);
		value_format(w->map.heap, w->map.type->key, world_loop_key(w, i),
			&text, 0);
		json_array_append_new(keys, json_words(text_str(&text)));
	}
	text_free(&text);
	return keys;
}

json_t *loop_json(const struct world *w)
{
	const struct range_loop *l = &w->map.loop;
	json_t *keys = loop_keys_json(w);

	return json_pack("{s:I, s:i, s:b, s:b, s:o, s:o}", "bucket", (json_int_t)l->classic.start, "slot",
		(int)l->classic.offset, "over", l->over, "left", l->left, "keys", keys, "stands",
		stands_json(&w->map));
}

/* Reading */

/* Which array it is, by its name. */
static bool read_array(struct reading *r, bool *old)
{
	const char *s;

	if (!reading_value(r, PULL_STRING))
		return false;
	s = text_str(&r->pull->text);
	*old = strcmp(s, arrays[1]) == 0;
	return *old || strcmp(s, arrays[0]) == 0 ||
		reading_wrong(r, "\"%.40s\": \"buckets\" or \"oldbuckets\" is expected", s);
}

static bool read_walked(struct reading *r, void *into)
{
	return read_array(r, &((struct source_loop *)into)->old);
}

static bool read_inside(struct reading *r, void *into)
{
	return read_array(r, &((struct source_loop *)into)->at_old);
}

#define NUMBER(word, f, to) \
	{ .name = word, .kind = MEMBER_NUMBER, .needed = true, .most = to, \
		.offset = offsetof(struct source_loop, f) }
#define FLAG(word, f, must) \
	{ .name = word, .kind = MEMBER_FLAG, .needed = must, \
		.offset = offsetof(struct source_loop, f) }
#define OTHER(word, function, must, words) \
	{ .name = word, .kind = MEMBER_OTHER, .needed = must, .read = function, .want = words }
#define TABLE(rows) { rows, sizeof rows / sizeof rows[0], NULL }

static const struct member at_rows[] = {
	OTHER("array", read_inside, true, "a string"),
	NUMBER("bucket", at_bucket, INT64_MAX),
	NUMBER("chain", chain, UINT32_MAX),
	NUMBER("done", done, SLOTS),
};
static const struct members at_members = TABLE(at_rows);

/* An object, or null when there is none. */
static bool read_part(struct reading *r, const struct members *fields, void *into, bool *there)
{
	uint64_t seen;

	return reading_or_null(r, PULL_OBJECT, "an object", there) &&
		(!*there || reading_members(r, fields, into, &seen));
}

static bool read_at(struct reading *r, void *into)
{
	struct source_loop *l = into;

	return read_part(r, &at_members, l, &l->inside);
}

static const struct member stands_rows[] = {
	OTHER("array", read_walked, true, "a string"),
	NUMBER("next", next, INT64_MAX),
	FLAG("wrapped", wrapped, true),
	OTHER("at", read_at, false, NULL),
	{ .name = "clearseq", .kind = MEMBER_NUMBER, .most = INT64_MAX,
		.offset = offsetof(struct source_loop, clears) },
};
static const struct members stands_members = TABLE(stands_rows);

static bool read_stands(struct reading *r, void *into)
{
	struct source_loop *l = into;

	return read_part(r, &stands_members, l, &l->stands);
}

static bool read_keys(struct reading *r, void *into)
{
	struct source_loop *l = into;
	bool more;

	if (!reading_value(r, PULL_LIST))
		return false;
	for (;;) {

		if (!pull_item(r->pull, &more))
			return false;
		if (!more)
			return true;
		reading_enter_item(r, l->count);
		l->keys = grow(l->keys, &l->cap, l->count, sizeof *l->keys);
		if (!reading_string(r, &l->keys[l->count]))
			return false;
		l->count++;
		reading_leave(r);
	}
}

static const struct member range_rows[] = {
	NUMBER("bucket", bucket, INT64_MAX),
	NUMBER("slot", slot, SLOTS - 1),
	FLAG("over", over, true),
	FLAG("left", left, false),
	OTHER("keys", read_keys, true, "a list"),
	OTHER("stands", read_stands, false, NULL),
};
static const struct members range_members = TABLE(range_rows);

bool loop_read(struct reading *r, struct source_loop *l)
{
	return read_part(r, &range_members, l, &l->there);
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
	out->classic.buckets = array;
	out->classic.bucket = l->next;
	out->classic.clears = l->clears;
	out->classic.wrapped = l->wrapped;
	out->classic.B = (uint8_t)B;
	if (!l->inside)
		return !walks_stale_keys(m, l);
	if (!within || l->at_bucket >> at_B)
		return false;
	if (walks_stale_keys(m, l))
		return false;
	out->classic.array = within;
	out->classic.i = (uint8_t)l->done;
	out->classic.at = (struct place){ .unit = l->at_bucket, .link = (uint32_t)l->chain,
		.addr = down_chain(m, map_bucket(m, l->at_old, l->at_bucket), l->chain) };
	/* In an old bucket that waits, only what goes to the bucket whose turn it is comes. */
	out->classic.check = array == within ? UINT64_MAX : (l->next - 1) & ((1ull << B) - 1);
	return out->classic.at.addr != 0;
}

/* The keys that came; false when one of them is not known. */
static bool restore_keys(struct world *w, const struct source_loop *l)
{
	const struct gotype *type = w->map.type->key;
	struct value_home home = { .heap = &w->heap };
	size_t size = (size_t)type->size;
	uint8_t *key = xmalloc(size);
	bool ok = true;

	for (size_t i = 0; ok && i < l->count; i++) {
		const char *at = l->keys[i];
		struct error unused;

		ok = value_parse(&home, type, &at, key, "key", &unused) && !*at;
		if (ok)
			world_add_loop_key(w, key);
	}
	free(key);
	return ok;
}

bool loop_restore(struct world *w, const struct source_loop *l)
{
	struct range_loop *loop = &w->map.loop;
	struct range_loop made = { .begun = true, .over = l->over, .left = l->left,
		.classic.start = l->bucket, .classic.offset = (uint8_t)l->slot, .classic.check = UINT64_MAX,
		.yielded = l->count, .order = w->order.used };
	bool done = l->over || l->left;

	journal_save(&w->journal, loop, sizeof *loop);
	*loop = (struct range_loop){ 0 };
	if (!l->there)
		return true;
	if (!(done || (l->stands && place(&w->map, l, &made))) || !restore_keys(w, l))
		return done;
	*loop = made;
	return true;
}
