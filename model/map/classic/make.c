/* SPDX-License-Identifier: MIT */
/* Making and clearing a map; and the reading of its memory. */
#include "model/map/classic/rules.h"

void map_draw_hash0(struct map *m)
{
	uint64_t hash0 = random_seed(m->random, 4);

	map_set(m, HMAP_HASH0, hash0);
	TELL(m, .kind = EVENT_SEED, .seed = { .seed = hash0 });
}

bool classic_make(struct map *m, uint64_t hint, struct error *err)
{
	const struct maptype *t = m->type;
	unsigned B = maptype_hint_B(t, hint);
	uint64_t buckets, next, extra, hmap, first;
	bool ignored = hint > SLOTS && B == 0;

	if (B && !heap_has_room(m->heap, maptype_array_bytes(t, B), err))
		return fail_in(err, "hint %llu", (unsigned long long)hint);
	hmap = map_alloc_header(m, OBJECT_HMAP, OBJECT_BUCKETS, hint, &first, err);
	if (!hmap)
		return false;
	map_start(m, hmap);
	map_draw_hash0(m);
	map_set(m, HMAP_B, B);
	map_set(m, HMAP_BUCKETS, first);
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
	TELL(m, .kind = EVENT_MAKE, .at = { .addr = hmap },
		.make = { .hint = hint,
			.units_log2 = B,
			.array = B > 0 || first,
			.ignored = ignored });
	return true;
}

void note_hash(struct map *m, uint64_t hash)
{
	TELL(m, .kind = EVENT_HASH, .at = { .unit = hash & ((1ull << map_get(m, HMAP_B)) - 1) },
		.hash = { .hash = hash, .bits = (uint8_t)map_get(m, HMAP_B),
			.control = tophash_of(m->type->target, hash) });
}

/* Every slot of an array and its chains, so that a range that is there finds no more. */
static void empty_slots(struct map *m, bool old)
{
	uint64_t n = 1ull << (old ? map_old_B(m) : map_get(m, HMAP_B));

	for (uint64_t i = 0; i < n; i++)
		for (uint64_t b = map_bucket(m, old, i); b; b = map_overflow(m, b))
			put_zeros(m, map_at(m, b), SLOTS);
}

/* The arrays of a growth under way are given up; the present one is zeroed in place. */
void classic_clear(struct map *m)
{
	const struct maptype *t = m->type;
	uint64_t count, extra, buckets, next, keep = FLAG_SAME_SIZE;
	unsigned B;

	m->landmarks |= LANDMARK_CLEAR;
	if (!m->header || map_get(m, HMAP_COUNT) == 0) {
		TELL(m, .kind = EVENT_CLEAR);
		return;
	}
	count = map_get(m, HMAP_COUNT);
	extra = map_get(m, HMAP_EXTRA);
	buckets = map_get(m, HMAP_BUCKETS);
	B = (unsigned)map_get(m, HMAP_B);
	if (map_in_loop(m) && m->type->release->clear_ends) {
		empty_slots(m, false);
		if (map_growing(m))
			empty_slots(m, true);
	}
	map_set(m, HMAP_FLAGS, map_get(m, HMAP_FLAGS) & ~keep);
	map_set(m, HMAP_OLDBUCKETS, 0);
	map_set(m, HMAP_NEVACUATE, 0);
	map_set(m, HMAP_NOVERFLOW, 0);
	map_set(m, HMAP_COUNT, 0);
	if (m->type->release->counts_clears)
		map_set(m, HMAP_CLEAR_SEQ, map_get(m, HMAP_CLEAR_SEQ) + 1);
	map_draw_hash0(m);
	if (extra)
		put_zeros(m, map_at(m, extra), extra_size(t->target));
	put_zeros(m, map_at(m, buckets), maptype_array_buckets(t, B) * t->unit.size);
	lay_out_spares(m, B, buckets, &next);
	if (next)
		map_set_extra(m, extra, EXTRA_NEXTOVERFLOW, next);
	heap_hold(m->heap, classic_reached(m).bytes);
	TELL(m, .kind = EVENT_CLEAR, .clear = { .entries = count });
}

int64_t map_next_overflow(const struct map *m)
{
	uint64_t extra = m->header ? map_get(m, HMAP_EXTRA) : 0;
	uint64_t next = extra ? map_get_extra(m, extra, EXTRA_NEXTOVERFLOW) : 0;

	if (!next)
		return -1;
	return (int64_t)((next - map_get(m, HMAP_BUCKETS)) / m->type->unit.size);
}

uint64_t map_inserts_left(const struct map *m)
{
	uint64_t count = map_get(m, HMAP_COUNT);
	unsigned B = (unsigned)map_get(m, HMAP_B);
	uint64_t most = load_most(m->type->release, B);

	return most > count ? most - count : 0;
}

enum growth map_growth_due(const struct map *m)
{
	unsigned B = (unsigned)map_get(m, HMAP_B);

	if (map_inserts_left(m) == 0)
		return GROWTH_DOUBLES;
	return too_many_overflow((unsigned)map_get(m, HMAP_NOVERFLOW), B) ? GROWTH_SAME_SIZE
									  : GROWTH_NONE;
}
