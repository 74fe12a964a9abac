/* SPDX-License-Identifier: MIT */
#include "model/figures/touched.h"

void links_init(struct links *l, uint64_t size)
{
	*l = (struct links){ .size = size, .grain = 1 };
	while (2 * l->grain <= size)
		l->grain *= 2;
}

void links_free(struct links *l)
{
	table_free(&l->table);
}

/* No larger than an object, so each has a multiple of its own in it. */
static uint64_t key_of(const struct links *l, uint64_t addr)
{
	return (addr + l->grain - 1) & ~(l->grain - 1);
}

void links_add(struct links *l, uint64_t addr, uint64_t owner)
{
	struct table_entry *e = table_put(&l->table, key_of(l, addr));

	e->value[0] = addr;
	e->value[1] = owner;
}

void links_drop(struct links *l, uint64_t addr)
{
	struct table_entry *e = table_find(&l->table, key_of(l, addr));

	if (e && e->value[0] == addr)
		table_remove(&l->table, e);
}

uint64_t links_owner(const struct links *l, uint64_t byte)
{
	/* An object has fewer bytes than two grains, so its key is not farther. */
	for (uint64_t i = 0; l->table.count && i < 3; i++) {
		const struct table_entry *e = table_find(&l->table, key_of(l, byte) - i * l->grain);

		if (e && byte - e->value[0] < l->size)
			return e->value[1];
	}
	return 0;
}

/* The units of one array that [addr, end) has bytes of. */
static bool tell_units(const struct touch *t, const struct stretch *a, uint64_t addr, uint64_t end,
	touched_sink *sink, void *data)
{
	uint64_t bytes = a->units * t->unit, from, to;

	if (addr >= a->addr + bytes || end <= a->addr)
		return true;
	from = addr > a->addr ? (addr - a->addr) / t->unit : 0;
	to = end < a->addr + bytes ? (end - a->addr + t->unit - 1) / t->unit : a->units;
	if (to - from > t->span)
		return false;
	for (uint64_t i = from; i < to; i++)
		if (!sink(data, a->addr + i * t->unit))
			return false;
	return true;
}

/* The owners of the objects that [addr, end) has bytes of. */
static bool tell_owners(const struct touch *t, const struct links *l, uint64_t addr, uint64_t end,
	touched_sink *sink, void *data)
{
	uint64_t owner;

	if (!l->table.count)
		return true;
	if ((end - addr) / l->size > t->span)
		return false;
	for (uint64_t at = addr; at < end; at += l->grain)
		if ((owner = links_owner(l, at)) != 0 && !sink(data, owner))
			return false;
	owner = links_owner(l, end - 1);
	return !owner || sink(data, owner);
}

bool touched_between(const struct map *m, const struct touch *t, size_t from, size_t to,
	touched_sink *sink, void *data)
{
	const struct journal *j = m->heap->journal;

	if (to - from > t->most)
		return false;
	for (size_t i = from; i < to; i++) {
		const struct journal_record *r = &j->records[i];
		uint64_t addr = heap_addr(m->heap, r->where), end = addr + r->len;

		/* Saved bytes that are no target memory are at no address of an object. */
		for (size_t k = 0; k < t->narrays; k++)
			if (!tell_units(t, &t->arrays[k], addr, end, sink, data))
				return false;
		for (size_t k = 0; k < t->nlinks; k++)
			if (!tell_owners(t, &t->links[k], addr, end, sink, data))
				return false;
	}
	return true;
}
