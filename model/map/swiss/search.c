/* SPDX-License-Identifier: MIT */
/*
 * How the runtime looks for a key: which table, which groups, which slots of these. The search that
 * nobody watches finds the same sooner. Source: map.go, table.go, runtime_fast*.go.
 */
#include "model/map/swiss/rules.h"

enum { SHORT_STRING = 64 }; /* a longer one is first compared by its ends, in a small map */

void swiss_note_hash(struct map *m, uint64_t hash)
{
	TELL(m, .kind = EVENT_HASH, .hash = { .hash = hash,
		.bits = (uint8_t)swiss_get(m, SWISS_GLOBAL_DEPTH), .control = hash_h2(hash) });
}

static void note_table(struct map *m, const struct groups *g, uint64_t entry, enum table_choice why)
{
	struct place at = { .addr = g->addr };

	number_place(m, &at, g);
	TELL(m, .kind = SWISS_EVENT_TABLE, .at = at,
		.own = SWISS(table, .entry = (uint32_t)entry, .why = (uint8_t)why,
			.bits = (uint8_t)swiss_get(m, SWISS_GLOBAL_DEPTH)));
}

static inline struct groups groups_for(const struct map *m, uint64_t hash, uint64_t *entry)
{
	uint64_t tables = swiss_get(m, SWISS_DIR_LEN), at = swiss_get(m, SWISS_DIR_PTR);

	*entry = 0;
	if (tables == 0)
		return (struct groups){ .addr = at };
	if (tables > 1)
		*entry = hash >> (swiss_get(m, SWISS_GLOBAL_SHIFT) & 63);
	return groups_of(m, map_load_word(m, at + *entry * MAP_TARGET(m)->ptrsize));
}

/* Fills s in its place: to copy a struct whose parts were just written takes the host long. */
static inline void begin_search(struct map *m, struct search *s, uint64_t hash)
{
	uint64_t entry;

	s->groups = groups_for(m, hash, &entry);
	s->found = s->has_free = s->tombstone = false;
	if (!MAP_TRACE(m))
		return;
	s->at = s->free = (struct place){ 0 };
	note_table(m, &s->groups, entry, !s->groups.table ? TABLE_SMALL
		: swiss_get(m, SWISS_DIR_LEN) == 1 ? TABLE_ALONE : TABLE_BY_BITS);
}

/* From which Go on the target's matchH2 names no slot too many. */
static bool matches_exactly(const struct maptype *t)
{
	return t->target->exact_match && t->release->minor >= t->target->exact_match;
}

static slots match_kind_of(const struct map *m, uint64_t word, enum match_kind kind, uint8_t h2)
{
	switch (kind) {
	case MATCH_EMPTY:
		return match_empty(word);
	case MATCH_EMPTY_OR_DELETED:
		return match_empty_or_deleted(word);
	case MATCH_FULL:
		return match_full(word);
	case MATCH_H2:
		break;
	}
	return MAP_TRACE(m) && !matches_exactly(m->type) ? match_h2_nearly(word, h2)
							 : match_h2(word, h2);
}

slots match_noted(struct map *m, const struct place *at, enum match_kind kind, uint8_t h2)
{
	slots found = match_kind_of(m, control_word(m, at->addr), kind, h2);

	TELL(m, .kind = SWISS_EVENT_MATCH, .at = *at, .own = SWISS(match,
		.kind = (uint8_t)kind, .h2 = h2, .slots = slots_mask(found)));
	return found;
}

/* The place's key is compared. */
static bool compare_noted(struct map *m, const struct place *at, const uint8_t *key)
{
	bool equal = map_key_equal(m, map_key(m, at->addr, at->slot), key);

	TELL(m, .kind = EVENT_COMPARE, .at = *at, .compare = { .equal = equal });
	return equal;
}

static bool compare_slots(struct map *m, struct search *s, slots found, const uint8_t *key)
{
	for (; found; found = without_first(found)) {
		s->at.slot = first_slot(found);
		if (compare_noted(m, &s->at, key)) {
			s->found = true;
			return true;
		}
	}
	return false;
}

/*
 * No slot of the group holds the key: whether the walk ends here. An assignment remembers the first
 * tombstone, else takes the first empty slot.
 */
static bool ends_here(struct map *m, struct search *s, enum search_kind kind)
{
	slots open = match_noted(m, &s->at,
		kind == SEARCH_ASSIGN ? MATCH_EMPTY_OR_DELETED : MATCH_EMPTY, 0);

	if (kind != SEARCH_ASSIGN || !open)
		return open != 0;
	s->at.slot = first_slot(open);
	if (control_of(control_word(m, s->at.addr), s->at.slot) == CONTROL_DELETED) {
		if (!s->has_free) {
			s->free = s->at;
			s->has_free = s->tombstone = true;
			TELL(m, .kind = SWISS_EVENT_REMEMBER, .at = s->at);
		}
		return false;
	}
	if (!s->has_free)
		s->free = s->at;
	s->has_free = true;
	return true;
}

/*
 * A walk ends at an empty slot, which each sound table has; in memory of unknown origin at the last
 * group.
 */
static bool is_last(const struct probe *p)
{
	return p->step == p->mask;
}

