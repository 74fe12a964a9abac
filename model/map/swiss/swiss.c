/* SPDX-License-Identifier: MIT */
#include "model/map/swiss/swiss.h"

#include "model/map/swiss/control.h"
#include "model/map/swiss/layout.h"
#include "model/map/swiss/rules.h"
#include "model/map/units.h"

/* Growth is never under way between operations: this design moves a table at once. */
static bool swiss_work(struct map *m, struct error *err)
{
	(void)m;
	err->msg[0] = '\0';
	return false;
}

static uint64_t count(const struct map *m)
{
	return swiss_get(m, SWISS_USED);
}

static void tell_next(struct map *m)
{
	TELL(m, .kind = EVENT_NEXT, .at = { .unit = m->loop.swiss.entry_idx },
		.next = { .yielded = m->loop.yielded });
}

static bool never(const struct map *m)
{
	(void)m;
	return false;
}

/* The groups of the tables, or of the one group. */
static struct extent extent(const struct map *m)
{
	struct extent e = { .array = swiss_get(m, SWISS_DIR_PTR) };
	uint64_t last = 0;

	e.directory = swiss_get(m, SWISS_DIR_LEN);
	e.units = e.array && !e.directory;
	for (uint64_t i = 0; i < e.directory; i++) {
		uint64_t table = directory_at(m, i);

		if (table == last)
			continue;
		last = table;
		e.units += table_get(m, table, TABLE_LENGTH_MASK) + 1;
		e.arrays++;
	}
	return e;
}

static void units(const struct map *m, struct units *u)
{
	uint64_t entries = swiss_get(m, SWISS_DIR_LEN), last = 0;
	uint32_t arrays;
	struct groups g;

	for (uint64_t i = 0; i < entries; i++) {
		uint64_t table = directory_at(m, i);

		if (table == last)
			continue;
		last = table;
		g = groups_of(m, table);
		units_add(u, SIDE_MAIN, table, g.addr, g.mask + 1);
	}
	if (swiss_small(m) && swiss_get(m, SWISS_DIR_PTR))
		units_add(u, SIDE_MAIN, 0, swiss_get(m, SWISS_DIR_PTR), 1);
	arrays = swiss_arrays(m);
	for (uint32_t i = (uint32_t)u->count; i < arrays; i++) {
		g = swiss_array(m, i);
		units_add(u, SIDE_ASIDE, g.table, g.addr, g.mask + 1);
	}
}

/* The top localDepth bits of its hashes, a 1 before them; 0 of a lone group. */
static uint64_t part_of(const struct map *m, uint64_t table)
{
	uint64_t depth = table ? table_get(m, table, TABLE_LOCAL_DEPTH) : 0;

	if (!table)
		return 0;
	return (1ull << depth) | (uint64_t)table_index(m, table) >>
		(swiss_get(m, SWISS_GLOBAL_DEPTH) - depth);
}

/* dirPtr, dirLen and the directory; a table leads to the same groups for as long as it is used. */
static bool leads(const struct map *m, uint64_t addr, uint64_t end)
{
	unsigned word = m->type->target->ptrsize;
	uint64_t directory = swiss_get(m, SWISS_DIR_PTR);
	uint64_t from = m->header + field_offset(&swiss_fields[SWISS_DIR_PTR], word);

	return (addr < from + 2 * word && end > from) ||
		(addr < directory + swiss_get(m, SWISS_DIR_LEN) * word && end > directory);
}

/* Entries are in the old table until the new one has them all, and then it is not reached. */
static bool never_moved(const struct map *m, uint64_t unit)
{
	(void)m;
	(void)unit;
	return false;
}

static uint64_t home(const struct map *m, const uint8_t *key)
{
	uint64_t hash = swiss_hash(m, key), first = 0, last = 0, entry;

	if (swiss_small(m))
		return 0;
	entry = directory_index(m, hash);
	for (uint64_t i = 0; i < entry; i++) {
		uint64_t table = directory_at(m, i);

		if (table != last && table != directory_at(m, entry))
			first += table_get(m, table, TABLE_LENGTH_MASK) + 1;
		last = table;
	}
	return first + (hash_h1(hash) & table_get(m, directory_at(m, entry), TABLE_LENGTH_MASK));
}

