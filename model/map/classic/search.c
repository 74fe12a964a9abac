/* SPDX-License-Identifier: MIT */
/*
 * How the runtime looks for a key: in the chain of one bucket, and for a lookup which bucket.
 *
 * Each path has loops of its own (map.go, map_fast32.go, map_fast64.go, map_faststr.go), and they
 * ask different things of a slot in a different order. What they find is the same. So the search
 * that nobody watches asks for the tophash only, which is quick; the one that is told of goes
 * exactly as the path's loop does.
 */
#include "model/map/classic/rules.h"

enum { SHORT_STRING = 32 }; /* from this length on a lookup in one bucket compares ends first */

struct query {
	enum search_kind kind;
	const uint8_t *key;
	uint8_t top;
	bool unhashed;   /* a lookup in the only bucket: there is no tophash to compare */
	bool general;    /* as mapaccess does it, whatever the type's path */
};

static unsigned in_empty(const uint8_t *tops, unsigned i)
{
	return tophash_empty(tops[i]) ? SEEN_IN_EMPTY : 0;
}

static unsigned compare_key(const struct map *m, const struct query *q, uint64_t addr, unsigned i)
{
	return map_key_equal(m, map_key(m, addr, i), q->key) ? SEEN_EQUAL : SEEN_KEY;
}

/* Another tophash; an empty slot is told apart, and emptyRest ends the loops that ask this. */
static unsigned other_tophash(uint8_t top)
{
	return top == EMPTY_REST ? SEEN_REST : top == EMPTY_ONE ? SEEN_EMPTY : SEEN_TOPHASH;
}

static unsigned look_general(const struct map *m, const struct query *q, uint64_t addr, unsigned i)
{
	uint8_t top = map_at(m, addr)[i];

	return top == q->top ? compare_key(m, q, addr, i) : other_tophash(top);
}

/* Keys of 4 and 8 bytes are compared themselves, and whether the slot is empty comes after. */
static unsigned look_plain(const struct map *m, const struct query *q, uint64_t addr, unsigned i)
{
	const uint8_t *tops = map_at(m, addr);
	unsigned seen;

	if (q->kind == SEARCH_ASSIGN && tophash_empty(tops[i]))
		return other_tophash(tops[i]);
	seen = compare_key(m, q, addr, i);
	if (seen == SEEN_EQUAL)
		return tophash_empty(tops[i]) ? SEEN_STALE : SEEN_EQUAL;
	return seen | in_empty(tops, i);
}

/* A string's header in the heap or the host: its bytes, *len of them. */
static const uint8_t *string_bytes(const struct map *m, const uint8_t *header, uint64_t *len)
{
	unsigned word = m->type->target->ptrsize;

	*len = load_uint(m->type->target, header + word, word);
	return map_at(m, load_uint(m->type->target, header, word));
}

/* Four bytes at each end of a long string. */
static unsigned compare_ends(const struct map *m, const uint8_t *slot_key, const uint8_t *key)
{
	uint64_t len;
	const uint8_t *a = string_bytes(m, key, &len), *b = string_bytes(m, slot_key, &len);

	return memcmp(a, b, 4) == 0 && memcmp(a + len - 4, b + len - 4, 4) == 0 ? SEEN_MAYBE
										: SEEN_ENDS;
}

static unsigned look_unhashed_string(
	const struct map *m, const struct query *q, uint64_t addr, unsigned i)
{
	const uint8_t *tops = map_at(m, addr);
	uint64_t len, slot_len;

	string_bytes(m, q->key, &len);
	string_bytes(m, map_key(m, addr, i), &slot_len);
	if (len != slot_len || tophash_empty(tops[i])) {
		if (tops[i] == EMPTY_REST)
			return SEEN_REST;
		return len != slot_len ? SEEN_LENGTH | in_empty(tops, i) : SEEN_EMPTY;
	}
	return len < SHORT_STRING ? compare_key(m, q, addr, i)
				  : compare_ends(m, map_key(m, addr, i), q->key);
}

