/* SPDX-License-Identifier: MIT */
/* The memory of a Swiss map made of a snapshot. */
#include "model/map/swiss/rules.h"
#include "model/source/groups_parts.h"

static uint64_t fill_groups(struct rebuilding *r, const struct imprint_array *a,
	struct unit_path path)
{
	const struct maptype *t = r->m->type;
	uint64_t addr = a->total == 1 && r->first ? r->first
		: rebuild_room(r, a->total * t->unit.size, t->pointers);

	imprint_read(&r->reader, a);
	for (path.at = 0; addr && path.at < a->total; path.at++)
		if (!rebuild_unit(r, addr + path.at * t->unit.size, &path))
			return 0;
	return addr;
}

static uint64_t fill_table(struct rebuilding *r, const struct source_table *from,
	struct unit_path path)
{
	struct map *m = r->m;
	uint64_t table = rebuild_room(r, table_size(m->type->target), true), groups;

	if (!table)
		return 0;
	groups = fill_groups(r, &from->groups, path);
	if (!groups)
		return 0;
	table_set(m, table, TABLE_USED, from->used);
	table_set(m, table, TABLE_CAPACITY, from->capacity);
	table_set(m, table, TABLE_GROWTH_LEFT, from->growth_left);
	table_set(m, table, TABLE_LOCAL_DEPTH, from->local_depth);
	table_set(m, table, TABLE_INDEX, (uint64_t)from->index);
	table_set(m, table, TABLE_GROUPS, groups);
	table_set(m, table, TABLE_LENGTH_MASK, from->groups.total - 1);
	return table;
}

/* The tables, and the directory that leads to them; its address, 0 on failure. */
static uint64_t fill_directory(struct rebuilding *r, const struct tables *t)
{
	unsigned word = r->m->type->target->ptrsize;
	uint64_t directory = rebuild_room(r, t->dir_len * word, true), entry = directory;

	for (uint64_t i = 0; directory && i < t->count; i++) {
		uint64_t table = fill_table(r, &t->list[i],
			(struct unit_path){ "tables", i, ".groups", 0 });

		if (!table)
			return 0;
		for (uint64_t n = t->runs[i]; n > 0; n--, entry += word)
			put_word(r->m, entry, table);
	}
	return directory;
}

static void fill_header(struct rebuilding *r, const struct tables *t)
{
	struct map *m = r->m;

	swiss_set(m, SWISS_USED, t->used);
	swiss_set(m, SWISS_SEED, t->seed);
	swiss_set(m, SWISS_DIR_LEN, t->dir_len);
	swiss_set(m, SWISS_GLOBAL_DEPTH, t->global_depth);
	swiss_set(m, SWISS_GLOBAL_SHIFT, t->global_shift);
	swiss_set(m, SWISS_WRITING, t->writing);
	swiss_set(m, SWISS_CLEAR_SEQ, t->clear_seq);
	swiss_set(m, SWISS_TOMBSTONE_POSSIBLE, t->tombstone_possible);
}

/* What its range loop walks, if it is under way: else nothing leads there. */
static bool fill_outside(struct rebuilding *r, const struct tables *t)
{
	struct unit_path table = { "old_table", PATH_ONE, ".groups", 0 };
	struct unit_path group = { "old_group", PATH_ONE, NULL, 0 };

	if (!r->snap->loop.stands)
		return true;
	if (t->old_table.groups.total) {
		r->outside.table = fill_table(r, &t->old_table, table);
		return r->outside.table != 0;
	}
	if (t->old_group.total) {
		r->outside.group = fill_groups(r, &t->old_group, group);
		return r->outside.group != 0;
	}
	return true;
}

bool groups_fill(struct rebuilding *r)
{
	const struct tables *t = &r->snap->tables;
	uint64_t header = rebuild_header(r, SWISS_OBJECT_MAP, SWISS_OBJECT_GROUP), at = 0;

	if (!header)
		return false;
	map_start(r->m, header);
	if (t->dir_len)
		at = fill_directory(r, t);
	else if (t->group.total)
		at = fill_groups(r, &t->group, (struct unit_path){ "group", PATH_ONE, NULL, 0 });
	if (!at && (t->dir_len || t->group.total))
		return false;
	swiss_set(r->m, SWISS_DIR_PTR, at);
	fill_header(r, t);
	return fill_outside(r, t);
}
