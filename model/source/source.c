/* SPDX-License-Identifier: MIT */
#include "model/source/source.h"

#include <stdlib.h>
#include <string.h>

#include "model/base/mem.h"
#include "model/source/reading.h"

/* A field that may be missing, and then is as it was. */
static bool read_extra_number(
	struct reading *r, const json_t *object, const char *name, uint64_t *out)
{
	return !json_object_get(object, name) ||
		reading_number(r, object, name, 0, INT64_MAX, out);
}

/* Buckets */

static bool read_tophash(struct reading *r, const json_t *bucket, const uint8_t *raw)
{
	const json_t *list = reading_field(r, bucket, "tophash", JSON_ARRAY);
	size_t was = reading_enter(r, "tophash");
	bool ok = list != NULL;

	if (ok && json_array_size(list) != SLOTS)
		ok = reading_wrong(r, "%zu numbers: %d are expected", json_array_size(list), SLOTS);
	for (size_t i = 0; ok && i < SLOTS; i++) {
		const json_t *value = json_array_get(list, i);
		size_t here = reading_enter(r, "[%zu]", i);

		ok = reading_is(r, value, JSON_INTEGER);
		if (ok && json_integer_value(value) != raw[i])
			ok = reading_wrong(r,
				"%lld, and the raw byte is %u: they are the same byte",
				(long long)json_integer_value(value), raw[i]);
		reading_leave(r, here);
	}
	reading_leave(r, was);
	return ok;
}

static bool read_raw(struct reading *r, const json_t *bucket, uint8_t *raw)
{
	static const char *const what[] = { [BYTE_POINTER] = "pointers",
		[BYTE_PADDING] = "padding" };
	const json_t *value = reading_field(r, bucket, "raw", JSON_STRING);
	size_t was = reading_enter(r, "raw");
	bool ok = value && reading_bytes(r, json_string_value(value), raw, r->type->bucketsize);

	for (uint32_t i = 0; ok && i < r->type->bucketsize; i++)
		if (r->mask[i] != BYTE_DATA && raw[i])
			ok = reading_wrong(r, "byte %u is 0x%02x: %s are written as zeros", i,
				raw[i],
				what[r->mask[i]]);
	reading_leave(r, was);
	return ok;
}

static bool read_literals(struct reading *r, const json_t *bucket, const char *name,
	const uint8_t *raw, char **out)
{
	const json_t *list = reading_field(r, bucket, name, JSON_ARRAY);
	size_t was = reading_enter(r, "%s", name);
	bool ok = list != NULL;

	if (ok && json_array_size(list) != SLOTS)
		ok = reading_wrong(r, "%zu strings: %d are expected", json_array_size(list), SLOTS);
	for (size_t i = 0; ok && i < SLOTS; i++) {
		const json_t *value = json_array_get(list, i);
		bool live = raw[i] >= MIN_TOPHASH;
		size_t here = reading_enter(r, "[%zu]", i);

		ok = reading_is(r, value, JSON_STRING);
		if (ok && live != (json_string_length(value) > 0))
			ok = reading_wrong(r, "%s, and tophash %u says that the cell is %s",
				live ? "empty" : "a literal", raw[i], live ? "live" : "not live");
		if (ok && live)
			out[i] = xstrdup(json_string_value(value));
		reading_leave(r, here);
	}
	reading_leave(r, was);
	return ok;
}

static bool read_bucket(struct reading *r, const json_t *json, struct source_bucket *b)
{
	b->raw = xcalloc(1, r->type->bucketsize);
	return reading_is(r, json, JSON_OBJECT) && read_raw(r, json, b->raw) &&
		read_tophash(r, json, b->raw) && read_literals(r, json, "keys", b->raw, b->keys) &&
		read_literals(r, json, "elems", b->raw, b->elems);
}

static bool read_chain(struct reading *r, const json_t *json, struct source_chain *c)
{
	bool ok = reading_is(r, json, JSON_ARRAY);

	if (ok && json_array_size(json) == 0)
		ok = reading_wrong(r,
			"an empty list: a bucket is expected, then its overflow buckets");
	if (!ok)
		return false;
	c->buckets = xcalloc(json_array_size(json), sizeof *c->buckets);
	for (; ok && c->count < json_array_size(json);) {
		size_t was = reading_enter(r, "[%u]", c->count);
		struct source_bucket *b = &c->buckets[c->count];

		ok = read_bucket(r, json_array_get(json, c->count++), b);
		reading_leave(r, was);
	}
	return ok;
}

