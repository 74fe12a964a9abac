/* SPDX-License-Identifier: MIT */
/* What the map still reaches, found as the collector finds it: by following pointers. */
#include "model/map/classic/reach.h"

#include "model/map/classic/classic.h"
#include "model/map/classic/object.h"
#include "model/map/classic/reading.h"
#include "model/map/classic/strays.h"
#include "model/target/sizeclass.h"

struct walk {
	const struct map *m;
	const struct reach *r;
	struct strays strays;
};

static void meet_object(
	struct walk *w, enum object_kind kind, bool old, uint64_t size, bool pointers)
{
	const struct maptype *t = w->m->type;

	w->r->object(w->r->data, kind, old, size,
		alloc_size(t->release, t->target->ptrsize, size, pointers));
}

static bool inside(const struct map *m, uint64_t addr, uint64_t array, unsigned B)
{
	uint64_t bytes = maptype_array_buckets(m->type, B) * m->type->unit.size;

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
			uint64_t n = (addr - array) / m->type->unit.size + 1;

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

static void meet_large(struct walk *w, bool elem)
{
	const struct gotype *type = elem ? w->m->type->elem : w->m->type->key;

	meet_object(w, elem ? OBJECT_ELEM : OBJECT_KEY, false, type->size, type->pointers);
}

/* What an evacuated slot points to is met at the end: another slot may hold the same. */
static void meet_pointer(struct walk *w, uint64_t addr, bool elem, bool old, uint8_t top)
{
	if (!addr)
		return;
	if (old && !tophash_empty(top) && top < MIN_TOPHASH) {
		strays_add(&w->strays, addr, elem);
		return;
	}
	strays_set_present(&w->strays, addr, true);
	meet_large(w, elem);
}

/* The objects of large keys and elems. Dead slots have their pointers cleared. */
static void meet_slots(struct walk *w, uint64_t bucket, bool old)
{
	const struct map *m = w->m;
	const struct maptype *t = m->type;
	const uint8_t *tops = map_at(m, bucket);

	for (unsigned i = 0; i < SLOTS; i++) {
		if (t->indirect_key)
			meet_pointer(w, map_load_word(m, bucket + unit_key(&t->unit, i)), false,
				old, tops[i]);
		if (t->indirect_elem)
			meet_pointer(w, map_load_word(m, bucket + unit_elem(&t->unit, i)),
				true, old, tops[i]);
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
			meet_slots(w, addr, old);
		while ((addr = map_overflow(m, addr)) != 0 && !is_spare(m, addr)) {
			meet_object(w, OBJECT_OVERFLOW, old, m->type->unit.size, true);
			if (slots)
				meet_slots(w, addr, old);
		}
	}
}

static void meet_array(struct walk *w, bool old)
{
	const struct maptype *t = w->m->type;

	if (!map_on_stack(w->m, map_get(w->m, old ? HMAP_OLDBUCKETS : HMAP_BUCKETS)))
		meet_object(w, OBJECT_BUCKETS, old, maptype_array_buckets(t,
			array_B(w->m, old)) * t->unit.size, t->pointers);
}

/* A list of overflow buckets: its header and its array. */
static void meet_list(struct walk *w, uint64_t list, bool old)
{
	unsigned word = w->m->type->target->ptrsize;

	if (!list)
		return;
	meet_object(w, OBJECT_LIST_HEAD, old, 3 * word, true);
	if (map_load_word(w->m, list))
		meet_object(w, OBJECT_LIST, old, map_load_word(w->m, list + 2 * word) * word, true);
}

/* The buckets in it: those of a map without pointers are reached by this alone. */
static void follow_list(struct walk *w, uint64_t list, bool old)
{
	const struct map *m = w->m;
	unsigned word = m->type->target->ptrsize;
	uint64_t data = list ? map_load_word(m, list) : 0;
	uint64_t len = list ? map_load_word(m, list + word) : 0;

	for (uint64_t i = 0; i < len; i++)
		if (!is_spare(m, map_load_word(m, data + i * word)))
			meet_object(w, OBJECT_OVERFLOW, old, m->type->unit.size, false);
}

static uint64_t list_of(const struct map *m, bool old)
{
	uint64_t extra = map_get(m, HMAP_EXTRA);

	return extra ? map_get_extra(m, extra, old ? EXTRA_OLDOVERFLOW : EXTRA_OVERFLOW) : 0;
}

static void meet_frame(struct walk *w)
{
	const struct map *m = w->m;

	if (!map_on_stack(m, m->header))
		meet_object(w, OBJECT_HMAP, false, hmap_size(m->type->release, m->type->target),
			true);
	if (map_get(m, HMAP_BUCKETS))
		meet_array(w, false);
	if (map_growing(m))
		meet_array(w, true);
	if (map_get(m, HMAP_EXTRA))
		meet_object(w, OBJECT_EXTRA, false, extra_size(m->type->target), true);
	meet_list(w, list_of(m, false), false);
	meet_list(w, list_of(m, true), true);
}

void map_reach_frame(const struct map *m, const struct reach *r)
{
	struct walk w = { .m = m, .r = r };

	if (m->header)
		meet_frame(&w);
}

static void follow_all(struct walk *w)
{
	const struct map *m = w->m;

	if (!m->type->pointers) {
		follow_list(w, list_of(m, false), false);
		follow_list(w, list_of(m, true), true);
		return;
	}
	if (map_growing(m))
		follow_array(w, true);
	if (map_get(m, HMAP_BUCKETS))
		follow_array(w, false);
}

/* Maps without pointers are walked in no time, others bucket by bucket. */
static void map_reach(const struct map *m, const struct reach *r)
{
	struct walk w = { .m = m, .r = r };

	if (!m->header)
		return;
	meet_frame(&w);
	follow_all(&w);
	for (int elem = 0; elem < 2; elem++)
		for (uint64_t i = 0; i < w.strays.lone[elem]; i++)
			meet_large(&w, elem);
	strays_free(&w.strays);
}

static void add_object(void *data, unsigned kind, bool old, uint64_t size, uint64_t taken)
{
	struct account *sum = data;

	(void)kind;
	(void)old;
	(void)size;
	sum->objects++;
	sum->bytes += taken;
}

struct account classic_reached(const struct map *m)
{
	struct account sum = { 0 };
	struct reach r = { .object = add_object, .data = &sum };

	map_reach(m, &r);
	return sum;
}
