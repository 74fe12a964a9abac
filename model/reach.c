/* SPDX-License-Identifier: MIT */
/* What the map still reaches, found as the collector finds it: by following pointers. */
#include "model/reach.h"

#include <stdlib.h>

#include "model/mem.h"

/* An object of a key or elem that two slots may point to. */
struct seen {
	uint64_t addr;
	enum object_kind kind;
};

struct walk {
	const struct map *m;
	const struct reach *r;
	struct seen *seen;
	size_t nseen, cap;
	bool check_seen;
};

static void meet_object(
	struct walk *w, enum object_kind kind, bool old, uint64_t size, bool pointers)
{
	const struct maptype *t = w->m->type;

	w->r->object(w->r->data, kind, old, size,
		alloc_size(t->release, t->target->ptrsize, size, pointers));
}

static void meet_bucket(struct walk *w, uint64_t addr, bool old, enum bucket_use use)
{
	if (w->r->bucket)
		w->r->bucket(w->r->data, addr, old, use);
}

static bool inside(const struct map *m, uint64_t addr, uint64_t array, unsigned B)
{
	uint64_t bytes = maptype_array_buckets(m->type, B) * m->type->bucketsize;

	return array && addr >= array && addr < array + bytes;
}

/* Whether an overflow bucket is one of an array's spare ones rather than an object of its own. */
static bool is_spare(const struct map *m, uint64_t addr)
{
	if (inside(m, addr, map_get(m, HMAP_BUCKETS), (unsigned)map_get(m, HMAP_B)))
		return true;
	return map_growing(m) && inside(m, addr, map_get(m, HMAP_OLDBUCKETS), map_old_B(m));
}

static unsigned array_B(const struct map *m, bool old)
{
	return old ? map_old_B(m) : (unsigned)map_get(m, HMAP_B);
}

/*
 * Spare buckets of the old array are taken in their order, but nobody remembers up to where. One
 * that was taken is in a chain, or its chain was evacuated and cut off: then it has marks.
 */
static uint64_t used_old_buckets(const struct map *m)
{
	unsigned B = map_old_B(m);
	uint64_t all = maptype_array_buckets(m->type, B), used = 1ull << B;
	uint64_t array = map_get(m, HMAP_OLDBUCKETS);

	for (uint64_t i = all; i > used; i--)
		if (map_evacuated(m, map_bucket(m, true, i - 1)))
			used = i;
	for (uint64_t i = 0; i < used; i++) {
		uint64_t addr = map_bucket(m, true, i);

		while ((addr = map_overflow(m, addr)) != 0) {
			uint64_t n = (addr - array) / m->type->bucketsize + 1;

			if (!inside(m, addr, array, B))
				continue;
			if (n > used)
				used = n;
			break; /* it has its own turn */
		}
	}
	return used;
}

uint64_t map_used_buckets(const struct map *m, bool old)
{
	int64_t next;

	if (old)
		return used_old_buckets(m);
	next = map_next_overflow(m);
	return next >= 0 ? (uint64_t)next
			 : maptype_array_buckets(m->type, (unsigned)map_get(m, HMAP_B));
}

/* While growing, objects are met at the end: two slots may hold the same one. */
static void meet_pointer(struct walk *w, uint64_t addr, enum object_kind kind)
{
	const struct gotype *type = kind == OBJECT_KEY ? w->m->type->key : w->m->type->elem;

	if (!addr)
		return;
	if (!w->check_seen) {
		meet_object(w, kind, false, type->size, type->pointers);
		return;
	}
	w->seen = grow(w->seen, &w->cap, w->nseen, sizeof *w->seen);
	w->seen[w->nseen++] = (struct seen){ addr, kind };
}

/* The objects of large keys and elems. Dead slots have their pointers cleared. */
static void meet_slots(struct walk *w, uint64_t bucket)
{
	const struct map *m = w->m;
	const struct maptype *t = m->type;

	for (unsigned i = 0; i < SLOTS; i++) {
		if (t->indirect_key)
			meet_pointer(w, map_load_word(m, bucket + t->keys + i * t->keysize),
				OBJECT_KEY);
		if (t->indirect_elem)
			meet_pointer(w, map_load_word(m, bucket + t->elems + i * t->elemsize),
				OBJECT_ELEM);
	}
}

/*
 * The collector scans the whole array, spare buckets included: one that ended up in the middle
 * of a chain still leads on after the chain's first bucket was cut off.
 */
