/* SPDX-License-Identifier: MIT */
/*
 * Growth, which is always of one table and all at once: rehash. Up to 1024 slots a table is
 * replaced by one of twice as many; one of 1024 by two, each with the entries of a half of its
 * hashes. In between the new tables are in no directory: m->swiss.fresh says where they are.
 * Source: table.go, rehash, grow, split; map.go, installTableSplit, growToTable.
 */
#include "model/map/swiss/rules.h"

static void set_fresh(struct map *m, unsigned i, uint64_t table)
{
	save(m, &m->swiss.fresh[i], sizeof m->swiss.fresh[i]);
	m->swiss.fresh[i] = table;
}

/* Entries that came into a table. */
static void count_entries(struct map *m, const struct groups *to, int n)
{
	table_add(m, to->table, TABLE_GROWTH_LEFT, -n);
	table_add(m, to->table, TABLE_USED, n);
}

/* uncheckedPutSlot: the entry at `from` goes to the first open slot on its way in another table. */
static void put_entry(struct map *m, const struct groups *to, uint64_t hash,
	const struct place *from, bool right)
{
	const struct maptype *t = m->type;
	struct probe p = probe_start(to, hash);
	uint64_t addr = group_addr(m, to, p.unit);
	slots open;
	unsigned slot;

	while ((open = match_empty_or_deleted(control_word(m, addr))) == 0) {
		probe_next(&p);
		addr = group_addr(m, to, p.unit);
	}
	slot = first_slot(open);
	put_bytes(m, map_at(m, addr + unit_key(&t->unit, slot)),
		map_at(m, from->addr + unit_key(&t->unit, from->slot)), t->keysize);
	put_bytes(m, map_at(m, addr + unit_elem(&t->unit, slot)),
		map_at(m, from->addr + unit_elem(&t->unit, from->slot)), t->elemsize);
	if (MAP_TRACE(m))
		count_entries(m, to, 1);
	put_control(m, addr, slot, hash_h2(hash));
	if (MAP_TRACE(m))
		TELL(m, .kind = SWISS_EVENT_MOVE, .at = *from, .own = SWISS(move,
			.array = swiss_number(m, to->table, to->addr), .unit = (uint32_t)p.unit,
			.slot = (uint8_t)slot, .right = right));
}

/* A group's keys are all fetched before the first of them is hashed. */
FETCHES static inline void fetch_keys(const struct map *m, uint64_t group)
{
	for (slots full = match_full(control_word(m, group)); full; full = without_first(full))
		fetch_key(m, group, first_slot(full));
}

/* All entries, group by group; the bit of the hash says to which of two tables. */
static void move_entries(struct map *m, const struct groups *from, const struct groups to[2],
	uint64_t bit)
{
	bool elsewhere = keys_are_elsewhere(m->type);
	struct place at = { 0 };
	int came[2] = { 0 };

	if (MAP_TRACE(m))
		number_place(m, &at, from);
	for (at.unit = 0; at.unit <= from->mask; at.unit++) {
		slots full;

		at.addr = group_addr(m, from, at.unit);
		if (elsewhere && at.unit < from->mask)
			fetch_keys(m, group_addr(m, from, at.unit + 1));
		for (full = match_full(control_word(m, at.addr)); full;
			full = without_first(full)) {
			uint64_t hash;
			bool right;

			at.slot = first_slot(full);
			hash = swiss_hash_drawn(m, map_key(m, at.addr, at.slot));
			right = (hash & bit) != 0;
			put_entry(m, &to[right], hash, &at, right);
			came[right]++;
		}
	}
	/* Who watches has seen them come one by one. */
	for (unsigned i = 0; i < 2 && !MAP_TRACE(m); i++)
		if (to[i].table)
			count_entries(m, &to[i], came[i]);
}

/* The directory's entries for a table, from its index on: replaceTable. */
static void install(struct map *m, uint64_t table)
{
	unsigned word = MAP_TARGET(m)->ptrsize;
	uint64_t first = (uint64_t)table_index(m, table), n = table_entries(m, table);
	struct place at = { .addr = table_get(m, table, TABLE_GROUPS) };

	for (uint64_t i = first; i < first + n; i++)
		put_word(m, swiss_get(m, SWISS_DIR_PTR) + i * word, table);
	if (MAP_TRACE(m))
		at.array = swiss_number(m, table, 0);
	TELL(m, .kind = SWISS_EVENT_INSTALL, .at = at, .own = SWISS(install,
		.entry = (uint32_t)first, .entries = (uint32_t)n));
}

bool grow_to_table(struct map *m, struct error *err)
{
	struct groups from = { .addr = swiss_get(m, SWISS_DIR_PTR) }, to[2] = { { 0 } };
	uint64_t table, directory;

	m->landmarks |= LANDMARK_GROW;
	TELL(m, .kind = SWISS_EVENT_GROW, .at = { .addr = from.addr }, .own = SWISS(grow,
		.from = SLOTS, .to = 2 * SLOTS, .used = (uint16_t)swiss_get(m, SWISS_USED)));
	table = new_table(m, 2 * SLOTS, 0, 0, err);
	if (!table)
		return false;
	set_fresh(m, 0, table);
	to[0] = groups_of(m, table);
	move_entries(m, &from, to, 0);
	directory = swiss_alloc(m, SWISS_OBJECT_DIRECTORY, m->type->target->ptrsize, true, err);
	if (!directory)
		return false;
	put_word(m, directory, table);
	set_fresh(m, 0, 0);
	if (!map_on_stack(m, from.addr))
		heap_lose(m->heap, m->type->unit.size, m->type->pointers);
	swiss_set(m, SWISS_DIR_PTR, directory);
	swiss_set(m, SWISS_DIR_LEN, 1);
	swiss_set(m, SWISS_GLOBAL_DEPTH, 0);
	swiss_set(m, SWISS_GLOBAL_SHIFT, hash_bits(m->type->target));
	TELL(m, .kind = SWISS_EVENT_INSTALL, .at = { .addr = to[0].addr },
		.own = SWISS(install, .entries = 1));
	return true;
}

