/* SPDX-License-Identifier: MIT */
/* m[key] = elem: mapassign. */
#include "model/map/classic/rules.h"

/* When does a map grow? Here. */
static bool needs_growth(const struct map *m)
{
	unsigned B = (unsigned)map_get(m, HMAP_B);

	return !map_growing(m) &&
		(over_load_factor(m->type->release, map_get(m, HMAP_COUNT) + 1, B) ||
			too_many_overflow((unsigned)map_get(m, HMAP_NOVERFLOW), B));
}

static bool claim(struct map *m, const struct place *at, const uint8_t *key, uint8_t top,
	const uint8_t *elem, struct error *err)
{
	const struct maptype *t = m->type;
	uint8_t *tops = map_at(m, at->addr);
	bool tombstone = tops[at->slot] == EMPTY_ONE;

	if (t->indirect_key && !put_object(m, at->addr + unit_key(&t->unit, at->slot),
				       OBJECT_KEY, t->key, err))
		return false;
	if (t->indirect_elem && !put_object(m, at->addr + unit_elem(&t->unit, at->slot),
					OBJECT_ELEM, t->elem, err))
		return false;
	put_bytes(m, map_key(m, at->addr, at->slot), key, (size_t)t->key->size);
	put_byte(m, tops + at->slot, top);
	map_set(m, HMAP_COUNT, map_get(m, HMAP_COUNT) + 1);
	put_elem(m, at, elem);
	TELL(m, .kind = EVENT_CLAIM, .at = *at, .claim = { .tombstone = tombstone });
	return true;
}

bool classic_assign(struct map *m, const uint8_t *key, const uint8_t *elem, struct error *err)
{
	const struct maptype *t = m->type;
	uint64_t hash = map_hash_noted(m, key), buckets;
	uint8_t top = tophash_of(MAP_TARGET(m), hash);
	struct search p;

	if (map_get(m, HMAP_BUCKETS) == 0) {
		buckets = map_alloc(m, OBJECT_BUCKETS, t->unit.size, t->pointers, err);
		if (!buckets)
			return false;
		map_set(m, HMAP_BUCKETS, buckets);
	}
	for (;;) {
		p = (struct search){ 0 };
		p.at.unit = hash & ((1ull << map_get(m, HMAP_B)) - 1);
		note_write(m, &p.at);
		if (map_growing(m) && !grow_work(m, p.at.unit, err))
			return false;
		p.at.addr = map_bucket(m, false, p.at.unit);
		search_chain(m, &p, SEARCH_ASSIGN, key, top);
		if (p.found) {
			put_update(m, &p.at, key, elem);
			return true;
		}
		if (!needs_growth(m))
			break;
		/* Growing moves everything, so the search starts again. */
		if (!hash_grow(m, err))
			return false;
	}
	if (!p.has_free) {
		if (!new_overflow(m, &p.at, err))
			return false;
		p.free = p.at;
	}
	return claim(m, &p.free, key, top, elem, err);
}
