/* SPDX-License-Identifier: MIT */
/* What the map still reaches, found as the collector finds it: by following pointers. */
#include <stdlib.h>

#include "model/map_rules.h"
#include "model/mem.h"

/* An object of a key or elem that two slots may point to. */
struct seen {
	uint64_t addr, bytes;
};

struct walk {
	const struct map *m;
	struct account sum;
	struct seen *seen;
	size_t nseen, cap;
	bool check_seen;
};

static void count_object(struct walk *w, uint64_t size, bool pointers)
{
	const struct maptype *t = w->m->type;

	w->sum.objects++;
	w->sum.bytes += alloc_size(t->release, t->target->ptrsize, size, pointers);
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

static void count_pointer(struct walk *w, uint64_t addr, const struct gotype *type)
{
	uint64_t before = w->sum.bytes;

	if (!addr)
		return;
	count_object(w, type->size, type->pointers);
	if (w->check_seen) {
		w->seen = grow(w->seen, &w->cap, w->nseen, sizeof *w->seen);
		w->seen[w->nseen++] = (struct seen){ addr, w->sum.bytes - before };
	}
}

/* The objects of large keys and elems. Dead slots have their pointers cleared. */
static void count_slots(struct walk *w, uint64_t bucket)
{
	const struct map *m = w->m;
	const struct maptype *t = m->type;

	for (unsigned i = 0; i < SLOTS; i++) {
		if (t->indirect_key)
			count_pointer(w, map_load_word(m, bucket + t->keys + i * t->keysize), t->key);
		if (t->indirect_elem)
			count_pointer(w, map_load_word(m, bucket + t->elems + i * t->elemsize), t->elem);
	}
}

static void count_array(struct walk *w, bool old, unsigned B)
{
	const struct map *m = w->m;
	bool slots = m->type->indirect_key || m->type->indirect_elem;

	count_object(w, maptype_array_buckets(m->type, B) * m->type->bucketsize, m->type->pointers);
	if (!m->type->pointers)
		return;
	/*
	 * The collector scans the whole array, spare buckets included: one that ended up in the
	 * middle of a chain still leads on after the chain's first bucket was cut off.
	 */
	for (uint64_t i = 0; i < maptype_array_buckets(m->type, B); i++) {
		uint64_t addr = map_bucket(m, old, i);

		if (slots)
			count_slots(w, addr);
		while ((addr = map_overflow(m, addr)) != 0 && !is_spare(m, addr)) {
			count_object(w, m->type->bucketsize, true);
			if (slots)
				count_slots(w, addr);
		}
	}
}

/* A list of overflow buckets: its header, its array, and the buckets in it. */
static void count_list(struct walk *w, uint64_t list)
{
	const struct map *m = w->m;
	unsigned word = m->type->target->ptrsize;
	uint64_t data, len;

	if (!list)
		return;
	count_object(w, 3 * word, true);
	data = map_load_word(m, list);
	len = map_load_word(m, list + word);
	if (data)
		count_object(w, map_load_word(m, list + 2 * word) * word, true);
	for (uint64_t i = 0; i < len; i++)
		if (!is_spare(m, map_load_word(m, data + i * word)))
			count_object(w, m->type->bucketsize, false);
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
static void forget_repeated(struct walk *w)
{
	qsort(w->seen, w->nseen, sizeof *w->seen, by_address);
	for (size_t i = 1; i < w->nseen; i++) {
		if (w->seen[i].addr != w->seen[i - 1].addr)
			continue;
		w->sum.objects--;
		w->sum.bytes -= w->seen[i].bytes;
	}
}

struct account map_reached(const struct map *m)
{
	struct walk w = { .m = m };
	uint64_t extra;

	if (!m->hmap)
		return w.sum;
	count_object(&w, hmap_size(m->type->target), true);
	w.check_seen = map_growing(m);
	if (map_get(m, HMAP_BUCKETS))
		count_array(&w, false, (unsigned)map_get(m, HMAP_B));
	if (map_growing(m))
		count_array(&w, true, map_old_B(m));
	extra = map_get(m, HMAP_EXTRA);
	if (extra) {
		count_object(&w, extra_size(m->type->target), true);
		count_list(&w, map_get_extra(m, extra, EXTRA_OVERFLOW));
		count_list(&w, map_get_extra(m, extra, EXTRA_OLDOVERFLOW));
	}
	if (w.nseen > 1)
		forget_repeated(&w);
	free(w.seen);
	return w.sum;
}
