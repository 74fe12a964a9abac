/* SPDX-License-Identifier: MIT */
/*
 * maps.Clone from Go 1.25 on: Map.Clone, table.clone and cloneGroup. Every table is copied as it
 * is, of the same size, with its tombstones, under the same seed: a map that was emptied is as
 * large.
 */
#include "model/map/swiss/rules.h"

static bool copy_object(struct map *m, uint64_t to, uint64_t from, const struct gotype *type,
	enum swiss_object kind, struct error *err)
{
	uint64_t old = map_load_word(m, from), addr;

	if (!old)
		return true;
	addr = swiss_alloc(m, kind, type->size, type->pointers, err);
	if (!addr)
		return false;
	put_bytes(m, map_at(m, addr), map_at(m, old), (size_t)type->size);
	put_word(m, to, addr);
	return true;
}

/* What lies apart gets objects of its own: of a group first its keys, then its elems. */
static bool copy_apart(struct map *m, uint64_t to, uint64_t from, struct error *err)
{
	const struct maptype *t = m->type;

	for (unsigned i = 0; t->indirect_key && i < SLOTS; i++)
		if (!copy_object(m, to + unit_key(&t->unit, i), from + unit_key(&t->unit, i),
			    t->key, SWISS_OBJECT_KEY, err))
			return false;
	for (unsigned i = 0; t->indirect_elem && i < SLOTS; i++)
		if (!copy_object(m, to + unit_elem(&t->unit, i), from + unit_elem(&t->unit, i),
			    t->elem, SWISS_OBJECT_ELEM, err))
			return false;
	return true;
}

/* So many groups; 0 with err filled when there is no room. */
static uint64_t copy_groups(struct map *m, uint64_t from, uint64_t count, struct error *err)
{
	const struct maptype *t = m->type;
	enum swiss_object kind = count == 1 ? SWISS_OBJECT_GROUP : SWISS_OBJECT_GROUPS;
	uint64_t to = swiss_alloc(m, kind, count * t->unit.size, t->pointers, err);

	for (uint64_t i = 0; to && i < count; i++) {
		uint64_t at = i * t->unit.size;

		put_bytes(m, map_at(m, to + at), map_at(m, from + at), t->unit.size);
		if (!copy_apart(m, to + at, from + at, err))
			return 0;
	}
	return to;
}

static uint64_t copy_table(struct map *m, uint64_t from, struct error *err)
{
	uint64_t size = table_size(m->type->target);
	uint64_t table = swiss_alloc(m, SWISS_OBJECT_TABLE, size, true, err), groups;
	struct groups old = groups_of(m, from);

	if (!table)
		return 0;
	put_bytes(m, map_at(m, table), map_at(m, from), (size_t)size);
	groups = copy_groups(m, old.addr, old.mask + 1, err);
	if (!groups)
		return 0;
	table_set(m, table, TABLE_GROUPS, groups);
	return table;
}

static void tell_table(struct map *m, uint64_t table)
{
	struct groups g = groups_of(m, table);

	if (!MAP_TRACE(m))
		return;
	TELL(m, .kind = EVENT_COPY, .at = { .array = swiss_number(m, table, g.addr),
		.addr = g.addr }, .copy = { .entries = table_get(m, table, TABLE_USED),
		.dead = table_tombstones(m, table) });
}

/* The header leads to the old directory until the new one is whole. */
static bool copy_tables(struct map *m, struct error *err)
{
	unsigned word = MAP_TARGET(m)->ptrsize;
	uint64_t n = swiss_get(m, SWISS_DIR_LEN), last = 0, copy = 0;
	uint64_t directory = swiss_alloc(m, SWISS_OBJECT_DIRECTORY, n * word, true, err);

	for (uint64_t i = 0; directory && i < n; i++) {
		uint64_t table = directory_at(m, i);

		if (table != last) {
			copy = copy_table(m, table, err);
			if (!copy)
				return false;
			tell_table(m, table);
		}
		last = table;
		put_word(m, directory + i * word, copy);
	}
	if (directory)
		swiss_set(m, SWISS_DIR_PTR, directory);
	return directory != 0;
}

bool swiss_clone(struct map *m, struct error *err)
{
	uint64_t from = m->header;
	uint64_t size = swiss_size(m->type->target), group;
	uint64_t header = swiss_alloc(m, SWISS_OBJECT_MAP, size, true, err);

	if (!header)
		return false;
	put_bytes(m, map_at(m, header), map_at(m, from), (size_t)size);
	map_start(m, header);
	if (!swiss_small(m))
		return copy_tables(m, err);
	if (!swiss_get(m, SWISS_DIR_PTR))
		return true;
	group = copy_groups(m, swiss_get(m, SWISS_DIR_PTR), 1, err);
	if (!group)
		return false;
	swiss_set(m, SWISS_DIR_PTR, group);
	TELL(m, .kind = EVENT_COPY, .at = { .addr = group },
		.copy = { .entries = swiss_get(m, SWISS_USED) });
	return true;
}
