/* SPDX-License-Identifier: MIT */
/*
 * for range m: mapiterinit and mapiternext.
 *
 * A loop walks the array that was the map's when it began, from a random bucket on, round to
 * where it began, each bucket from the same random slot on. The map may change and grow meanwhile:
 *   - begun while growing, it takes an old bucket that was not evacuated yet in place of the new
 *     one, and of that only the cells that will move there;
 *   - grown since it began, the cells that have moved are looked up where they are now; so are all
 *     once the map was cleared, where the header counts the clears.
 */
#include "model/map/classic/rules.h"

#define NO_CHECK UINT64_MAX

/* Where the loop begins, as the runtime draws it: low B bits the bucket, the next three
   the slot. */
static uint64_t draw_start(struct map *m, unsigned B)
{
	bool wide = m->type->release->wide_draws && m->type->target->ptrsize == 8;

	return wide || B > 31 - 3 ? random_next64(m->random) : random_next(m->random);
}

bool classic_range(struct map *m, const struct place *start, struct error *err)
{
	unsigned flags = FLAG_ITERATOR | FLAG_OLD_ITERATOR, B;
	uint64_t draw;

	save(m, &m->loop, sizeof m->loop);
	m->loop = (struct range_loop){ .begun = true, .over = true };
	if (!m->header || map_get(m, HMAP_COUNT) == 0) {
		TELL(m, .kind = EVENT_RANGE, .range = { .start = RANGE_EMPTY });
		return true;
	}
	/* The iterator keeps the lists of overflow buckets, so they must be there. */
	if (!m->type->pointers && !create_overflow_lists(m, err))
		return false;
	B = (unsigned)map_get(m, HMAP_B);
	draw = start ? start->unit | (uint64_t)start->slot << B : draw_start(m, B);
	m->loop = (struct range_loop){ .begun = true };
	m->loop.classic = (struct classic_loop){ .B = (uint8_t)B, .check = NO_CHECK,
		.buckets = map_get(m, HMAP_BUCKETS), .start = draw & ((1ull << B) - 1),
		.offset = draw >> B & (SLOTS - 1), .clears = map_clears(m) };
	m->loop.classic.bucket = m->loop.classic.start;
	if ((map_get(m, HMAP_FLAGS) & flags) != flags)
		map_set(m, HMAP_FLAGS, map_get(m, HMAP_FLAGS) | flags);
	TELL(m, .kind = EVENT_RANGE,
		.at = { .unit = m->loop.classic.start, .slot = m->loop.classic.offset },
		.range = { .draw = draw,
			.bits = (uint8_t)B,
			.start = start ? RANGE_GIVEN : RANGE_DRAWN });
	return true;
}

/* What the array that a loop walks along is to the map by now. */
static enum array_kind kind_of(const struct map *m, uint64_t array)
{
	return array == map_get(m, HMAP_BUCKETS) ? ARRAY_PRESENT
		: array == map_get(m, HMAP_OLDBUCKETS) ? ARRAY_OLD : ARRAY_GONE;
}

/* While growing: the old bucket that is walked in place of the loop's next one. */
static bool waiting_bucket(const struct map *m, const struct range_loop *l, uint64_t *index)
{
	*index = l->classic.bucket & ((1ull << map_old_B(m)) - 1);
	return !map_evacuated(m, map_bucket(m, true, *index));
}

/* To the bucket whose turn it is; false when the loop is back where it began. */
static bool next_bucket(struct map *m)
{
	struct range_loop *l = &m->loop;
	enum bucket_choice why = CHOICE_TURN;
	uint64_t index = l->classic.bucket;

	if (l->classic.bucket == l->classic.start && l->classic.wrapped) {
		TELL(m, .kind = EVENT_END, .at = { .unit = l->classic.start });
		l->over = true;
		return false;
	}
	if (l->classic.bucket == 0 && l->classic.wrapped)
		TELL(m, .kind = EVENT_WRAP);
	l->classic.array = l->classic.buckets;
	l->classic.check = NO_CHECK;
	if (map_growing(m) && l->classic.B == map_get(m, HMAP_B)) {
		why = CHOICE_TURN_MOVED;
		if (waiting_bucket(m, l, &index)) {
			why = CHOICE_TURN_WAITS;
			l->classic.array = map_get(m, HMAP_OLDBUCKETS);
			l->classic.check = l->classic.bucket;
		} else {
			index = l->classic.bucket;
		}
	}
	l->classic.at = (struct place){ .unit = index,
		.addr = l->classic.array + index * m->type->unit.size };
	note_bucket(m, &l->classic.at, why, kind_of(m, l->classic.array), l->classic.bucket);
	l->classic.bucket++;
	if (l->classic.bucket == 1ull << l->classic.B) {
		l->classic.bucket = 0;
		l->classic.wrapped = true;
	}
	l->classic.i = 0;
	return true;
}