static bool count_unit(const struct map *m, uint64_t array, uint64_t *unit, struct error *err)
{
	struct extent e = m->header ? extent(m) : (struct extent){ 0 };
	struct groups g;

	if (array >= e.arrays)
		return fail(err, "there is no table %llu: the map has %llu",
			(unsigned long long)array, (unsigned long long)e.arrays);
	g = swiss_array(m, (uint32_t)array);
	if (*unit > g.mask)
		return fail(err, "there is no group %llu: the table has %llu",
			(unsigned long long)*unit, (unsigned long long)g.mask + 1);
	for (uint32_t i = 0; i < array; i++) {
		g = swiss_array(m, i);
		*unit += g.mask + 1;
	}
	return true;
}

static uint64_t hinted_units(const struct maptype *t, uint64_t hint)
{
	struct swiss_plan plan = swiss_plan(t, hint);

	return plan.tables ? plan.tables * (plan.capacity / SLOTS) : 1;
}

/* Tables as empty as they are after all have split, and one that is being replaced. */
static uint64_t bytes(const struct maptype *t, uint64_t entries)
{
	uint64_t groups = 1, all;

	while (groups < UINT64_MAX / 16 && groups * LOAD_OF_8 < entries)
		groups *= 2;
	if (groups > TABLE_SLOTS_MOST / SLOTS)
		groups = entries / LOAD_OF_8 * 2 + 2 * TABLE_SLOTS_MOST / SLOTS;
	return __builtin_mul_overflow(groups, t->unit.size, &all) ? UINT64_MAX : all;
}

/* Any numbers are: of the first the remainder by a table's slots counts, of the other by dirLen. */
static bool start(uint64_t units, bool wrap, uint64_t entry, uint64_t dir, struct place *at,
	struct error *err)
{
	(void)units;
	(void)wrap;
	(void)err;
	*at = (struct place){ .unit = entry, .slot = (unsigned)dir };
	return true;
}

static bool assign(struct map *m, const uint8_t *key, const uint8_t *elem, struct error *err)
{
	return map_is_quick(m) ? swiss_assign_quickly(m, key, elem, err)
			       : swiss_assign(m, key, elem, err);
}

static bool lookup(struct map *m, const uint8_t *key, struct place *where)
{
	return map_looks_quick(m) ? swiss_lookup_quickly(m, key, where)
				  : swiss_lookup(m, key, where);
}

static bool erase(struct map *m, const uint8_t *key, bool *deleted, struct error *err)
{
	return map_is_quick(m) ? swiss_delete_quickly(m, key, deleted, err)
			       : swiss_delete(m, key, deleted, err);
}

static struct hashed hash(const struct map *m, const uint8_t *key)
{
	return map_looks_quick(m) ? swiss_hashed_quickly(m, key) : swiss_hashed(m, key);
}

static void prefetch(const struct map *m, const struct hashed *list, unsigned n, enum ahead ahead)
{
	if (map_looks_quick(m))
		swiss_prefetch_quickly(m, list, n, ahead);
	else
		swiss_prefetch(m, list, n, ahead);
}

static unsigned header(const struct maptype *t)
{
	return swiss_size(t->target);
}

const struct engine swiss_engine = {
	.name = "swiss",
	.layout = {
		.unit = swiss_lay_out,
		.live_least = 0,
		.live_most = CONTROL_FULL_MOST,
		.header = header,
		.hinted_units = hinted_units,
		.bytes = bytes,
	},
	.reading = {
		.count = count,
		.growing = never,
		.extent = extent,
		.reached = swiss_reached,
		.units = units,
		.leads = leads,
		.moved = never_moved,
		.part = part_of,
		.first_unit = count_unit,
	},
	.keys = {
		.hash = hash,
		.home = home,
		.prefetch = prefetch,
		.fetches_from = AHEAD_FAR,
	},
	.rules = {
		.make = swiss_make,
		.assign = assign,
		.lookup = lookup,
		.erase = erase,
		.clear = swiss_clear,
		.work = swiss_work,
		.clone = swiss_clone,
	},
	.loop = {
		.range = swiss_range,
		.next = swiss_next,
		.tell_next = tell_next,
		.start = start,
		.start_words = "ENTRY DIR",
	},
	.words = {
		.unit = "group",
		.all = "groups",
		.places = "group.slot",
		.usage = "[TABLE:]GROUP",
		.control = "control",
	},
};
