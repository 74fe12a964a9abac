/* SPDX-License-Identifier: MIT */
/*
 * Growth. It starts on the insert of a new key, when none is under way and either
 *   - the load would pass 6.5 entries a bucket: the array doubles, or
 *   - there are about as many overflow buckets as buckets: the array keeps its size.
 * (needs_growth in assign.c.) From then on each write evacuates the old bucket that it is about
 * to touch and one more, the one that nevacuate stands at, until none is left.
 */
#include "model/map/classic/rules.h"

enum { DISCARD_LEAST = 16 * PAGE_SIZE_GO }; /* bytes of an array that are worth giving back */

bool hash_grow(struct map *m, struct error *err)
{
	unsigned B = (unsigned)map_get(m, HMAP_B), flags = (unsigned)map_get(m, HMAP_FLAGS);
	uint64_t count = map_get(m, HMAP_COUNT), buckets, next, extra = map_get(m, HMAP_EXTRA);
	bool bigger = over_load_factor(m->type->release, count + 1, B);

	TELL(m, .kind = CLASSIC_GROW, .own = CLASSIC(grow, .count = count, .from = (uint8_t)B,
		.to = (uint8_t)(B + bigger), .same = !bigger));
	m->landmarks |= bigger ? LANDMARK_GROW : LANDMARK_SAME;
	if (!make_bucket_array(m, B + bigger, &buckets, &next, err))
		return false;
	if (!bigger)
		flags |= FLAG_SAME_SIZE;
	/* Iterators of the buckets are now iterators of the old ones. */
	flags = (flags & ~(unsigned)(FLAG_ITERATOR | FLAG_OLD_ITERATOR)) |
		(flags & FLAG_ITERATOR ? FLAG_OLD_ITERATOR : 0);
	map_set(m, HMAP_B, B + bigger);
	map_set(m, HMAP_FLAGS, flags);
	map_set(m, HMAP_OLDBUCKETS, map_get(m, HMAP_BUCKETS));
	map_set(m, HMAP_BUCKETS, buckets);
	map_set(m, HMAP_NEVACUATE, 0);
	map_set(m, HMAP_NOVERFLOW, 0);
	if (extra && map_get_extra(m, extra, EXTRA_OVERFLOW)) {
		map_set_extra(m, extra, EXTRA_OLDOVERFLOW,
			map_get_extra(m, extra, EXTRA_OVERFLOW));
		map_set_extra(m, extra, EXTRA_OVERFLOW, 0);
	}
	if (next) {
		extra = need_extra(m, err);
		if (!extra)
			return false;
		map_set_extra(m, extra, EXTRA_NEXTOVERFLOW, next);
	}
	return true;
}

/* Where a half of an old bucket's cells goes: the next free slot. */
struct half {
	struct place at;
	uint64_t moved;
};

/* Which half a cell goes to; may change its tophash. */
static bool goes_to_y(struct map *m, const uint8_t *key, uint64_t newbit, uint8_t *top)
{
	uint64_t hash = map_hash_drawn(m, key);

	/*
	 * A key that is not equal to itself hashes differently each time. An iterator must find
	 * it where it was told, so the tophash's low bit decides, and a fresh tophash is drawn.
	 */
	if ((map_get(m, HMAP_FLAGS) & FLAG_ITERATOR) && m->type->path == PATH_GENERAL &&
		!m->type->key->reflexive && !value_equal(m->heap, m->type->key, key, key)) {
		bool y = *top & 1;

		*top = tophash_of(MAP_TARGET(m), hash);
		return y;
	}
	return (hash & newbit) != 0;
}

/* Puts the cell at `from` into the next free slot of its half. */
static bool move_cell(struct map *m, struct half *to, const struct place *from, uint8_t top, bool y,
	struct error *err)
{
	const struct maptype *t = m->type;
	const uint8_t *source = map_at(m, from->addr);
	uint8_t *target;

