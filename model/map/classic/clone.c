/* SPDX-License-Identifier: MIT */
/*
 * maps.Clone from Go 1.21 on: mapclone2 and moveToBmap. A map with len(m) as hint takes the cells
 * bucket by bucket, unhashed, as it keeps hash0; it may have fewer buckets than the map before, so
 * that several of these go into one, or, in a growth, more than the old array. Tombstones stay
 * behind, but in the one bucket of a map that has no other.
 */
#include "model/map/classic/rules.h"

/* Where the next cell goes in a chain of the new map. */
struct fill {
	struct map *m;
	const struct map *from;
	struct place to;
	uint64_t came;
};

/* What lies apart gets an object of its own. */
static bool copy_apart(const struct fill *f, uint64_t to, uint64_t from, const struct gotype *type,
	enum object_kind kind, struct error *err)
{
	uint64_t old = map_load_word(f->from, from), addr;

	addr = map_alloc(f->m, kind, type->size, type->pointers, err);
	if (!addr)
		return false;
	put_bytes(f->m, map_at(f->m, addr), map_at(f->m, old), (size_t)type->size);
	put_word(f->m, to, addr);
	return true;
}

/* A key that is never written to again is shared by both maps. */
static bool copies_keys(const struct maptype *t)
{
	return t->indirect_key && t->key->key_update;
}

static bool move_cell(struct fill *f, uint64_t bucket, unsigned slot, struct error *err)
{
	const struct maptype *t = f->m->type;
	const uint8_t *old = map_at(f->m, bucket);
	uint8_t *tops;
	uint64_t key, elem;

	while (f->to.slot < SLOTS && !tophash_empty(map_at(f->m, f->to.addr)[f->to.slot]))
		f->to.slot++;
	if (f->to.slot == SLOTS && !new_overflow(f->m, &f->to, err))
		return false;
	key = f->to.addr + unit_key(&t->unit, f->to.slot);
	elem = f->to.addr + unit_elem(&t->unit, f->to.slot);
	tops = map_at(f->m, f->to.addr);
	if (copies_keys(t) && !copy_apart(f, key, bucket + unit_key(&t->unit, slot), t->key,
				      OBJECT_KEY, err))
		return false;
	if (!copies_keys(t))
		put_bytes(f->m, map_at(f->m, key), old + unit_key(&t->unit, slot), t->keysize);
	if (t->indirect_elem && !copy_apart(f, elem, bucket + unit_elem(&t->unit, slot), t->elem,
					OBJECT_ELEM, err))
		return false;
	if (!t->indirect_elem)
		put_bytes(f->m, map_at(f->m, elem), old + unit_elem(&t->unit, slot), t->elemsize);
	put_byte(f->m, tops + f->to.slot, old[slot]);
	f->to.slot++;
	map_set(f->m, HMAP_COUNT, map_get(f->m, HMAP_COUNT) + 1);
	f->came++;
	return true;
}

static bool move_chain(struct fill *f, uint64_t bucket, struct error *err)
{
	for (; bucket; bucket = map_overflow(f->from, bucket))
		for (unsigned i = 0; i < SLOTS; i++)
			if (!tophash_empty(map_at(f->from, bucket)[i]) &&
				!move_cell(f, bucket, i, err))
				return false;
	return true;
}

static struct fill begin_bucket(struct map *m, const struct map *from, uint64_t i)
{
	return (struct fill){ .m = m, .from = from,
		.to = { .unit = i, .addr = map_bucket(m, false, i) } };
}

static void tell_bucket(struct fill *f)
{
	TELL(f->m, .kind = EVENT_COPY, .at = { .unit = f->to.unit,
		.addr = map_bucket(f->m, false, f->to.unit) }, .copy = { .entries = f->came });
}

