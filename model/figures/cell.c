/* SPDX-License-Identifier: MIT */
#include "model/figures/cell.h"

#include "model/target/sizeclass.h"

uint64_t cell_key_padding(const struct maptype *t)
{
	return t->indirect_key ? 0 : t->key->padding;
}

uint64_t cell_elem_padding(const struct maptype *t)
{
	return t->indirect_elem ? 0 : t->elem->padding;
}

uint64_t cell_apart_bytes(const struct maptype *t)
{
	uint64_t sum = 0;

	if (t->indirect_key)
		sum += object_bytes(t, t->key->size, t->key->pointers);
	if (t->indirect_elem)
		sum += object_bytes(t, t->elem->size, t->elem->pointers);
	return sum;
}

unsigned cell_apart_objects(const struct maptype *t)
{
	return (unsigned)t->indirect_key + (unsigned)t->indirect_elem;
}

uint64_t object_bytes(const struct maptype *t, uint64_t size, bool pointers)
{
	return alloc_size(t->release, t->target->ptrsize, size, pointers);
}
