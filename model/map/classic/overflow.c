/* SPDX-License-Identifier: MIT */
/* Bucket arrays with their spare overflow buckets, and the lists that keep overflow buckets. */
#include "model/map/classic/rules.h"

/* The overflow pointer of the last spare bucket: any pointer that is not nil will do. */
void lay_out_spares(struct map *m, unsigned B, uint64_t buckets, uint64_t *next)
{
	uint64_t base = 1ull << B, all = maptype_array_buckets(m->type, B);
	uint64_t last = buckets + (all - 1) * m->type->unit.size;

	*next = 0;
	if (all == base)
		return;
	*next = buckets + base * m->type->unit.size;
	put_word(m, last + m->type->unit.link, buckets);
}

bool make_bucket_array(struct map *m, unsigned B, uint64_t *buckets, uint64_t *next,
	struct error *err)
{
	uint64_t all = maptype_array_buckets(m->type, B);

	if (all == 0)
		return fail(err,
			"out of memory: 2^%u buckets of %u bytes are more than %s can address", B,
			m->type->unit.size, m->type->target->name);
	*buckets = map_alloc(m, OBJECT_BUCKETS, all * m->type->unit.size, m->type->pointers, err);
	if (!*buckets)
		return false;
	lay_out_spares(m, B, *buckets, next);
	return true;
}

uint64_t need_extra(struct map *m, struct error *err)
{
	uint64_t extra = map_get(m, HMAP_EXTRA);

	if (extra)
		return extra;
	extra = map_alloc(m, OBJECT_EXTRA, extra_size(m->type->target), true, err);
	if (extra)
		map_set(m, HMAP_EXTRA, extra);
	return extra;
}

/* Without pointers in the buckets, the collector finds overflow buckets by this list only. */
bool create_overflow_lists(struct map *m, struct error *err)
{
	uint64_t extra = need_extra(m, err), list;

	if (!extra)
		return false;
	if (map_get_extra(m, extra, EXTRA_OVERFLOW))
		return true;
	list = map_alloc(m, OBJECT_LIST_HEAD, 3 * m->type->target->ptrsize, true, err);
	if (!list)
		return false;
	map_set_extra(m, extra, EXTRA_OVERFLOW, list);
	return true;
}

/* *extra.overflow = append(*extra.overflow, bucket) */
bool append_overflow(struct map *m, uint64_t bucket, struct error *err)
{
	unsigned word = MAP_TARGET(m)->ptrsize;
	uint64_t list = map_get_extra(m, map_get(m, HMAP_EXTRA), EXTRA_OVERFLOW);
	uint64_t data = map_load_word(m, list);
	uint64_t len = map_load_word(m, list + word), cap = map_load_word(m, list + 2 * word);

	if (len == cap) {
		uint64_t more = maptype_list_cap(m->type, cap), old = data;

		data = map_alloc(m, OBJECT_LIST, more * word, true, err);
		if (!data)
			return false;
		if (len) {
			put_bytes(m, map_at(m, data), map_at(m, old), len * word);
			heap_lose(m->heap, cap * word, true);
		}
		put_word(m, list, data);
		put_word(m, list + 2 * word, more);
	}
	put_word(m, data + len * word, bucket);
	put_word(m, list + word, len + 1);
	return true;
}

/* incrnoverflow: exact below 2^16 buckets, then one in 2^(B-15). */
static void count_overflow(struct map *m)
{
	unsigned B = (unsigned)map_get(m, HMAP_B);

	if (B >= 16 && (random_next(m->random) & ((1u << (B - 15)) - 1)) != 0)
		return;
	map_set(m, HMAP_NOVERFLOW, map_get(m, HMAP_NOVERFLOW) + 1);
}

/* The next spare bucket; 0 when there is none. The last one has its overflow pointer set. */
static uint64_t take_spare(struct map *m)
{
	uint64_t extra = map_get(m, HMAP_EXTRA), spare;

	if (!extra)
		return 0;
	spare = map_get_extra(m, extra, EXTRA_NEXTOVERFLOW);
	if (!spare)
		return 0;
	if (map_overflow(m, spare) == 0) {
		map_set_extra(m, extra, EXTRA_NEXTOVERFLOW, spare + m->type->unit.size);
	} else {
		put_word(m, spare + m->type->unit.link, 0);
		map_set_extra(m, extra, EXTRA_NEXTOVERFLOW, 0);
	}
	return spare;
}

bool new_overflow(struct map *m, struct place *at, struct error *err)
{
	uint64_t bucket = take_spare(m);
	bool spare = bucket != 0;

	if (!spare)
		bucket = map_alloc(m, OBJECT_OVERFLOW, m->type->unit.size, m->type->pointers, err);
	if (!bucket)
		return false;
	count_overflow(m);
	if (!m->type->pointers)
		if (!create_overflow_lists(m, err) || !append_overflow(m, bucket, err))
			return false;
	put_word(m, at->addr + m->type->unit.link, bucket);
	at->addr = bucket;
	at->link++;
	at->slot = 0;
	TELL(m, .kind = CLASSIC_LINK, .at = *at, .own = CLASSIC(link, .spare = spare));
	m->landmarks |= LANDMARK_LINK;
	return true;
}