/* The cells of the present array: those of several buckets where the new one has fewer. */
static bool move_present(struct map *m, const struct map *from, struct error *err)
{
	uint64_t n = 1ull << map_get(m, HMAP_B), all = 1ull << map_get(from, HMAP_B);

	for (uint64_t i = 0; i < n; i++) {
		struct fill f = begin_bucket(m, from, i);

		for (uint64_t j = i; j < all; j += n)
			if (!move_chain(&f, map_bucket(from, false, j), err))
				return false;
		tell_bucket(&f);
	}
	return true;
}

/* The cells of an old bucket go to several: each is inserted. */
static bool insert_chain(struct map *m, const struct map *from, uint64_t bucket, struct error *err)
{
	for (; bucket; bucket = map_overflow(from, bucket))
		for (unsigned i = 0; i < SLOTS; i++)
			if (!tophash_empty(map_at(from, bucket)[i]) &&
				!classic_assign(m, map_key(from, bucket, i),
					map_elem(from, bucket, i), err))
				return false;
	return true;
}

/* Those that a growth has not moved yet. */
static bool move_old(struct map *m, const struct map *from, struct error *err)
{
	unsigned old_B = map_old_B(from), B = (unsigned)map_get(m, HMAP_B);

	for (uint64_t i = 0; i < 1ull << old_B; i++) {
		uint64_t bucket = map_bucket(from, true, i), next;
		struct fill f;

		if (map_evacuated(from, bucket))
			continue;
		if (old_B < B) {
			if (!insert_chain(m, from, bucket, err))
				return false;
			continue;
		}
		f = begin_bucket(m, from, i & ((1ull << B) - 1));
		while ((next = map_overflow(m, f.to.addr)) != 0) {
			f.to.addr = next;
			f.to.link++;
		}
		if (!move_chain(&f, bucket, err))
			return false;
		tell_bucket(&f);
	}
	return true;
}

/* One bucket, its dead cells and all. */
static bool copy_bucket(struct map *m, const struct map *from, uint64_t count)
{
	uint64_t bucket = map_get(m, HMAP_BUCKETS);

	put_bytes(m, map_at(m, bucket), map_at(m, map_get(from, HMAP_BUCKETS)),
		m->type->unit.size);
	map_set(m, HMAP_COUNT, count);
	TELL(m, .kind = EVENT_COPY, .at = { .addr = bucket }, .copy = { .entries = count });
	return true;
}

static bool first_bucket(struct map *m, struct error *err)
{
	uint64_t bucket = map_alloc(m, OBJECT_BUCKETS, m->type->unit.size, m->type->pointers, err);

	if (bucket)
		map_set(m, HMAP_BUCKETS, bucket);
	return bucket != 0;
}

/* What the new map is made for. */
static bool choose_hint(const struct map *m, uint64_t *hint, struct error *err)
{
	unsigned B = (unsigned)map_get(m, HMAP_B);

	*hint = map_get(m, HMAP_COUNT);
	if (!over_load_factor(m->type->release, *hint, B))
		return true;
	if (!m->type->release->clone_bounds)
		return fail(err,
			"Go %s reads beyond the array here: %llu entries are more than its "
			"%llu buckets may hold",
			m->type->release->name, (unsigned long long)*hint, 1ull << B);
	*hint = m->type->release->load_num * ((1ull << B) / 2);
	return true;
}

bool classic_clone(struct map *m, struct error *err)
{
	const struct map from = *m;
	const struct maptype *t = m->type;
	uint64_t count = map_get(m, HMAP_COUNT), hint;

	if (!choose_hint(m, &hint, err) || !classic_make(m, hint, err))
		return false;
	map_set(m, HMAP_HASH0, map_get(&from, HMAP_HASH0));
	if (count == 0)
		return true;
	if (map_get(&from, HMAP_B) == 0 && !copies_keys(t) && !t->indirect_elem)
		return first_bucket(m, err) && copy_bucket(m, &from, count);
	if (map_get(m, HMAP_B) == 0 && !first_bucket(m, err))
		return false;
	return move_present(m, &from, err) && (!map_growing(&from) || move_old(m, &from, err));
}