static unsigned look_string(const struct map *m, const struct query *q, uint64_t addr, unsigned i)
{
	const uint8_t *tops = map_at(m, addr);
	uint64_t len, slot_len;

	string_bytes(m, q->key, &len);
	string_bytes(m, map_key(m, addr, i), &slot_len);
	if (q->kind == SEARCH_ASSIGN && tops[i] != q->top)
		return other_tophash(tops[i]);
	if (len != slot_len)
		return SEEN_LENGTH | in_empty(tops, i);
	if (tops[i] != q->top)
		return SEEN_TOPHASH | in_empty(tops, i);
	return compare_key(m, q, addr, i);
}

static unsigned look_at(const struct map *m, const struct query *q, uint64_t addr, unsigned i)
{
	if (q->general)
		return look_general(m, q, addr, i);
	switch (m->type->path) {
	case PATH_FAST32:
	case PATH_FAST32PTR:
	case PATH_FAST64:
	case PATH_FAST64PTR:
		return look_plain(m, q, addr, i);
	case PATH_FASTSTR:
		return q->unhashed ? look_unhashed_string(m, q, addr, i)
				   : look_string(m, q, addr, i);
	case PATH_GENERAL:
		break;
	}
	return look_general(m, q, addr, i);
}

struct map_event *note_visit(struct map *m, const struct place *at, enum array_kind array,
	uint64_t yielded)
{
	struct map_event e = { .kind = EVENT_VISIT, .at = *at,
		.visit = { .yielded = yielded } };

	e.at.array = array;
	return trace_add(MAP_TRACE(m), m->heap->journal, &e);
}

/*
 * Looks through one bucket. True when the search is over; *maybe is the slot of a long string
 * that has yet to be compared, SLOTS for none, and more than that for two of them.
 */
static bool tell_bucket(struct map *m, struct search *s, const struct query *q, unsigned *maybe)
{
	struct map_event *e;

	s->at.slot = 0;
	e = note_visit(m, &s->at, s->at.array ? ARRAY_OLD : ARRAY_PRESENT, 0);
	*maybe = SLOTS;
	for (unsigned i = 0; i < SLOTS; i++) {
		unsigned seen = look_at(m, q, s->at.addr, i);

		s->at.slot = i;
		if (q->kind == SEARCH_ASSIGN && !s->has_free &&
			(seen == SEEN_EMPTY || seen == SEEN_REST)) {
			s->free = s->at;
			s->has_free = true;
			seen |= SEEN_REMEMBERED;
		}
		event_look(e, seen);
		if (seen == SEEN_MAYBE && *maybe < SLOTS) {
			*maybe = SLOTS + 1;
			return true;
		}
		if (seen == SEEN_MAYBE)
			*maybe = i;
		s->found = seen == SEEN_EQUAL;
		if (s->found || seen_kind(seen) == SEEN_REST)
			return true;
	}
	return false;
}

static void tell_chain(struct map *m, struct search *s, enum search_kind kind,
	const uint8_t *key, uint8_t top)
{
	struct query q = { .kind = kind, .key = key, .top = top, .general = kind == SEARCH_AGAIN };
	unsigned maybe;
	uint64_t next;

	while (!tell_bucket(m, s, &q, &maybe)) {
		next = map_overflow(m, s->at.addr);
		if (!next)
			return;
		s->at.addr = next;
		s->at.link++;
	}
}

/* Walks the chain for the key; when it assigns, remembers the first free slot on the way. */
static inline void search_quickly(struct map *m, struct search *s, bool assigns,
	const uint8_t *key, uint8_t top)
{
	for (;;) {
		uint64_t tops, rest, found, free, next;

		memcpy(&tops, map_at(m, s->at.addr), SLOTS);
		rest = slots_with(tops, EMPTY_REST);
		found = slots_with(tops, top) & slots_before_first(rest);
		for (; found; found &= found - 1) {
			s->at.slot = first_slot(found);
			s->found = map_key_equal(m, map_key(m, s->at.addr, s->at.slot), key);
			if (s->found)
				return;
		}
		free = rest | slots_with(tops, EMPTY_ONE);
		if (assigns && !s->has_free && free) {
			s->free = s->at;
			s->free.slot = first_slot(free);
			s->has_free = true;
		}
		next = rest ? 0 : map_overflow(m, s->at.addr);
		if (!next)
			return;
		s->at.addr = next;
		s->at.link++;
	}
}

