/* SPDX-License-Identifier: MIT */
/* The laws of a Swiss map's header, its directory and its tables. */
#include <stdlib.h>

#include "model/base/mem.h"
#include "model/base/ranks.h"
#include "model/figures/swiss/check_rules.h"

enum { DEPTH_MOST = 40 }; /* no directory is longer than 2^that */

static const struct law laws[SWISS_LAWS] = {
#define X(id, name, law) [SWISS_LAW_##id] = { name, law },
	SWISS_LAWS_TABLE(X)
#undef X
};

void find_at(struct checking *k, enum swiss_law law, const struct groups *g, uint64_t unit,
	unsigned slot, const char *format, ...)
{
	struct text *says = check_finding(k->c, law);
	va_list ap;

	if (!says)
		return;
	if (g->table)
		text_printf(says, "table %llu", (unsigned long long)k->entry);
	if (unit != UINT64_MAX)
		text_printf(says, "%sgroup %llu", g->table ? " " : "", (unsigned long long)unit);
	if (slot < SLOTS)
		text_printf(says, " slot %u", slot);
	text_add(says, ": ");
	va_start(ap, format);
	text_vprintf(says, format, ap);
	va_end(ap);
}

#define TABLE_AS_WHOLE UINT64_MAX, SLOTS

/* Whether so many objects of a size lie where a pointer leads. */
static bool lies_there(const struct map *m, uint64_t addr, uint64_t count, uint64_t size)
{
	return addr % m->type->target->ptrsize == 0 && heap_holds(m->heap, addr, count * size);
}

static void check_groups(struct checking *k, const struct groups *g)
{
	k->live = k->tombstones = 0;
	for (uint64_t i = 0; i <= g->mask; i++)
		check_group(k, g, i);
	k->any_tombstone |= k->tombstones > 0;
}

static void check_small(struct checking *k)
{
	const struct map *m = k->m;
	struct groups g = { .addr = swiss_get(m, SWISS_DIR_PTR) };

	if (swiss_get(m, SWISS_GLOBAL_DEPTH) || swiss_get(m, SWISS_GLOBAL_SHIFT))
		check_say(k->c, SWISS_LAW_SMALL,
			"globalDepth is %u and globalShift %u, without a directory",
			(unsigned)swiss_get(m, SWISS_GLOBAL_DEPTH),
			(unsigned)swiss_get(m, SWISS_GLOBAL_SHIFT));
	if (!g.addr)
		return;
	if (!lies_there(m, g.addr, 1, m->type->unit.size)) {
		check_say(k->c, SWISS_LAW_HEADER, "dirPtr 0x%llx: no group is there",
			(unsigned long long)g.addr);
		return;
	}
	check_groups(k, &g);
}

static void check_table_sums(struct checking *k, const struct groups *g)
{
	const struct map *m = k->m;
	unsigned used = (unsigned)table_get(m, g->table, TABLE_USED);
	unsigned left = (unsigned)table_get(m, g->table, TABLE_GROWTH_LEFT);
	unsigned most = table_most((unsigned)table_get(m, g->table, TABLE_CAPACITY));

	if (used != k->live)
		find_at(k, SWISS_LAW_USED, g, TABLE_AS_WHOLE, "used is %u, and %llu cells are live",
			used, (unsigned long long)k->live);
	if (left + k->live + k->tombstones != most)
		find_at(k, SWISS_LAW_GROWTH, g, TABLE_AS_WHOLE,
			"growthLeft is %u: of %u slots to fill %llu are live, %llu tombstones",
			left, most, (unsigned long long)k->live, (unsigned long long)k->tombstones);
}

/* Whether a table's groups can be looked at. */
static bool check_capacity(struct checking *k, const struct groups *g)
{
	uint64_t capacity = table_get(k->m, g->table, TABLE_CAPACITY);

	if (capacity < 2 * SLOTS || capacity > TABLE_SLOTS_MOST || (capacity & (capacity - 1)) ||
		g->mask != capacity / SLOTS - 1) {
		find_at(k, SWISS_LAW_CAPACITY, g, TABLE_AS_WHOLE,
			"capacity is %llu, and lengthMask %llu", (unsigned long long)capacity,
			(unsigned long long)g->mask);
		return false;
	}
	if (lies_there(k->m, g->addr, g->mask + 1, k->m->type->unit.size))
		return true;
	find_at(k, SWISS_LAW_HEADER, g, TABLE_AS_WHOLE, "groups 0x%llx: %llu groups are not there",
		(unsigned long long)g->addr, (unsigned long long)g->mask + 1);
	return false;
}

