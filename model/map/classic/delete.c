/* SPDX-License-Identifier: MIT */
/* delete(m, key): mapdelete and what the specialised paths leave behind. */
#include "model/map/classic/rules.h"

/*
 * Only what the collector would follow is cleared in a key: the pointer to a large key, the
 * data pointer of a string on the string path (its length stays), a key with pointers as a
 * whole. Other keys stay as stale bytes. The elem is zeroed, or its pointer is.
 */
static void clear_cell(struct map *m, const struct place *at)
{
	const struct maptype *t = m->type;
	uint64_t key = at->addr + unit_key(&t->unit, at->slot);
	uint64_t elem = at->addr + unit_elem(&t->unit, at->slot);

	if (t->indirect_key || t->path == PATH_FASTSTR)
		put_word(m, key, 0);
	else if (t->key->pointers)
		put_zeros(m, map_at(m, key), t->keysize);
	put_zeros(m, map_at(m, elem), t->elemsize);
}

/*
 * Large keys and elems. In a growth an evacuated slot may have them, too: of the old buckets while
 * a range may come along them, which is heeded, and of spare buckets behind them, which is not:
 * that would take a walk. What is held is exact again when the growth is over.
 */
static void lose_objects(struct map *m)
{
	const struct maptype *t = m->type;

	if (!t->indirect_key && !t->indirect_elem)
		return;
	if (map_growing(m) && (map_get(m, HMAP_FLAGS) & FLAG_OLD_ITERATOR))
		return;
	if (t->indirect_key)
		heap_lose(m->heap, t->key->size, t->key->pointers);
	if (t->indirect_elem)
		heap_lose(m->heap, t->elem->size, t->elem->pointers);
}

/* Whether anything follows the slot in its chain. */
static bool is_last(const struct map *m, const struct place *at)
{
	uint64_t next;

	if (at->slot < SLOTS - 1)
		return map_at(m, at->addr)[at->slot + 1] == EMPTY_REST;
	next = map_overflow(m, at->addr);
	return !next || *map_at(m, next) == EMPTY_REST;
}

/* The bucket before this one in its chain. */
static void step_back(const struct map *m, struct place *at)
{
	uint64_t first = map_bucket(m, false, at->unit);

	at->link--;
	for (uint32_t i = 0; i < at->link; i++)
		first = map_overflow(m, first);
	at->addr = first;
	at->slot = SLOTS - 1;
}

/* The tombstone at the end of its chain, and those before it, turn into emptyRest. */
static void turn_back(struct map *m, struct place at)
{
	while (map_at(m, at.addr)[at.slot] == EMPTY_ONE) {
		put_byte(m, map_at(m, at.addr) + at.slot, EMPTY_REST);
		TELL(m, .kind = CLASSIC_REST, .at = at);
		if (at.slot > 0)
			at.slot--;
		else if (at.link > 0)
			step_back(m, &at);
		else
			return;
	}
}

bool classic_erase(struct map *m, const uint8_t *key, bool *deleted, struct error *err)
{
	struct search s = { 0 };
	struct place at;
	uint64_t hash, left;

	*deleted = false;
	if (!m->header || map_get(m, HMAP_COUNT) == 0) {
		hash_in_vain(m, key);
		TELL(m, .kind = EVENT_MISS, .miss = { .empty = true });
		return true;
	}
	hash = map_hash_noted(m, key);
	s.at.unit = hash & ((1ull << map_get(m, HMAP_B)) - 1);
	note_write(m, &s.at);
	if (map_growing(m) && !grow_work(m, s.at.unit, err))
		return false;
	s.at.addr = map_bucket(m, false, s.at.unit);
	search_chain(m, &s, SEARCH_DELETE, key, tophash_of(MAP_TARGET(m), hash));
	if (!s.found) {
		TELL(m, .kind = EVENT_MISS);
		return true;
	}
	at = s.at;
	*deleted = true;
	clear_cell(m, &at);
	lose_objects(m);
	put_byte(m, map_at(m, at.addr) + at.slot, EMPTY_ONE);
	TELL(m, .kind = EVENT_DELETE, .at = at);
	if (is_last(m, &at))
		turn_back(m, at);
	left = map_get(m, HMAP_COUNT) - 1;
	map_set(m, HMAP_COUNT, left);
	/* A fresh hash0 makes it harder to plan collisions. */
	if (left == 0)
		map_draw_hash0(m);
	return true;
}
