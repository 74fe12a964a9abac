/* SPDX-License-Identifier: MIT */
/* delete(m, key): Map.Delete, which all paths take. */
#include "model/map/swiss/rules.h"

/*
 * A key keeps its bytes unless the collector would follow them; of a large one the pointer goes.
 * The elem is zeroed, or its pointer is.
 */
static void clear_cell(struct map *m, const struct place *at)
{
	const struct maptype *t = m->type;

	if (t->indirect_key || t->key->pointers)
		put_zeros(m, map_at(m, at->addr + unit_key(&t->unit, at->slot)), t->keysize);
	put_zeros(m, map_at(m, at->addr + unit_elem(&t->unit, at->slot)), t->elemsize);
}

/*
 * A full group may lie in the middle of other keys' probe sequences: its slot becomes a tombstone.
 * A group with an empty slot ends them all, and another one changes nothing.
 */
static void free_slot(struct map *m, const struct search *s)
{
	const struct place *at = &s->at;

	if (!s->groups.table || match_noted(m, at, MATCH_EMPTY, 0)) {
		put_control(m, at->addr, at->slot, CONTROL_EMPTY);
		if (s->groups.table)
			table_add(m, s->groups.table, TABLE_GROWTH_LEFT, 1);
		TELL(m, .kind = SWISS_EVENT_FREED, .at = *at);
		return;
	}
	put_control(m, at->addr, at->slot, CONTROL_DELETED);
	if (m->type->release->prunes && !swiss_get(m, SWISS_TOMBSTONE_POSSIBLE))
		swiss_set(m, SWISS_TOMBSTONE_POSSIBLE, 1);
	TELL(m, .kind = SWISS_EVENT_TOMBSTONE, .at = *at);
}

bool swiss_delete(struct map *m, const uint8_t *key, bool *deleted, struct error *err)
{
	struct search s;

	(void)err;
	*deleted = false;
	if (!m->header || swiss_get(m, SWISS_USED) == 0) {
		TELL(m, .kind = EVENT_MISS, .miss = { .empty = true });
		return true;
	}
	search_key(m, &s, SEARCH_DELETE, key, swiss_hash_noted(m, key));
	if (!s.found) {
		TELL(m, .kind = EVENT_MISS);
		return true;
	}
	*deleted = true;
	if (s.groups.table)
		table_add(m, s.groups.table, TABLE_USED, -1);
	add_used(m, -1);
	clear_cell(m, &s.at);
	lose_objects(m, 1);
	TELL(m, .kind = EVENT_DELETE, .at = s.at);
	free_slot(m, &s);
	/* A fresh seed makes it harder to plan collisions. */
	if (swiss_get(m, SWISS_USED) == 0)
		swiss_draw_seed(m);
	return true;
}
