/* SPDX-License-Identifier: MIT */
/* Making, looking up, clearing and ranging over a map; and the reading of its memory. */
#include "model/map_rules.h"

uint64_t map_alloc(struct map *m, enum object_kind kind, uint64_t size, bool pointers,
	struct error *err)
{
	const struct maptype *t = m->type;
	uint64_t addr = heap_alloc(m->heap, size, pointers, err);

	if (addr)
		note(m, TRACE_ALLOC, addr, alloc_size(t->release, t->target->ptrsize, size, pointers),
			kind, 0);
	return addr;
}

void map_draw_hash0(struct map *m)
{
	uint32_t hash0 = random_hash0(m->random);

	map_set(m, HMAP_HASH0, hash0);
	note(m, TRACE_HASH0, hash0, 0, 0, 0);
}

bool map_make(struct map *m, uint64_t hint, struct error *err)
{
	const struct maptype *t = m->type;
	unsigned B = maptype_hint_B(t, hint);
	uint64_t buckets, next, extra, hmap;
	bool ignored = hint > SLOTS && B == 0;

	if (B && !heap_has_room(m->heap, maptype_array_bytes(t, B), err))
		return fail_in(err, "hint %llu", (unsigned long long)hint);
	hmap = map_alloc(m, OBJECT_HMAP, hmap_size(t->target), true, err);
	if (!hmap)
		return false;
	save(m, &m->hmap, sizeof m->hmap);
	m->hmap = hmap;
	map_draw_hash0(m);
	map_set(m, HMAP_B, B);
	if (B > 0) {
		if (!make_bucket_array(m, B, &buckets, &next, err))
			return false;
		map_set(m, HMAP_BUCKETS, buckets);
		if (next) {
			extra = need_extra(m, err);
			if (!extra)
				return false;
			map_set_extra(m, extra, EXTRA_NEXTOVERFLOW, next);
		}
	}
	note(m, TRACE_MAKE, hmap, hint, B, ignored);
	return true;
}

bool map_key_equal(const struct map *m, const uint8_t *slot_key, const uint8_t *key)
{
	switch (m->type->path) {
	case PATH_FAST32:
	case PATH_FAST32PTR:
		return memcmp(slot_key, key, 4) == 0;
	case PATH_FAST64:
	case PATH_FAST64PTR:
		return memcmp(slot_key, key, 8) == 0;
	default:
		return value_equal(m->heap, m->type->key, key, slot_key);
	}
}

const uint8_t *map_key(const struct map *m, uint64_t bucket, unsigned slot)
{
	uint64_t at = bucket + m->type->keys + slot * m->type->keysize;

	return map_at(m, m->type->indirect_key ? map_load_word(m, at) : at);
}

const uint8_t *map_elem(const struct map *m, uint64_t bucket, unsigned slot)
{
	uint64_t at = bucket + m->type->elems + slot * m->type->elemsize;

	return map_at(m, m->type->indirect_elem ? map_load_word(m, at) : at);
}

uint64_t map_hash_noted(struct map *m, const uint8_t *key)
{
	uint64_t hash = map_hash(m, key);
	unsigned B = (unsigned)map_get(m, HMAP_B);

	if (m->trace)
		note(m, TRACE_HASH, hash, hash & ((1ull << B) - 1),
			tophash_of(m->type->target, hash), B);
	return hash;
}

bool map_find(struct map *m, struct place *at, const uint8_t *key, uint8_t top)
{
	for (; at->addr; at->addr = map_overflow(m, at->addr), at->chain++) {
		const uint8_t *tops = map_at(m, at->addr);

		note_at(m, TRACE_VISIT, at, 0, 0);
		for (unsigned i = 0; i < SLOTS; i++) {
			bool equal;

			if (tops[i] != top) {
				if (tops[i] == EMPTY_REST)
					return false;
				continue;
			}
			at->slot = i;
			equal = map_key_equal(m, map_key(m, at->addr, i), key);
			note_at(m, TRACE_COMPARE, at, 0, equal);
			if (equal)
				return true;
		}
	}
	return false;
}