	if (to->at.slot == SLOTS && !new_overflow(m, &to->at, err))
		return false;
	target = map_at(m, to->at.addr);
	put_byte(m, target + to->at.slot, top);
	put_bytes(m, target + unit_key(&t->unit, to->at.slot),
		source + unit_key(&t->unit, from->slot), t->keysize);
	put_bytes(m, target + unit_elem(&t->unit, to->at.slot),
		source + unit_elem(&t->unit, from->slot), t->elemsize);
	TELL(m, .kind = CLASSIC_MOVE, .at = *from, .own = CLASSIC(move, .bucket = to->at.unit,
		.chain = to->at.link, .slot = (uint8_t)to->at.slot, .y = y));
	to->at.slot++;
	to->moved++;
	return true;
}

/* The keys of a bucket are all fetched before the first of them is hashed. */
FETCHES static inline void fetch_keys(const struct map *m, uint64_t bucket)
{
	const uint8_t *tops = map_at(m, bucket);

	for (unsigned i = 0; i < SLOTS; i++)
		if (!tophash_empty(tops[i]))
			fetch_key(m, bucket, i);
}

/* Moves the cells of one bucket of a chain. */
static bool evacuate_bucket(struct map *m, struct place *from, struct half halves[2],
	uint64_t newbit, struct error *err)
{
	bool same_size = map_get(m, HMAP_FLAGS) & FLAG_SAME_SIZE;
	uint8_t *tops = map_at(m, from->addr);

	if (!same_size && keys_are_elsewhere(m->type))
		fetch_keys(m, from->addr);
	for (unsigned i = 0; i < SLOTS; i++) {
		uint8_t top = tops[i];
		bool y = false;

		if (tophash_empty(top)) {
			put_byte(m, tops + i, EVACUATED_EMPTY);
			continue;
		}
		if (!same_size)
			y = goes_to_y(m, map_key(m, from->addr, i), newbit, &top);
		put_byte(m, tops + i, (uint8_t)(EVACUATED_X + y));
		from->slot = i;
		if (!move_cell(m, &halves[y], from, top, y, err))
			return false;
	}
	return true;
}

/*
 * The objects of a chain that nothing leads to once its first bucket is gone: up to a spare bucket,
 * which the array keeps with all that follows.
 */
static void lose_chain(struct map *m, uint64_t first, uint64_t old, uint64_t bytes)
{
	for (uint64_t b = map_overflow(m, first); b && (b < old || b >= old + bytes);
		b = map_overflow(m, b))
		heap_lose(m->heap, m->type->unit.size, true);
}

/*
 * What the old array has kept to the end. Where all chains were cut off as they were evacuated,
 * that is the array and what its spare buckets lead to; else the map tells by what it has left.
 */
static void lose_array(struct map *m, uint64_t old, uint64_t bytes, uint64_t spares, bool cut)
{
	const struct maptype *t = m->type;

	if (!cut || !t->pointers || t->indirect_key || t->indirect_elem) {
		heap_hold(m->heap, classic_reached(m).bytes);
		return;
	}
	for (uint64_t b = old + spares; b < old + bytes; b += t->unit.size)
		lose_chain(m, b, old, bytes);
	if (!map_on_stack(m, old))
		heap_lose(m->heap, bytes, true);
}

/* The growth is over: the old array is garbage. */
static void finish_growth(struct map *m)
{
	uint64_t extra = map_get(m, HMAP_EXTRA), old = map_get(m, HMAP_OLDBUCKETS);
	uint64_t bytes = maptype_array_buckets(m->type, map_old_B(m)) * m->type->unit.size;
	uint64_t spares = (uint64_t)m->type->unit.size << map_old_B(m);
	bool cut = !(map_get(m, HMAP_FLAGS) & FLAG_OLD_ITERATOR);

	map_set(m, HMAP_OLDBUCKETS, 0);
	if (extra)
		map_set_extra(m, extra, EXTRA_OLDOVERFLOW, 0);
	map_set(m, HMAP_FLAGS, map_get(m, HMAP_FLAGS) & ~(uint64_t)FLAG_SAME_SIZE);
	lose_array(m, old, bytes, spares, cut);
	if (!map_in_loop(m) && bytes >= DISCARD_LEAST)
		heap_discard(m->heap, old, bytes, m->type->pointers);
	TELL(m, .kind = CLASSIC_GROWN);
	m->landmarks |= LANDMARK_END;
}

