/* SPDX-License-Identifier: MIT */
/* m[key] = elem: Map.PutSlot, table.PutSlot and runtime_mapassign_fast*. */
#include "model/map/swiss/rules.h"

static bool claim(struct map *m, const struct search *s, const uint8_t *key, uint64_t hash,
	const uint8_t *elem, struct error *err)
{
	const struct maptype *t = m->type;
	const struct place *at = &s->free;

	if (t->indirect_key && !put_object(m, at->addr + unit_key(&t->unit, at->slot),
				       SWISS_OBJECT_KEY, t->key, err))
		return false;
	put_bytes(m, map_key(m, at->addr, at->slot), key, (size_t)t->key->size);
	if (t->indirect_elem && !put_object(m, at->addr + unit_elem(&t->unit, at->slot),
					SWISS_OBJECT_ELEM, t->elem, err))
		return false;
	put_control(m, at->addr, at->slot, hash_h2(hash));
	if (s->groups.table) {
		if (!s->tombstone)
			table_add(m, s->groups.table, TABLE_GROWTH_LEFT, -1);
		table_add(m, s->groups.table, TABLE_USED, 1);
	}
	add_used(m, 1);
	put_elem(m, at, elem);
	TELL(m, .kind = EVENT_CLAIM, .at = *at, .claim = { .tombstone = s->tombstone });
	return true;
}

/* When does a table grow? When no slot may be taken any more, nor given back by pruning. */
static bool has_room(struct map *m, const struct search *s)
{
	uint64_t table = s->groups.table;

	if (!table)
		return s->has_free;
	if (s->tombstone || table_get(m, table, TABLE_GROWTH_LEFT) > 0)
		return true;
	/* mapassign, which all other keys take, has been left without this. */
	if (m->type->release->prunes && m->type->path != PATH_GENERAL)
		prune_tombstones(m, table);
	return table_get(m, table, TABLE_GROWTH_LEFT) > 0;
}

static bool ensure_group(struct map *m, struct error *err)
{
	uint64_t group;

	if (swiss_get(m, SWISS_DIR_PTR) != 0)
		return true;
	group = new_groups(m, 1, err);
	if (group)
		swiss_set(m, SWISS_DIR_PTR, group);
	return group != 0;
}

/* Up to 1.26 a small map with eight entries grows even when the key is one of them. */
static bool grows_unseen(const struct map *m)
{
	return swiss_small(m) && !m->type->release->looks_first &&
		swiss_get(m, SWISS_USED) == SMALL_MOST;
}

bool swiss_assign(struct map *m, const uint8_t *key, const uint8_t *elem, struct error *err)
{
	uint64_t hash = swiss_hash_noted(m, key);

	if (!ensure_group(m, err) || (grows_unseen(m) && !grow_to_table(m, err)))
		return false;
	for (;;) {
		struct search s;

		search_key(m, &s, SEARCH_ASSIGN, key, hash);
		if (s.found) {
			put_update(m, &s.at, key, elem);
			return true;
		}
		if (has_room(m, &s))
			return claim(m, &s, key, hash, elem, err);
		if (!(s.groups.table ? rehash(m, s.groups.table, err) : grow_to_table(m, err)))
			return false;
	}
}