static void check_table(struct checking *k, uint64_t table, uint64_t entries)
{
	const struct map *m = k->m;
	struct groups g = groups_of(m, table);
	uint64_t global = swiss_get(m, SWISS_GLOBAL_DEPTH);
	uint64_t local = table_get(m, table, TABLE_LOCAL_DEPTH);

	if (table_index(m, table) != (int64_t)k->entry)
		find_at(k, SWISS_LAW_INDEX, &g, TABLE_AS_WHOLE, "index is %lld",
			(long long)table_index(m, table));
	if (local > global)
		find_at(k, SWISS_LAW_DIRECTORY, &g, TABLE_AS_WHOLE,
			"localDepth %llu is more than globalDepth %llu", (unsigned long long)local,
			(unsigned long long)global);
	else if (entries != 1ull << (global - local) || k->entry % entries != 0)
		find_at(k, SWISS_LAW_DIRECTORY, &g, TABLE_AS_WHOLE,
			"%llu entries of the directory from %llu on, and localDepth %llu of %llu",
			(unsigned long long)entries, (unsigned long long)k->entry,
			(unsigned long long)local, (unsigned long long)global);
	if (!check_capacity(k, &g))
		return;
	xadd(k->all, k->count, k->cap, g);
	check_groups(k, &g);
	check_table_sums(k, &g);
}

static void check_shared(struct checking *k)
{
	ranks_sort(k->all, k->count, sizeof *k->all);
	for (size_t i = 1; i < k->count; i++) {
		const struct groups *a = &k->all[i - 1];

		if (k->all[i].addr - a->addr < (a->mask + 1) * k->m->type->unit.size)
			check_say(k->c, SWISS_LAW_SHARED,
				"the groups at 0x%llx are those of two tables",
				(unsigned long long)k->all[i].addr);
	}
}

/* Whether there is a directory to look at. */
static bool check_depth(struct checking *k)
{
	const struct map *m = k->m;
	uint64_t depth = swiss_get(m, SWISS_GLOBAL_DEPTH), len = swiss_get(m, SWISS_DIR_LEN);
	uint64_t shift = swiss_get(m, SWISS_GLOBAL_SHIFT), bits = hash_bits(m->type->target);

	if (depth > DEPTH_MOST || len != 1ull << depth) {
		check_say(k->c, SWISS_LAW_DEPTH, "dirLen is %llu, and globalDepth %llu",
			(unsigned long long)len, (unsigned long long)depth);
		return false;
	}
	if (shift != bits - depth)
		check_say(k->c, SWISS_LAW_DEPTH, "globalShift is %llu: it would be %llu",
			(unsigned long long)shift, (unsigned long long)(bits - depth));
	if (lies_there(m, swiss_get(m, SWISS_DIR_PTR), len, m->type->target->ptrsize))
		return true;
	check_say(k->c, SWISS_LAW_HEADER, "dirPtr 0x%llx: no directory of %llu entries is there",
		(unsigned long long)swiss_get(m, SWISS_DIR_PTR), (unsigned long long)len);
	return false;
}

static void check_directory(struct checking *k)
{
	const struct map *m = k->m;
	uint64_t len = swiss_get(m, SWISS_DIR_LEN), n;

	for (uint64_t i = 0; i < len; i += n) {
		uint64_t table = directory_at(m, i);

		for (n = 1; i + n < len && directory_at(m, i + n) == table; n++)
			;
		k->entry = i;
		if (lies_there(m, table, 1, table_size(m->type->target)))
			check_table(k, table, n);
		else
			check_say(k->c, SWISS_LAW_HEADER,
				"directory entry %llu leads to 0x%llx: no table is there",
				(unsigned long long)i, (unsigned long long)table);
	}
	check_shared(k);
}

static void check_sums(struct checking *k)
{
	const struct map *m = k->m;
	uint64_t used = swiss_get(m, SWISS_USED);

	if (used != k->c->cells)
		check_say(k->c, SWISS_LAW_USED, "used is %llu, and %llu cells are live",
			(unsigned long long)used, (unsigned long long)k->c->cells);
	if (swiss_get(m, SWISS_WRITING))
		check_say(k->c, SWISS_LAW_WRITING, "writing is set, and nobody writes");
	if (k->any_tombstone && m->type->release->prunes && !swiss_get(m, SWISS_TOMBSTONE_POSSIBLE))
		check_say(k->c, SWISS_LAW_POSSIBLE,
			"there are tombstones, and tombstonePossible is not set");
}

static void check(const struct map *m, struct check *c)
{
	struct checking k = { .m = m, .c = c };

	if (!lies_there(m, m->header, 1, swiss_size(m->type->target))) {
		check_say(k.c, SWISS_LAW_HEADER, "Map 0x%llx is not in the heap",
			(unsigned long long)m->header);
		return;
	}
	if (swiss_small(m))
		check_small(&k);
	else if (check_depth(&k))
		check_directory(&k);
	else
		return;
	check_sums(&k);
	free(k.all);
}

const struct law_book swiss_laws = { laws, SWISS_LAWS, check };