/* advanceEvacuationMark: past what was evacuated already, at most 1024 buckets at a time. */
static void advance_mark(struct map *m, uint64_t old_buckets)
{
	uint64_t mark = map_get(m, HMAP_NEVACUATE) + 1, stop = mark + 1024;

	if (stop > old_buckets)
		stop = old_buckets;
	while (mark != stop && map_evacuated(m, map_bucket(m, true, mark)))
		mark++;
	map_set(m, HMAP_NEVACUATE, mark);
	TELL(m, .kind = CLASSIC_MARK,
		.own = CLASSIC(mark, .nevacuate = mark, .buckets = old_buckets));
	if (mark == old_buckets)
		finish_growth(m);
}

static bool evacuate_chain(struct map *m, uint64_t old, uint64_t newbit, struct error *err)
{
	const struct maptype *t = m->type;
	struct place from = { .array = true, .unit = old, .addr = map_bucket(m, true, old) };
	struct half halves[2] = {
		{ .at = { .unit = old, .addr = map_bucket(m, false, old) } },
		{ .at = { .unit = old + newbit, .addr = map_bucket(m, false, old + newbit) } },
	};
	uint64_t first = from.addr;

	for (; from.addr; from.addr = map_overflow(m, from.addr), from.link++)
		if (!evacuate_bucket(m, &from, halves, newbit, err))
			return false;
	/* What was left behind would keep garbage alive. The tophash says where it went. */
	if (!(map_get(m, HMAP_FLAGS) & FLAG_OLD_ITERATOR) && t->pointers) {
		lose_chain(m, first, map_get(m, HMAP_OLDBUCKETS),
			maptype_array_buckets(t, map_old_B(m)) * t->unit.size);
		put_zeros(m, map_at(m, first) + t->unit.keys, t->unit.size - t->unit.keys);
	}
	TELL(m, .kind = CLASSIC_EVACUATED, .at = { .array = ARRAY_OLD, .unit = old },
		.own = CLASSIC(evacuated, .x = (uint32_t)halves[0].moved,
			.y = (uint32_t)halves[1].moved,
			.same = map_get(m, HMAP_FLAGS) & FLAG_SAME_SIZE));
	return true;
}

static bool evacuate(struct map *m, uint64_t old, bool turn, struct error *err)
{
	uint64_t old_buckets = 1ull << map_old_B(m);

	if (!map_evacuated(m, map_bucket(m, true, old))) {
		TELL(m, .kind = CLASSIC_WORK, .at = { .array = ARRAY_OLD, .unit = old },
			.own = CLASSIC(work, .turn = turn));
		if (!evacuate_chain(m, old, old_buckets, err))
			return false;
	}
	if (old == map_get(m, HMAP_NEVACUATE))
		advance_mark(m, old_buckets);
	return true;
}

bool grow_work(struct map *m, uint64_t bucket, struct error *err)
{
	uint64_t mask = (1ull << map_old_B(m)) - 1;

	if (!evacuate(m, bucket & mask, false, err))
		return false;
	return !map_growing(m) || evacuate(m, map_get(m, HMAP_NEVACUATE), true, err);
}

bool classic_work(struct map *m, struct error *err)
{
	err->msg[0] = '\0';
	if (!m->header || !map_growing(m))
		return false;
	return evacuate(m, map_get(m, HMAP_NEVACUATE), true, err);
}
