/* SPDX-License-Identifier: MIT */
#include "model/live/rebuilt.h"

#include "model/map/classic/layout.h"
#include "model/map/swiss/layout.h"
#include "model/target/sizeclass.h"

enum { SPARE_FROM = 4 };

static uint64_t take(const struct executable *p, uint64_t size, bool pointers)
{
	return alloc_size(p->release, p->target->ptrsize, size, pointers);
}

static uint64_t classic_bytes(const struct map_type *t, const struct executable *p,
	uint64_t entries)
{
	uint64_t bytes = take(p, hmap_size(p->release, p->target), true), buckets;
	unsigned B = 0;

	while (over_load_factor(p->release, entries, B))
		B++;
	buckets = (1ull << B) + (B >= SPARE_FROM ? 1ull << (B - SPARE_FROM) : 0);
	if (B >= SPARE_FROM)
		bytes += take(p, extra_size(p->target), true);
	return bytes + take(p, buckets * t->map.size, t->pointers);
}

static uint64_t power_above(uint64_t n)
{
	uint64_t power = 1;

	while (power < n)
		power *= 2;
	return power;
}

static uint64_t swiss_bytes(const struct map_type *t, const struct executable *p, uint64_t entries)
{
	uint64_t bytes = take(p, swiss_size(p->target), true), slots, tables, groups;

	if (entries <= SMALL_MOST)
		return bytes + take(p, t->map.size, t->pointers);
	slots = entries * SLOTS / LOAD_OF_8;
	tables = power_above((slots + TABLE_SLOTS_MOST - 1) / TABLE_SLOTS_MOST);
	groups = power_above(slots / tables) / SLOTS;
	return bytes + take(p, tables * p->target->ptrsize, true) + tables *
		(take(p, table_size(p->target), true) +
			take(p, (groups ? groups : 1) * t->map.size, t->pointers));
}

uint64_t rebuilt_bytes(const struct map_type *t, const struct executable *p, uint64_t entries)
{
	return p->release->engine == ENGINE_SWISS ? swiss_bytes(t, p, entries) :
		classic_bytes(t, p, entries);
}

uint64_t apart_bytes(const struct map_type *t, const struct rtypes *r, uint64_t entries)
{
	struct rtype type;
	uint64_t bytes = 0;

	if (t->map.indirect_key && rtype_read(r, t->type.key, &type))
		bytes += entries * take(r->program, type.size, type.pointers != 0);
	if (t->map.indirect_elem && rtype_read(r, t->type.elem, &type))
		bytes += entries * take(r->program, type.size, type.pointers != 0);
	return bytes;
}
