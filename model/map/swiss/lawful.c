/* SPDX-License-Identifier: MIT */
/*
 * Whether a Swiss map obeys the laws that its rules rely on. Its sizes and depths agree, and what
 * its keys point to is there: all else may be anything. Between operations the runtime keeps all
 * of these; what names them one by one is the business of who looks.
 */
#include "model/map/swiss/rules.h"

static bool all_zero(const uint8_t *p, size_t n)
{
	while (n > 0)
		if (p[--n])
			return false;
	return true;
}

/* A slot that is not full: its elem is zero, and a key with pointers too. */
static bool dead_sound(const struct map *m, uint64_t group, unsigned slot)
{
	const struct maptype *t = m->type;
	bool wiped = t->key->pointers || t->indirect_key;

	return all_zero(map_at(m, group + unit_elem(&t->unit, slot)), t->elemsize) &&
		(!wiped || all_zero(map_at(m, group + unit_key(&t->unit, slot)), t->keysize));
}

/* A search for the key of a full slot ends just there; one that equals nothing is nowhere found. */
static bool full_sound(struct map *m, const struct groups *g, uint64_t group, unsigned slot)
{
	const uint8_t *key = map_key(m, group, slot);
	struct search s = { 0 };
	uint64_t hash;

	if (!value_equals_itself(m->heap, m->type->key, key))
		return true;
	hash = swiss_hash(m, key);
	s.groups = choose_groups(m, hash);
	if (s.groups.table != g->table)
		return false;
	search_groups(m, &s, SEARCH_LOOKUP, key, hash);
	return s.found && s.at.addr == group && s.at.slot == slot &&
		*control_at(m, group, slot) == hash_h2(hash);
}

/* Slots of a table, or of the one group, as they are counted. */
struct counts {
	uint64_t full, deleted;
};

static bool group_sound(struct map *m, const struct groups *g, uint64_t group, struct counts *n)
{
	uint64_t word = control_word(m, group);
	slots empty = match_empty(word), deleted = match_empty_or_deleted(word) & ~empty;

	if (empty && deleted)
		return false;
	n->deleted += count_slots(deleted);
	for (unsigned slot = 0; slot < SLOTS; slot++) {
		uint8_t control = control_of(word, slot);

		if (control > CONTROL_FULL_MOST && control != CONTROL_EMPTY &&
			control != CONTROL_DELETED)
			return false;
		n->full += control <= CONTROL_FULL_MOST;
		if (!(control <= CONTROL_FULL_MOST ? full_sound(m, g, group, slot)
						   : dead_sound(m, group, slot)))
			return false;
	}
	return true;
}

static bool groups_sound(struct map *m, const struct groups *g, struct counts *n)
{
	*n = (struct counts){ 0 };
	for (uint64_t i = 0; i <= g->mask; i++)
		if (!group_sound(m, g, group_addr(m, g, i), n))
			return false;
	return true;
}

/* Whether its slots add up: before its keys are looked for, as that ends at an empty slot. */
static bool table_adds_up(const struct map *m, uint64_t table)
{
	struct groups g = groups_of(m, table);
	unsigned most = table_most((unsigned)table_get(m, table, TABLE_CAPACITY));
	uint64_t taken = 0;

	for (uint64_t i = 0; i <= g.mask; i++)
		taken += SLOTS - count_slots(match_empty(control_word(m, group_addr(m, &g, i))));
	return taken <= most && taken + table_get(m, table, TABLE_GROWTH_LEFT) == most;
}

/* A table that `n` entries of the directory lead to, from number `first` on. */
static bool table_sound(struct map *m, uint64_t table, uint64_t first, uint64_t n,
	struct counts *sum)
{
	struct groups g = groups_of(m, table);
	struct counts here;

	if (table_index(m, table) != (int64_t)first || table_entries(m, table) != n || first % n ||
		table_get(m, table, TABLE_CAPACITY) <= SLOTS || !table_adds_up(m, table) ||
		!groups_sound(m, &g, &here))
		return false;
	sum->full += here.full;
	sum->deleted += here.deleted;
	return here.full == table_get(m, table, TABLE_USED);
}

static bool tables_sound(struct map *m, struct counts *sum)
{
	uint64_t entries = swiss_get(m, SWISS_DIR_LEN), first = 0;

	for (uint64_t i = 1; i <= entries; i++) {
		if (i < entries && directory_at(m, i) == directory_at(m, first))
			continue;
		if (!table_sound(m, directory_at(m, first), first, i - first, sum))
			return false;
		first = i;
	}
	return true;
}

bool swiss_lawful(const struct map *m)
{
	struct map still = *m;
	struct counts sum = { 0 };
	struct groups one = { 0 };

	still.trace = NULL;
	still.random = NULL;
	if (!m->header)
		return true;
	if (swiss_get(m, SWISS_WRITING))
		return false;
	one.addr = swiss_get(m, SWISS_DIR_PTR);
	if (!(swiss_small(m) ? !one.addr || groups_sound(&still, &one, &sum)
			     : tables_sound(&still, &sum)))
		return false;
	if (sum.deleted && (swiss_small(m) || (m->type->release->prunes &&
						      !swiss_get(m, SWISS_TOMBSTONE_POSSIBLE))))
		return false;
	return sum.full == swiss_get(m, SWISS_USED);
}
