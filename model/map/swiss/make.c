/* SPDX-License-Identifier: MIT */
/* Making a Swiss map, and what maps and tables are made of. Source: map.go, NewMap. */
#include "model/map/swiss/rules.h"

enum { DISCARD_LEAST = 4096 }; /* bytes of an array that are worth giving back */

void swiss_draw_seed(struct map *m)
{
	uint64_t seed = random_seed(m->random, m->type->target->ptrsize);

	swiss_set(m, SWISS_SEED, seed);
	TELL(m, .kind = EVENT_SEED, .seed = { .seed = seed });
}

uint64_t new_groups(struct map *m, uint64_t count, struct error *err)
{
	const struct maptype *t = m->type;
	enum swiss_object kind = count == 1 ? SWISS_OBJECT_GROUP : SWISS_OBJECT_GROUPS;
	uint64_t addr = swiss_alloc(m, kind, count * t->unit.size, t->pointers, err);

	for (uint64_t i = 0; addr && i < count; i++)
		put_empty(m, addr + i * t->unit.size);
	return addr;
}

uint64_t new_table(struct map *m, unsigned capacity, int64_t index, unsigned depth,
	struct error *err)
{
	uint64_t table = swiss_alloc(m, SWISS_OBJECT_TABLE, table_size(m->type->target), true, err);
	uint64_t groups = table ? new_groups(m, capacity / SLOTS, err) : 0;

	if (!groups)
		return 0;
	table_set(m, table, TABLE_INDEX, (uint64_t)index);
	table_set(m, table, TABLE_LOCAL_DEPTH, depth);
	table_set(m, table, TABLE_GROUPS, groups);
	table_set(m, table, TABLE_LENGTH_MASK, capacity / SLOTS - 1);
	table_set(m, table, TABLE_CAPACITY, capacity);
	table_set(m, table, TABLE_GROWTH_LEFT, table_most(capacity));
	return table;
}

void discard_table(struct map *m, uint64_t table)
{
	struct groups g = groups_of(m, table);
	uint64_t bytes = (g.mask + 1) * m->type->unit.size;

	heap_lose(m->heap, table_size(m->type->target), true);
	heap_lose(m->heap, bytes, m->type->pointers);
	if (!map_in_loop(m) && bytes >= DISCARD_LEAST)
		heap_discard(m->heap, g.addr, bytes, m->type->pointers);
}

static bool make_tables(struct map *m, const struct swiss_plan *plan, struct error *err)
{
	unsigned word = m->type->target->ptrsize, depth = 0;
	uint64_t directory;

	while (1ull << depth < plan->tables)
		depth++;
	swiss_set(m, SWISS_GLOBAL_DEPTH, depth);
	swiss_set(m, SWISS_GLOBAL_SHIFT, hash_bits(m->type->target) - depth);
	directory = swiss_alloc(m, SWISS_OBJECT_DIRECTORY, plan->tables * word, true, err);
	if (!directory)
		return false;
	for (uint64_t i = 0; i < plan->tables; i++) {
		uint64_t table = new_table(m, plan->capacity, (int64_t)i, depth, err);

		if (!table)
			return false;
		put_word(m, directory + i * word, table);
	}
	swiss_set(m, SWISS_DIR_PTR, directory);
	swiss_set(m, SWISS_DIR_LEN, plan->tables);
	return true;
}

bool swiss_make(struct map *m, uint64_t hint, struct error *err)
{
	const struct maptype *t = m->type;
	struct swiss_plan plan = swiss_plan(t, hint);
	uint64_t header, first, bytes = plan.tables * plan.capacity / SLOTS * t->unit.size;

	if (plan.tables && !heap_has_room(m->heap, bytes, err))
		return fail_in(err, "hint %llu", (unsigned long long)hint);
	header = map_alloc_header(m, SWISS_OBJECT_MAP, SWISS_OBJECT_GROUP, hint, &first, err);
	if (!header)
		return false;
	map_start(m, header);
	swiss_draw_seed(m);
	if (first) {
		put_empty(m, first);
		swiss_set(m, SWISS_DIR_PTR, first);
	}
	if (plan.tables && !make_tables(m, &plan, err))
		return false;
	TELL(m, .kind = EVENT_MAKE, .at = { .addr = header },
		.make = { .hint = hint,
			.array = plan.tables != 0 || first,
			.ignored = plan.refused });
	return true;
}