/* The list of one array, 2^B chains; null for a nil pointer. */
static bool read_array(struct reading *r, const json_t *snapshot, const char *name, uint64_t B,
	struct source_array *a)
{
	const json_t *list = json_object_get(snapshot, name);
	size_t was = reading_enter(r, "%s", name), n = json_array_size(list);
	bool ok = true;

	if (!list)
		ok = reading_wrong(r, "missing: a list of buckets or null is expected");
	else if (!json_is_array(list) && !json_is_null(list))
		ok = reading_wrong(r, "%s: a list of buckets or null is expected",
			json_word(json_typeof(list)));
	else if (json_is_array(list) && (B > 40 || n != 1ull << B))
		ok = reading_wrong(r, "%zu buckets: B says that there are 2^%llu", n,
			(unsigned long long)B);
	if (ok && json_is_array(list)) {
		a->there = true;
		a->chains = xcalloc(n, sizeof *a->chains);
	}
	for (; ok && a->count < n;) {
		size_t here = reading_enter(r, "[%llu]", (unsigned long long)a->count);
		struct source_chain *c = &a->chains[a->count];

		ok = read_chain(r, json_array_get(list, a->count++), c);
		a->overflow += c->count ? c->count - 1 : 0;
		reading_leave(r, here);
	}
	reading_leave(r, was);
	return ok;
}

/* Snapshots */

static bool read_arrays(struct reading *r, const json_t *json, struct source_snapshot *s)
{
	bool same = s->flags & FLAG_SAME_SIZE, growing;

	if (!read_array(r, json, "buckets", s->B, &s->arrays[0]))
		return false;
	if (!s->arrays[0].there && s->B > 0)
		return reading_wrong(r, "buckets is null, and B is %llu: only with B 0 it can be",
			(unsigned long long)s->B);
	growing = json_is_array(json_object_get(json, "oldbuckets"));
	if (growing && !s->arrays[0].there)
		return reading_wrong(r,
			"buckets is null, and oldbuckets is not: it has nowhere to grow to");
	if (growing && s->B == 0 && !same)
		return reading_wrong(r,
			"B is 0, and oldbuckets is not null: it can only have doubled");
	return read_array(r, json, "oldbuckets", growing ? s->B - !same : 0, &s->arrays[1]);
}

/* The first free spare bucket must be one of the array; whether it is a spare one is a law. */
static bool check_next(struct reading *r, const struct source_snapshot *s)
{
	uint64_t all = s->arrays[0].there ? maptype_array_buckets(r->type, (unsigned)s->B) : 0;

	if (s->next_overflow < 0)
		return true;
	if (!s->extra)
		return reading_wrong(r,
			"next_overflow is %lld, and extra is false: it lies in there",
			(long long)s->next_overflow);
	if ((uint64_t)s->next_overflow < all)
		return true;
	return reading_wrong(r,
		"next_overflow is %lld: the array has %llu buckets, spare ones included",
		(long long)s->next_overflow, (unsigned long long)all);
}

static bool read_header(struct reading *r, const json_t *json, struct source_snapshot *s)
{
	uint64_t most = word_mask(r->type->target) >> 1, next;
	const json_t *extra;

	if (!reading_number(r, json, "count", 0, most, &s->count) ||
		!reading_number(r, json, "flags", 0, UINT8_MAX, &s->flags) ||
		!reading_number(r, json, "B", 0, UINT8_MAX, &s->B) ||
		!reading_number(r, json, "noverflow", 0, UINT16_MAX, &s->noverflow) ||
		!reading_hex(r, json, "hash0", 8, &s->hash0) ||
		!reading_number(r, json, "nevacuate", 0, word_mask(r->type->target),
			&s->nevacuate) ||
		!reading_number(r, json, "next_overflow", -1, INT64_MAX, &next) ||
		!read_extra_number(r, json, "old_next_overflow", &s->old_next_overflow))
		return false;
	s->next_overflow = (int64_t)next;
	extra = reading_field(r, json, "extra", JSON_TRUE);
	s->extra = json_is_true(extra);
	return extra != NULL;
}

/* Objects and their bytes, both or neither. */
static bool read_account(struct reading *r, const json_t *json, const char *objects,
	const char *bytes, bool *there, struct account *out)
{
	*there = json_object_get(json, objects) || json_object_get(json, bytes);
	return !*there || (reading_number(r, json, objects, 0, INT64_MAX, &out->objects) &&
				  reading_number(r, json, bytes, 0, INT64_MAX, &out->bytes));
}

