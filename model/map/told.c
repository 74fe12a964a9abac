/* SPDX-License-Identifier: MIT */
#include "model/map/told.h"

#include "model/map/map.h"

static bool is_in_heap(const struct heap *h, const uint8_t *key)
{
	return key >= heap_at(h, h->base) && key < heap_at(h, h->base) + h->usable;
}

uint64_t told_hash(const struct map *m, const uint8_t *key)
{
	const struct table *all = &m->told->by_key;
	const struct gotype *type = m->type->key;
	const struct table_entry *e = NULL;

	if (is_in_heap(m->heap, key))
		e = table_find(all, heap_addr(m->heap, key));
	if (e)
		return e->value[0];
	for (size_t i = 0; i < all->size; i++)
		if (all->list[i].key && heap_holds(m->heap, all->list[i].key, type->size) &&
			value_equal(m->heap, type, map_at(m, all->list[i].key), key))
			return all->list[i].value[0];
	return 0;
}
