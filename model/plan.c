/* SPDX-License-Identifier: MIT */
#include "model/plan.h"

static uint64_t taken(const struct maptype *t, uint64_t size, bool pointers)
{
	return alloc_size(t->release, t->target->ptrsize, size, pointers);
}

uint64_t plan_entry_bytes(const struct maptype *t)
{
	uint64_t sum = 0;

	if (t->indirect_key)
		sum += taken(t, t->key->size, t->key->pointers);
	if (t->indirect_elem)
		sum += taken(t, t->elem->size, t->elem->pointers);
	return sum;
}

unsigned plan_entry_objects(const struct maptype *t)
{
	return (unsigned)t->indirect_key + (unsigned)t->indirect_elem;
}

uint64_t plan_key_padding(const struct maptype *t)
{
	return t->indirect_key ? 0 : gotype_padding(t->key);
}

uint64_t plan_elem_padding(const struct maptype *t)
{
	return t->indirect_elem ? 0 : gotype_padding(t->elem);
}

struct plan plan_map(const struct maptype *t, unsigned B, uint64_t entries)
{
	struct plan p = { .B = B, .headers = taken(t, hmap_size(t->target), true), .objects = 1 };

	if (B > 0 || entries > 0) {
		p.buckets = 1ull << B;
		p.spare = maptype_array_buckets(t, B) - p.buckets;
		p.array = maptype_array_bytes(t, B);
		p.objects++;
	}
	if (p.spare) {
		p.headers += taken(t, extra_size(t->target), true);
		p.objects++;
	}
	p.apart = entries * plan_entry_bytes(t);
	p.objects += entries * plan_entry_objects(t);
	p.total = p.headers + p.array + p.apart;
	return p;
}

struct plan plan_fitting(const struct maptype *t, uint64_t entries)
{
	return plan_map(t, maptype_hint_B(t, entries), entries);
}