static bool read_title(struct reading *r, const json_t *json, struct source_snapshot *s)
{
	const json_t *title = reading_field(r, json, "title", JSON_STRING), *caption = NULL;

	if (!title)
		return false;
	s->title = xstrdup(json_string_value(title));
	if (!json_object_get(json, "caption"))
		return true;
	caption = reading_field(r, json, "caption", JSON_STRING);
	s->caption = caption ? xstrdup(json_string_value(caption)) : NULL;
	return caption != NULL;
}

static bool read_seeds(struct reading *r, const json_t *json, struct source_snapshot *s)
{
	const json_t *list = reading_field(r, json, "seeds", JSON_ARRAY);
	size_t n = json_array_size(list);

	if (!list)
		return false;
	if (n > RANDOM_QUEUE)
		return reading_wrong(r, "seeds: %zu are too many: %d at most", n, RANDOM_QUEUE);
	s->seeds = xcalloc(n, sizeof *s->seeds);
	for (; s->nseeds < n; s->nseeds++) {
		const json_t *value = json_array_get(list, s->nseeds);
		json_int_t seed = json_integer_value(value);

		if (!json_is_integer(value) || seed < 0 || seed > UINT32_MAX)
			return reading_wrong(r, "seeds[%zu]: a number from 0 to %u is expected",
				s->nseeds,
				UINT32_MAX);
		s->seeds[s->nseeds] = (uint32_t)seed;
	}
	return true;
}

static bool read_chance(struct reading *r, const json_t *json, struct source_snapshot *s)
{
	s->has_random = json_object_get(json, "random") != NULL;
	return (!s->has_random || reading_hex(r, json, "random", 16, &s->random)) &&
		(!json_object_get(json, "seeds") || read_seeds(r, json, s));
}

static bool read_snapshot(struct reading *r, const json_t *json, struct source_snapshot *s)
{
	bool unused;

	return reading_is(r, json, JSON_OBJECT) && read_title(r, json, s) && read_header(r, json,
		s) &&
		read_account(r, json, "alloc_objects", "alloc_bytes", &s->has_allocated,
			&s->allocated) &&
		read_account(r, json, "inuse_objects", "inuse_bytes", &s->has_in_use,
			&s->in_use) &&
		read_account(r, json, "freed_objects", "freed_bytes", &unused, &s->freed) &&
		read_chance(r, json, s) && read_arrays(r, json, s) && check_next(r, s) &&
		loop_read(r, json, &s->loop);
}

static bool read_list(struct reading *r, const json_t *all, struct source *src)
{
	const json_t *list = reading_field(r, all, "snapshots", JSON_ARRAY);
	size_t n = json_array_size(list);
	bool ok = true;

	if (!list)
		return false;
	if (n == 0)
		return reading_wrong(r, "snapshots: an empty list: one at least is expected");
	src->list = xcalloc(n, sizeof *src->list);
	while (ok && src->count < n) {
		size_t was = reading_enter(r, "snapshots[%zu]", src->count);
		struct source_snapshot *s = &src->list[src->count];

		ok = read_snapshot(r, json_array_get(list, src->count++), s);
		reading_leave(r, was);
	}
	return ok;
}

/* The document */

/* A field that, where it is given, has one value only. */
static bool check_word(struct reading *r, const json_t *all, const char *name, const char *want)
{
	const json_t *value = json_object_get(all, name);

	if (!value)
		return true;
	if (!reading_field(r, all, name, JSON_STRING))
		return false;
	return strcmp(json_string_value(value), want) == 0 ||
		reading_wrong(r, "%s is \"%.40s\": \"%s\" is expected", name,
			json_string_value(value), want);
}

static bool read_target(struct reading *r, const json_t *all, struct source *src)
{
	const json_t *arch = reading_field(r, all, "arch", JSON_STRING);
	const json_t *go = arch ? reading_field(r, all, "go", JSON_STRING) : NULL;
	const json_t *type = go ? reading_field(r, all, "type", JSON_STRING) : NULL;

	if (!type)
		return false;
	src->target = target_find(json_string_value(arch), r->err);
	src->release = src->target ? release_find(json_string_value(go), r->err) : NULL;
	if (src->release)
		src->type = maptype_new(json_string_value(type), src->target, src->release, r->err);
	return src->type || fail_in(r->err, "%.160s", r->name);
}