static bool grow_table(struct map *m, uint64_t old, unsigned capacity, struct error *err)
{
	struct groups from = groups_of(m, old), to[2] = { { 0 } };
	unsigned depth = (unsigned)table_get(m, old, TABLE_LOCAL_DEPTH);
	struct place at = { .addr = from.addr };
	uint64_t table;

	if (MAP_TRACE(m))
		number_place(m, &at, &from);
	TELL(m, .kind = SWISS_EVENT_GROW, .at = at, .own = SWISS(grow,
		.from = (uint16_t)(capacity / 2), .to = (uint16_t)capacity,
		.used = (uint16_t)table_get(m, old, TABLE_USED), .depth = (uint8_t)depth));
	table = new_table(m, capacity, table_index(m, old), depth, err);
	if (!table)
		return false;
	set_fresh(m, 0, table);
	to[0] = groups_of(m, table);
	move_entries(m, &from, to, 0);
	set_fresh(m, 0, 0);
	install(m, table);
	table_set(m, old, TABLE_INDEX, UINT64_MAX);
	return true;
}

/* Entry i becomes 2i and 2i + 1. */
static bool double_directory(struct map *m, struct error *err)
{
	unsigned word = MAP_TARGET(m)->ptrsize;
	uint64_t n = swiss_get(m, SWISS_DIR_LEN), depth = swiss_get(m, SWISS_GLOBAL_DEPTH);
	uint64_t old = swiss_get(m, SWISS_DIR_PTR);
	uint64_t directory = swiss_alloc(m, SWISS_OBJECT_DIRECTORY, 2 * n * word, true, err);

	if (!directory)
		return false;
	for (uint64_t i = 0; i < n; i++) {
		uint64_t table = directory_at(m, i);

		put_word(m, directory + 2 * i * word, table);
		put_word(m, directory + (2 * i + 1) * word, table);
		if (table_index(m, table) == (int64_t)i)
			table_set(m, table, TABLE_INDEX, 2 * i);
	}
	swiss_set(m, SWISS_GLOBAL_DEPTH, depth + 1);
	swiss_set(m, SWISS_GLOBAL_SHIFT, swiss_get(m, SWISS_GLOBAL_SHIFT) - 1);
	swiss_set(m, SWISS_DIR_PTR, directory);
	swiss_set(m, SWISS_DIR_LEN, 2 * n);
	heap_lose(m->heap, n * word, true);
	heap_discard(m->heap, old, n * word, true);
	TELL(m, .kind = SWISS_EVENT_DOUBLED, .at = { .addr = directory },
		.own = SWISS(doubled, .from = n, .to = 2 * n));
	return true;
}

/* installTableSplit: left takes over the old index, right comes after its entries. */
static bool install_halves(struct map *m, uint64_t old, const struct groups to[2],
	struct error *err)
{
	if (table_get(m, old, TABLE_LOCAL_DEPTH) == swiss_get(m, SWISS_GLOBAL_DEPTH) &&
		!double_directory(m, err))
		return false;
	table_set(m, to[0].table, TABLE_INDEX, table_get(m, old, TABLE_INDEX));
	table_set(m, to[1].table, TABLE_INDEX, table_get(m, old, TABLE_INDEX) +
		table_entries(m, to[0].table));
	for (unsigned i = 0; i < 2; i++) {
		set_fresh(m, i, 0);
		install(m, to[i].table);
	}
	table_set(m, old, TABLE_INDEX, UINT64_MAX);
	return true;
}

static bool split_table(struct map *m, uint64_t old, struct error *err)
{
	struct groups from = groups_of(m, old), to[2];
	unsigned depth = (unsigned)table_get(m, old, TABLE_LOCAL_DEPTH) + 1;
	unsigned bit = hash_bits(m->type->target) - depth;
	struct place at = { .addr = from.addr };

	if (MAP_TRACE(m))
		number_place(m, &at, &from);
	TELL(m, .kind = SWISS_EVENT_SPLIT, .at = at, .own = SWISS(split,
		.used = (uint16_t)table_get(m, old, TABLE_USED), .depth = (uint8_t)depth,
		.bit = (uint8_t)bit));
	for (unsigned i = 0; i < 2; i++) {
		uint64_t table = new_table(m, TABLE_SLOTS_MOST, -1, depth, err);

		if (!table)
			return false;
		set_fresh(m, i, table);
		to[i] = groups_of(m, table);
	}
	move_entries(m, &from, to, 1ull << bit);
	return install_halves(m, old, to, err);
}

bool rehash(struct map *m, uint64_t table, struct error *err)
{
	unsigned capacity = 2 * (unsigned)table_get(m, table, TABLE_CAPACITY);
	bool ok;

	m->landmarks |= LANDMARK_GROW;
	ok = capacity <= TABLE_SLOTS_MOST ? grow_table(m, table, capacity, err)
					  : split_table(m, table, err);
	if (ok)
		discard_table(m, table);
	return ok;
}