void search_chain(struct map *m, struct search *s, enum search_kind kind, const uint8_t *key,
	uint8_t top)
{
	if (MAP_TRACE(m))
		tell_chain(m, s, kind, key, top);
	else if (kind == SEARCH_ASSIGN)
		search_quickly(m, s, true, key, top);
	else
		search_quickly(m, s, false, key, top);
}

void note_bucket(struct map *m, const struct place *at, enum bucket_choice why,
	enum array_kind array, uint64_t wanted)
{
	TELL(m, .kind = CLASSIC_BUCKET, .at = { .array = array, .unit = at->unit },
		.own = CLASSIC(bucket, .wanted = wanted, .why = (uint8_t)why,
			.B = (uint8_t)map_get(m, HMAP_B)));
}

/*
 * A lookup in a map of one bucket takes no hash on the specialised paths. False when it has to
 * be taken after all: two long strings there might be the key.
 */
static bool look_in_only_bucket(struct map *m, struct search *s, const uint8_t *key)
{
	struct query q = { .kind = SEARCH_LOOKUP, .key = key, .unhashed = true };
	unsigned maybe;

	s->at = (struct place){ .addr = map_bucket(m, false, 0) };
	note_bucket(m, &s->at, CHOICE_ONLY, ARRAY_PRESENT, 0);
	tell_bucket(m, s, &q, &maybe);
	if (maybe > SLOTS)
		return false;
	if (maybe < SLOTS) {
		s->at.slot = maybe;
		s->found = map_key_equal(m, map_key(m, s->at.addr, maybe), key);
		TELL(m, .kind = EVENT_COMPARE, .at = s->at,
			.compare = { .equal = s->found });
	}
	return true;
}

/* While growing, an old bucket that was not evacuated yet still holds the keys. */
static struct place choose_bucket(struct map *m, uint64_t hash)
{
	uint64_t index = hash & ((1ull << map_get(m, HMAP_B)) - 1);
	struct place at = { .unit = index, .addr = map_bucket(m, false, index) };
	enum bucket_choice why = CHOICE_BITS;

	if (map_growing(m)) {
		uint64_t old_index = hash & ((1ull << map_old_B(m)) - 1);
		uint64_t old = map_bucket(m, true, old_index);

		why = CHOICE_MOVED;
		if (!map_evacuated(m, old)) {
			why = CHOICE_WAITS;
			at = (struct place){ .array = true, .unit = old_index, .addr = old };
		}
	}
	note_bucket(m, &at, why, at.array ? ARRAY_OLD : ARRAY_PRESENT, index);
	return at;
}

bool search_map(struct map *m, struct search *s, enum search_kind kind, const uint8_t *key)
{
	uint64_t hash;

	*s = (struct search){ 0 };
	if (MAP_TRACE(m) && kind == SEARCH_LOOKUP && m->type->path != PATH_GENERAL &&
		map_get(m, HMAP_B) == 0 && look_in_only_bucket(m, s, key))
		return s->found;
	hash = map_hash_noted(m, key);
	*s = (struct search){ .at = choose_bucket(m, hash) };
	search_chain(m, s, kind, key, tophash_of(MAP_TARGET(m), hash));
	return s->found;
}

bool classic_lookup(struct map *m, const uint8_t *key, struct place *where)
{
	struct search s;

	if (where)
		*where = (struct place){ 0 };
	if (!m->header || map_get(m, HMAP_COUNT) == 0) {
		hash_in_vain(m, key);
		TELL(m, .kind = EVENT_MISS, .miss = { .empty = true });
		return false;
	}
	search_map(m, &s, SEARCH_LOOKUP, key);
	if (where)
		*where = s.at;
	if (s.found)
		TELL(m, .kind = EVENT_FOUND, .at = s.at);
	else
		TELL(m, .kind = EVENT_MISS);
	return s.found;
}