/* The hash function and its key; without them a map can be looked at, not worked on. */
static bool read_hash(struct reading *r, const json_t *all, struct source *src)
{
	const json_t *hash, *key;
	const char *name;
	size_t was;
	bool ok;

	if (!json_object_get(all, "hash") || !json_object_get(all, "hashkey"))
		return true;
	hash = reading_field(r, all, "hash", JSON_STRING);
	key = hash ? reading_field(r, all, "hashkey", JSON_STRING) : NULL;
	if (!key)
		return false;
	name = json_string_value(hash);
	src->family = strcmp(name, "aes") == 0 ? HASH_AES : HASH_WYHASH;
	if (src->family == HASH_WYHASH && strcmp(name, "wyhash") != 0)
		return reading_wrong(r, "hash is \"%.40s\": \"aes\" or \"wyhash\" is expected",
			name);
	if (src->family == HASH_AES && !src->target->aes)
		return reading_wrong(r, "hash is \"aes\", and on %s only \"wyhash\" is modelled",
			src->target->name);
	src->hashkey_size = target_hashkey_size(src->target, src->family);
	was = reading_enter(r, "hashkey");
	ok = reading_bytes(r, json_string_value(key), src->hashkey, src->hashkey_size);
	reading_leave(r, was);
	src->hashed = true;
	return ok;
}

/* What follows from the type is compared with it where it is given. */
static bool check_size(struct reading *r, const json_t *all, const char *name, uint32_t want)
{
	uint64_t n = want;

	return read_extra_number(r, all, name, &n) &&
		(n == want || reading_wrong(r, "%s is %llu: a %.60s on %s has %u", name,
				      (unsigned long long)n, r->type->type->name,
				      r->type->target->name, want));
}

static bool read_document(struct reading *r, const json_t *all, struct source *src)
{
	if (!json_is_object(all))
		return reading_wrong(r, "%s: an object in the format " READING_FORMAT
			" is expected",
			json_word(json_typeof(all)));
	if (!json_object_get(all, "format") && !json_object_get(all, "engine") &&
		!json_object_get(all, "arch") && !json_object_get(all, "snapshots"))
		return reading_wrong(r, "no snapshot file: \"format\": \"" READING_FORMAT
			"\" is expected");
	if (!check_word(r, all, "format", READING_FORMAT) ||
		!check_word(r, all, "engine", "classic") || !read_target(r, all, src))
		return false;
	r->type = src->type;
	r->mask = xmalloc(src->type->bucketsize);
	maptype_bucket_bytes(src->type, r->mask);
	return read_hash(r, all, src) && check_size(r, all, "keysize", r->type->keysize) &&
		check_size(r, all, "elemsize", r->type->elemsize) &&
		check_size(r, all, "bucketsize", r->type->bucketsize) && read_list(r, all, src);
}

struct source *source_read(FILE *in, const char *name, struct error *err)
{
	struct reading r = { .name = name, .err = err };
	json_t *all = reading_document(in, name, err);
	struct source *src;

	if (!all)
		return NULL;
	src = xcalloc(1, sizeof *src);
	src->name = xstrdup(name);
	if (!read_document(&r, all, src)) {
		source_free(src);
		src = NULL;
	}
	json_decref(all);
	free(r.mask);
	text_free(&r.where);
	return src;
}

static void free_bucket(struct source_bucket *b)
{
	free(b->raw);
	for (unsigned i = 0; i < SLOTS; i++) {
		free(b->keys[i]);
		free(b->elems[i]);
	}
}

static void free_array(struct source_array *a)
{
	for (uint64_t i = 0; i < a->count; i++) {
		for (uint32_t k = 0; k < a->chains[i].count; k++)
			free_bucket(&a->chains[i].buckets[k]);
		free(a->chains[i].buckets);
	}
	free(a->chains);
}

void source_free(struct source *src)
{
	if (!src)
		return;
	for (size_t i = 0; i < src->count; i++) {
		free(src->list[i].title);
		free(src->list[i].caption);
		free(src->list[i].seeds);
		loop_free(&src->list[i].loop);
		free_array(&src->list[i].arrays[0]);
		free_array(&src->list[i].arrays[1]);
	}
	free(src->list);
	maptype_free(src->type);
	free(src->name);
	free(src);
}

void source_place(struct text *out, size_t snapshot, bool old, uint64_t bucket, uint32_t chain)
{
	text_printf(out, "snapshots[%zu].%s[%llu][%u]", snapshot, old ? "oldbuckets" : "buckets",
		(unsigned long long)bucket, chain);
}