bool map_lookup(struct map *m, const uint8_t *key, struct place *where)
{
	uint64_t hash, index;

	*where = (struct place){ 0 };
	if (!m->hmap || map_get(m, HMAP_COUNT) == 0) {
		note(m, TRACE_MISS, 0, 0, 0, 0);
		return false;
	}
	hash = map_hash_noted(m, key);
	index = hash & ((1ull << map_get(m, HMAP_B)) - 1);
	where->bucket = index;
	where->addr = map_bucket(m, false, index);
	/* While growing, an old bucket that was not evacuated yet still holds the keys. */
	if (map_growing(m)) {
		uint64_t old_index = hash & ((1ull << map_old_B(m)) - 1);
		uint64_t old = map_bucket(m, true, old_index);

		if (!map_evacuated(m, old))
			*where = (struct place){ .old = true, .bucket = old_index, .addr = old };
	}
	if (map_find(m, where, key, tophash_of(m->type->target, hash))) {
		note_at(m, TRACE_FOUND, where, 0, 0);
		return true;
	}
	note(m, TRACE_MISS, 0, 0, 0, 0);
	return false;
}

/* The arrays of a growth under way are given up; the present one is zeroed in place. */
void map_clear(struct map *m)
{
	const struct maptype *t = m->type;
	uint64_t count, extra, buckets, next, keep = FLAG_SAME_SIZE;
	unsigned B;

	if (!m->hmap || map_get(m, HMAP_COUNT) == 0) {
		note(m, TRACE_CLEAR, 0, 0, 0, 0);
		return;
	}
	count = map_get(m, HMAP_COUNT);
	extra = map_get(m, HMAP_EXTRA);
	buckets = map_get(m, HMAP_BUCKETS);
	B = (unsigned)map_get(m, HMAP_B);
	map_set(m, HMAP_FLAGS, map_get(m, HMAP_FLAGS) & ~keep);
	map_set(m, HMAP_OLDBUCKETS, 0);
	map_set(m, HMAP_NEVACUATE, 0);
	map_set(m, HMAP_NOVERFLOW, 0);
	map_set(m, HMAP_COUNT, 0);
	map_draw_hash0(m);
	if (extra)
		put_zeros(m, map_at(m, extra), extra_size(t->target));
	put_zeros(m, map_at(m, buckets), maptype_array_buckets(t, B) * t->bucketsize);
	lay_out_spares(m, B, buckets, &next);
	if (next)
		map_set_extra(m, extra, EXTRA_NEXTOVERFLOW, next);
	note(m, TRACE_CLEAR, count, 0, 0, 0);
}

bool map_range(struct map *m, struct error *err)
{
	unsigned flags = FLAG_ITERATOR | FLAG_OLD_ITERATOR, B;
	uint64_t draw;

	if (!m->hmap || map_get(m, HMAP_COUNT) == 0) {
		note(m, TRACE_RANGE, 0, 0, 0, 1);
		return true;
	}
	/* The iterator keeps the lists of overflow buckets, so they must be there. */
	if (!m->type->pointers && !create_overflow_lists(m, err))
		return false;
	B = (unsigned)map_get(m, HMAP_B);
	draw = random_next(m->random);
	if (B > 31 - 3)
		draw |= (uint64_t)random_next(m->random) << 32;
	if ((map_get(m, HMAP_FLAGS) & flags) != flags)
		map_set(m, HMAP_FLAGS, map_get(m, HMAP_FLAGS) | flags);
	note(m, TRACE_RANGE, draw & ((1ull << B) - 1), draw >> B & (SLOTS - 1), flags, 0);
	return true;
}

void map_prefetch(const struct map *m, const uint8_t *key)
{
	uint64_t hash = map_hash(m, key);
	const uint8_t *b = map_at(m, map_bucket(m, false, hash & ((1ull << map_get(m, HMAP_B)) - 1)));

	for (uint32_t i = 0; i < m->type->bucketsize && i < 256; i += 64)
		__builtin_prefetch(b + i, 1);
	if (map_growing(m)) {
		b = map_at(m, map_bucket(m, true, hash & ((1ull << map_old_B(m)) - 1)));
		for (uint32_t i = 0; i < m->type->bucketsize && i < 256; i += 64)
			__builtin_prefetch(b + i, 1);
	}
}

int64_t map_next_overflow(const struct map *m)
{
	uint64_t extra = m->hmap ? map_get(m, HMAP_EXTRA) : 0;
	uint64_t next = extra ? map_get_extra(m, extra, EXTRA_NEXTOVERFLOW) : 0;

	if (!next)
		return -1;
	return (int64_t)((next - map_get(m, HMAP_BUCKETS)) / m->type->bucketsize);
}

uint64_t map_inserts_left(const struct map *m)
{
	uint64_t count = map_get(m, HMAP_COUNT);
	unsigned B = (unsigned)map_get(m, HMAP_B);
	uint64_t most = load_most(m->type->release, B);

	return most > count ? most - count : 0;
}
