/* SPDX-License-Identifier: MIT */
/* The laws of a group: its control bytes, its keys, what they point to, the way that
   leads there. */
#include "model/figures/inside.h"
#include "model/figures/cell.h"
#include "model/figures/swiss/check_rules.h"

/* Whether a slot that a walk comes by has the key too. */
static bool has_key(const struct map *m, uint64_t group, unsigned slot, const uint8_t *key)
{
	return key_inside(m, group, slot) &&
		value_equal(m->heap, m->type->key, map_key(m, group, slot), key);
}

/* Whether these slots of a group, but for one of them, hold the key. */
static bool is_among(const struct map *m, uint64_t group, slots full, const uint8_t *key)
{
	for (; full; full = without_first(full))
		if (has_key(m, group, first_slot(full), key))
			return true;
	return false;
}

/* The way from the key's home to its group: nothing on it ends a search, or holds the key. */
static void check_way(struct checking *k, const struct groups *g, const struct place *at,
	const uint8_t *key, uint64_t hash)
{
	const struct map *m = k->m;
	struct probe p = probe_start(g, hash);
	uint8_t h2 = *control_at(m, at->addr, at->slot);
	slots before;

	for (; p.unit != at->unit && p.step <= g->mask; probe_next(&p)) {
		uint64_t addr = group_addr(m, g, p.unit), word = control_word(m, addr);

		if (match_empty(word)) {
			find_at(k, SWISS_LAW_PROBE, g, at->unit, at->slot,
				"a search for it ends at group %llu", (unsigned long long)p.unit);
			return;
		}
		if (is_among(m, addr, match_h2(word, h2), key))
			find_at(k, SWISS_LAW_TWICE, g, at->unit, at->slot,
				"group %llu has this key before", (unsigned long long)p.unit);
	}
	before = match_h2(control_word(m, at->addr), h2);
	before &= ~slots_from(before, at->slot);
	if (is_among(m, at->addr, before, key))
		find_at(k, SWISS_LAW_TWICE, g, at->unit, at->slot, "the group has this key before");
}

/* Whether the hash leads to this table. */
static bool check_choice(struct checking *k, const struct groups *g, const struct place *at,
	uint64_t hash)
{
	const struct map *m = k->m;
	uint64_t entry, bits = hash_bits(m->type->target), depth;

	if (!g->table)
		return true;
	depth = swiss_get(m, SWISS_GLOBAL_DEPTH);
	entry = depth ? hash >> (bits - depth) : 0;
	if (directory_at(m, entry) == g->table)
		return true;
	find_at(k, SWISS_LAW_TABLE, g, at->unit, at->slot,
		"its hash leads to entry %llu of the directory, another table",
		(unsigned long long)entry);
	return false;
}

static void check_hash(struct checking *k, const struct groups *g, const struct place *at,
	const uint8_t *key)
{
	const struct map *m = k->m;
	uint64_t hash = swiss_hash(m, key);
	uint8_t control = *control_at(m, at->addr, at->slot);

	if (control != hash_h2(hash))
		find_at(k, SWISS_LAW_H2, g, at->unit, at->slot, "%02x, and the hash says %02x",
			control, hash_h2(hash));
	if (check_choice(k, g, at, hash))
		check_way(k, g, at, key, hash);
}

static void check_cell(struct checking *k, const struct groups *g, const struct place *at)
{
	const struct map *m = k->m;
	bool key_is, elem_is;
	const uint8_t *key;

	k->c->cells++;
	k->live++;
	if (cell_unknown(m, at->addr, at->slot))
		return;
	key_is = key_inside(m, at->addr, at->slot);
	elem_is = elem_inside(m, at->addr, at->slot);
	if (!key_is || !elem_is)
		find_at(k, SWISS_LAW_POINTERS, g, at->unit, at->slot,
			"the %s points out of the heap", key_is ? "elem" : "key");
	if (!key_is || m->unhashed)
		return;
	key = map_key(m, at->addr, at->slot);
	/* What is not equal to itself has another hash each time. */
	if (value_equals_itself(m->heap, m->type->key, key))
		check_hash(k, g, at, key);
}

static void check_free_slot(struct checking *k, const struct groups *g, const struct place *at)
{
	const struct maptype *t = k->m->type;
	const uint8_t *group = map_at(k->m, at->addr);
	bool key = t->indirect_key || t->key->pointers;

	if (any_set(group + unit_elem(&t->unit, at->slot), t->elemsize))
		find_at(k, SWISS_LAW_STALE, g, at->unit, at->slot, "the elem was not zeroed");
	if (key && any_set(group + unit_key(&t->unit, at->slot), t->keysize))
		find_at(k, SWISS_LAW_STALE, g, at->unit, at->slot, "the key was not zeroed");
}

void check_group(struct checking *k, const struct groups *g, uint64_t unit)
{
	struct place at = { .unit = unit, .addr = group_addr(k->m, g, unit) };
	unsigned empty = 0, deleted = 0;

	k->c->units++;
	for (at.slot = 0; at.slot < SLOTS; at.slot++) {
		uint8_t control = *control_at(k->m, at.addr, at.slot);

		if (control <= CONTROL_FULL_MOST) {
			check_cell(k, g, &at);
			continue;
		}
		empty += control == CONTROL_EMPTY;
		deleted += control == CONTROL_DELETED;
		if (control != CONTROL_EMPTY && control != CONTROL_DELETED)
			find_at(k, SWISS_LAW_CONTROL, g, unit, at.slot, "%02x", control);
		check_free_slot(k, g, &at);
	}
	k->tombstones += deleted;
	if (deleted && (empty || !g->table))
		find_at(k, SWISS_LAW_TOMBSTONES, g, unit, SLOTS,
			"%u tombstones beside %u empty slots%s", deleted, empty,
			g->table ? "" : ", in a small map");
}
