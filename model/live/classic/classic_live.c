/* SPDX-License-Identifier: MIT */
#include "model/live/classic/classic_live.h"

#include "model/figures/cell.h"
#include "model/map/classic/reading.h"

enum { SPARE_FROM = 4 }; /* the least B of an array with spare buckets: one for 16 */

/* Up to 1.23: the sizes of a slot's key and elem and of a bucket; flags 1, 2: they are pointers. */
static bool read_type(const struct rtypes *r, const struct rtype *t, struct rmap *m)
{
	uint64_t at = rtype_own(r, t->at, 4), key, elem, size, flags;

	if (!image_uint(r->image, at, 1, &key) || !image_uint(r->image, at + 1, 1, &elem) ||
		!image_uint(r->image, at + 2, 2, &size) || !image_uint(r->image, at + 4, 4, &flags))
		return false;
	m->size = (uint32_t)size;
	m->keys = 8;
	m->key_step = (uint32_t)key;
	m->elems = (uint32_t)(8 + 8 * key);
	m->elem_step = (uint32_t)elem;
	m->indirect_key = flags & 1;
	m->indirect_elem = flags & 2;
	return true;
}

static unsigned size(const struct executable *p)
{
	return hmap_size(p->release, p->target);
}

static const struct field *fields(const struct release *r, unsigned *count)
{
	*count = HMAP_FIELDS;
	return hmap_fields(r);
}

static unsigned log2_of(uint64_t units)
{
	unsigned B = 0;

	while (1ull << B < units)
		B++;
	return B;
}

static uint64_t array(uint64_t units)
{
	unsigned B = log2_of(units);

	return units + (B >= SPARE_FROM ? 1ull << (B - SPARE_FROM) : 0);
}

static uint64_t holds(const struct release *r, uint64_t units)
{
	return load_most(r, log2_of(units));
}

static const char *part(const struct executable *p, uint64_t size)
{
	return size == live_taken(p, extra_size(p->target), true) ? "mapextra" : NULL;
}

static uint64_t rebuilt(const struct map_type *t, const struct executable *p, uint64_t entries)
{
	uint64_t bytes = live_taken(p, hmap_size(p->release, p->target), true), buckets;
	unsigned B = 0;

	while (over_load_factor(p->release, entries, B))
		B++;
	buckets = array(1ull << B);
	if (B >= SPARE_FROM)
		bytes += live_taken(p, extra_size(p->target), true);
	return bytes + live_taken(p, buckets * t->map.size, t->pointers);
}

static uint64_t laid(const struct maptype *t, const struct head *head)
{
	unsigned B = log2_of(head->unit_count);
	uint64_t array = maptype_array_bytes(t, B);

	if (head->growing)
		array += maptype_array_bytes(t, B ? B - 1 : 0);
	return object_bytes(t, hmap_size(t->release, t->target), true) + array +
		head->linked * object_bytes(t, t->unit.size, t->pointers) +
		head->entries * cell_apart_bytes(t);
}

/* The array was half as large before, and full then. */
static uint64_t had(const struct release *r, const struct head *head)
{
	unsigned B = log2_of(head->unit_count);
	uint64_t least = B ? load_most(r, B - 1) + 1 : 0;

	return least > head->entries ? least : head->entries;
}

static uint8_t control(const struct map *m, const uint8_t *key)
{
	return tophash_of(m->type->target, map_hash_of(m, key).hash);
}

const struct live_design classic_live = {
	.type = read_type,
	.links = 1,
	.size = size,
	.fields = fields,
	.read = classic_read_head,
	.tell = classic_tell,
	.gather = classic_gather,
	.array = array,
	.holds = holds,
	.part = part,
	.rebuilt = rebuilt,
	.laid = laid,
	.had = had,
	.control = control,
};