/* A small map is one group, with no tombstones, and nothing beyond it. */
static void tell_groups(struct map *m, struct search *s, enum search_kind kind, const uint8_t *key,
	uint64_t hash)
{
	struct probe p = probe_start(&s->groups, hash);

	number_place(m, &s->at, &s->groups);
	for (;; probe_next(&p)) {
		s->at.unit = p.unit;
		s->at.addr = group_addr(m, &s->groups, p.unit);
		s->at.slot = 0;
		TELL(m, .kind = SWISS_EVENT_PROBE, .at = s->at, .own = SWISS(probe,
			.number = (uint32_t)p.step, .groups = (uint32_t)p.mask + 1));
		if (compare_slots(m, s, match_noted(m, &s->at, MATCH_H2, hash_h2(hash)), key))
			return;
		if (!s->groups.table && kind != SEARCH_ASSIGN)
			return;
		if (ends_here(m, s, kind) || !s->groups.table || is_last(&p))
			return;
	}
}

static inline void search_quickly(struct map *m, struct search *s, bool assigns,
	const uint8_t *key, uint64_t hash)
{
	struct probe p = probe_start(&s->groups, hash);
	uint8_t h2 = hash_h2(hash);

	for (;; probe_next(&p)) {
		struct place at = { .unit = p.unit, .addr = group_addr(m, &s->groups, p.unit) };
		uint64_t word = control_word(m, at.addr);
		slots open;

		for (slots found = match_h2(word, h2); found; found = without_first(found)) {
			at.slot = first_slot(found);
			if (map_key_equal(m, map_key(m, at.addr, at.slot), key)) {
				s->found = true;
				s->at = at;
				return;
			}
		}
		open = match_empty_or_deleted(word);
		if (assigns && open && !s->has_free) {
			at.slot = first_slot(open);
			s->free = at;
			s->has_free = true;
			s->tombstone = control_of(word, at.slot) == CONTROL_DELETED;
		}
		if (match_empty(word) || !s->groups.table || is_last(&p)) {
			s->at = at;
			return;
		}
	}
}

void search_key(struct map *m, struct search *s, enum search_kind kind, const uint8_t *key,
	uint64_t hash)
{
	begin_search(m, s, hash);
	if (MAP_TRACE(m))
		tell_groups(m, s, kind, key, hash);
	else if (kind == SEARCH_ASSIGN)
		search_quickly(m, s, true, key, hash);
	else
		search_quickly(m, s, false, key, hash);
}

bool search_again(struct map *m, struct search *s, const uint8_t *key)
{
	*s = (struct search){ 0 };
	if (swiss_get(m, SWISS_USED) == 0)
		return false;
	search_key(m, s, SEARCH_LOOKUP, key, swiss_hash_noted(m, key));
	return s->found;
}

/* The ends of two strings, eight bytes each: longStringQuickEqualityTest. */
static bool ends_equal(const struct map *m, const uint8_t *a, const uint8_t *b)
{
	const struct target *t = m->type->target;
	uint64_t len = load_uint(t, a + t->ptrsize, t->ptrsize);
	const uint8_t *x, *y;

	if (len != load_uint(t, b + t->ptrsize, t->ptrsize))
		return false;
	x = map_at(m, load_uint(t, a, t->ptrsize));
	y = map_at(m, load_uint(t, b, t->ptrsize));
	return memcmp(x, y, 8) == 0 && memcmp(x + len - 8, y + len - 8, 8) == 0;
}

/* Slots whose string may be the long one that is looked for; *two when it is not the only one. */
static slots maybe_strings(struct map *m, const struct place *at, const uint8_t *key, bool *two)
{
	slots full = match_noted(m, at, MATCH_FULL, 0), maybe = 0;

	*two = false;
	for (; full && !*two; full = without_first(full)) {
		if (!ends_equal(m, key, map_key(m, at->addr, first_slot(full))))
			continue;
		*two = maybe != 0;
		maybe |= full & -full;
	}
	return maybe;
}

/*
 * In a small map the paths for 4 and 8 bytes compare all full slots without a hash, that for
 * strings does so with long ones. False when a hash is needed after all.
 */
static bool look_unhashed(struct map *m, struct search *s, const uint8_t *key)
{
	const struct target *t = m->type->target;
	bool two;

	if (!swiss_small(m) || m->type->path == PATH_GENERAL)
		return false;
	if (m->type->path == PATH_FASTSTR &&
		load_uint(t, key + t->ptrsize, t->ptrsize) <= SHORT_STRING)
		return false;
	begin_search(m, s, 0);
	s->at.addr = s->groups.addr;
	if (m->type->path != PATH_FASTSTR) {
		compare_slots(m, s, match_noted(m, &s->at, MATCH_FULL, 0), key);
		return true;
	}
	compare_slots(m, s, maybe_strings(m, &s->at, key, &two), key);
	if (two)
		s->found = false;
	return !two;
}

static bool look_up(struct map *m, struct search *s, const uint8_t *key)
{
	if (!MAP_TRACE(m) || !look_unhashed(m, s, key))
		search_key(m, s, SEARCH_LOOKUP, key, swiss_hash_noted(m, key));
	return s->found;
}

bool swiss_lookup(struct map *m, const uint8_t *key, struct place *where)
{
	struct search s;

	if (where)
		*where = (struct place){ 0 };
	if (!m->header || swiss_get(m, SWISS_USED) == 0) {
		TELL(m, .kind = EVENT_MISS, .miss = { .empty = true });
		return false;
	}
	look_up(m, &s, key);
	if (where) {
		number_place(m, &s.at, &s.groups);
		*where = s.at;
	}
	if (s.found)
		TELL(m, .kind = EVENT_FOUND, .at = s.at);
	else
		TELL(m, .kind = EVENT_MISS);
	return s.found;
}