static void follow_array(struct walk *w, bool old)
{
	const struct map *m = w->m;
	bool slots = m->type->indirect_key || m->type->indirect_elem;
	unsigned B = array_B(m, old);

	for (uint64_t i = 0; i < maptype_array_buckets(m->type, B); i++) {
		uint64_t addr = map_bucket(m, old, i);

		if (slots)
			meet_slots(w, addr);
		while ((addr = map_overflow(m, addr)) != 0 && !is_spare(m, addr)) {
			meet_object(w, OBJECT_OVERFLOW, old, m->type->bucketsize, true);
			meet_bucket(w, addr, old, BUCKET_LINKED);
			if (slots)
				meet_slots(w, addr);
		}
	}
}

static void walk_array(struct walk *w, bool old)
{
	const struct map *m = w->m;
	unsigned B = array_B(m, old);
	uint64_t all = maptype_array_buckets(m->type, B), used;

	meet_object(w, OBJECT_BUCKETS, old, all * m->type->bucketsize, m->type->pointers);
	if (m->type->pointers)
		follow_array(w, old);
	if (!w->r->bucket)
		return;
	used = map_used_buckets(m, old);
	for (uint64_t i = 0; i < all; i++)
		meet_bucket(w, map_bucket(m, old, i), old,
			i < 1ull << B ? BUCKET_MAIN : i < used ? BUCKET_LINKED : BUCKET_SPARE);
}

/* A list of overflow buckets: its header, its array, and the buckets in it. */
static void walk_list(struct walk *w, uint64_t list, bool old)
{
	const struct map *m = w->m;
	unsigned word = m->type->target->ptrsize;
	uint64_t data, len;

	if (!list)
		return;
	meet_object(w, OBJECT_LIST_HEAD, old, 3 * word, true);
	data = map_load_word(m, list);
	len = map_load_word(m, list + word);
	if (data)
		meet_object(w, OBJECT_LIST, old, map_load_word(m, list + 2 * word) * word, true);
	for (uint64_t i = 0; i < len; i++) {
		uint64_t addr = map_load_word(m, data + i * word);

		if (is_spare(m, addr))
			continue;
		meet_object(w, OBJECT_OVERFLOW, old, m->type->bucketsize, false);
		meet_bucket(w, addr, old, BUCKET_LINKED);
	}
}

static int by_address(const void *a, const void *b)
{
	const struct seen *x = a, *y = b;

	return x->addr < y->addr ? -1 : x->addr > y->addr;
}

/*
 * Where evacuated cells were not cleared (an old iterator, buckets behind a spare one), a key's
 * object is pointed to from the old array and from the new one: it counts once.
 */
static void meet_seen(struct walk *w)
{
	w->check_seen = false;
	if (w->nseen > 1)
		qsort(w->seen, w->nseen, sizeof *w->seen, by_address);
	for (size_t i = 0; i < w->nseen; i++)
		if (i == 0 || w->seen[i].addr != w->seen[i - 1].addr)
			meet_pointer(w, w->seen[i].addr, w->seen[i].kind);
	free(w->seen);
}

void map_reach(const struct map *m, const struct reach *r)
{
	struct walk w = { .m = m, .r = r };
	uint64_t extra;

	if (!m->hmap)
		return;
	meet_object(&w, OBJECT_HMAP, false, hmap_size(m->type->target), true);
	w.check_seen = map_growing(m);
	if (map_get(m, HMAP_BUCKETS))
		walk_array(&w, false);
	if (map_growing(m))
		walk_array(&w, true);
	extra = map_get(m, HMAP_EXTRA);
	if (extra) {
		meet_object(&w, OBJECT_EXTRA, false, extra_size(m->type->target), true);
		walk_list(&w, map_get_extra(m, extra, EXTRA_OVERFLOW), false);
		walk_list(&w, map_get_extra(m, extra, EXTRA_OLDOVERFLOW), true);
	}
	meet_seen(&w);
}

static void add_object(void *data, enum object_kind kind, bool old, uint64_t size, uint64_t taken)
{
	struct account *sum = data;

	(void)kind;
	(void)old;
	(void)size;
	sum->objects++;
	sum->bytes += taken;
}

struct account map_reached(const struct map *m)
{
	struct account sum = { 0 };
	struct reach r = { .object = add_object, .data = &sum };

	map_reach(m, &r);
	return sum;
}