/* In an old bucket that waits: whether the cell will move to the other half. */
static bool goes_elsewhere(struct map *m, const uint8_t *key, uint8_t top, bool reflexive)
{
	const struct range_loop *l = &m->loop;

	if (l->classic.check == NO_CHECK || map_get(m, HMAP_FLAGS) & FLAG_SAME_SIZE)
		return false;
	if (reflexive)
		return (map_hash(m, key) & ((1ull << l->classic.B) - 1)) != l->classic.check;
	/* The hash of a NaN is another each time: evacuation goes by this bit as well. */
	return l->classic.check >> (l->classic.B - 1) != (top & 1);
}

static unsigned look_in_slot(struct map *m, unsigned slot)
{
	uint8_t top = map_at(m, m->loop.classic.at.addr)[slot];
	const uint8_t *key;
	bool reflexive;

	if (tophash_empty(top))
		return SEEN_SKIPPED;
	if (top == EVACUATED_EMPTY)
		return SEEN_LEFT;
	key = map_key(m, m->loop.classic.at.addr, slot);
	reflexive = m->type->key->reflexive || value_equal(m->heap, m->type->key, key, key);
	if (goes_elsewhere(m, key, top, reflexive))
		return SEEN_ELSEWHERE;
	if (m->loop.classic.clears != map_clears(m))
		return SEEN_AGAIN;
	/* A key that is not equal to itself cannot have been deleted or updated. */
	return top >= MIN_TOPHASH || !reflexive ? SEEN_YIELD : SEEN_AGAIN;
}

/* The cell has moved since: what has become of it? False when the key was deleted. */
static bool look_again(struct map *m, unsigned slot, struct place *where)
{
	const uint8_t *key = map_key(m, m->loop.classic.at.addr, slot);
	struct search s;

	if (map_get(m, HMAP_COUNT) == 0 || !search_map(m, &s, SEARCH_AGAIN, key)) {
		TELL(m, .kind = EVENT_MISS, .miss = { .empty = map_get(m, HMAP_COUNT) == 0 });
		return false;
	}
	*where = s.at;
	TELL(m, .kind = EVENT_YIELD, .at = *where,
		.yield = { .number = m->loop.yielded + 1 });
	return true;
}

/*
 * The next entry of the bucket at hand. What is seen on the way is told in one VISIT: number
 * *visit of the trace, counted from 1; 0 when none is under way.
 */
static bool next_entry(struct map *m, size_t *visit, struct place *where)
{
	struct range_loop *l = &m->loop;

	while (l->classic.i < SLOTS) {
		unsigned slot = (l->classic.i + l->classic.offset) & (SLOTS - 1);
		unsigned seen = look_in_slot(m, slot);

		l->classic.i++;
		l->classic.at.slot = slot;
		if (m->trace && !*visit) {
			note_visit(m, &l->classic.at, kind_of(m, l->classic.array), l->yielded);
			*visit = m->trace->count;
		}
		if (*visit)
			event_look(&m->trace->list[*visit - 1], seen);
		if (seen == SEEN_AGAIN)
			*visit = 0;
		*where = l->classic.at;
		if (seen == SEEN_YIELD || (seen == SEEN_AGAIN && look_again(m, slot, where))) {
			l->yielded++;
			return true;
		}
	}
	return false;
}

uint64_t classic_next(struct map *m, uint64_t most, map_sink *sink, void *data)
{
	struct range_loop *l = &m->loop;
	struct place where;
	size_t visit = 0;
	uint64_t n = 0;

	save(m, l, sizeof *l);
	while (n < most && !l->over) {
		if (!l->classic.at.addr && !next_bucket(m))
			break;
		if (next_entry(m, &visit, &where)) {
			sink(data, &where);
			n++;
			continue;
		}
		l->classic.at.addr = map_overflow(m, l->classic.at.addr);
		l->classic.at.link++;
		l->classic.i = 0;
		visit = 0;
	}
	return n;
}
