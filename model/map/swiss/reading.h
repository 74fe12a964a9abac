/* SPDX-License-Identifier: MIT */
/*
 * Reading a Swiss map's memory: header, directory, tables.
 *
 * Arrays of units are numbered (place.array): the different tables in the order of the directory,
 * then those that are not in it, as an operation is half done or a range still walks along them.
 * A small map's group is array 0.
 */
#ifndef MODEL_MAP_SWISS_READING_H
#define MODEL_MAP_SWISS_READING_H

#include "model/map/map.h"
#include "model/map/swiss/layout.h"

static inline uint64_t load_field(const struct map *m, uint64_t addr, const struct field *f)
{
	unsigned word = MAP_TARGET(m)->ptrsize;

	return load_uint(
		MAP_TARGET(m), map_at(m, addr) + field_offset(f, word), field_size(f, word));
}

static inline uint64_t swiss_get(const struct map *m, enum swiss_field f)
{
	return load_field(m, m->header, &swiss_fields[f]);
}

static inline uint64_t table_get(const struct map *m, uint64_t table, enum table_field f)
{
	return load_field(m, table, &table_fields[f]);
}

/* table.index: -1 once the table was replaced. */
static inline int64_t table_index(const struct map *m, uint64_t table)
{
	uint64_t v = table_get(m, table, TABLE_INDEX);

	return MAP_TARGET(m)->ptrsize == 8 ? (int64_t)v : (int32_t)v;
}

/* The map has no tables: one group, or not even that. */
static inline bool swiss_small(const struct map *m)
{
	return swiss_get(m, SWISS_DIR_LEN) == 0;
}

/* The table that entry i of the directory leads to. */
static inline uint64_t directory_at(const struct map *m, uint64_t i)
{
	return map_load_word(m, swiss_get(m, SWISS_DIR_PTR) + i * MAP_TARGET(m)->ptrsize);
}

/* Entries of the directory that lead to a table. */
static inline uint64_t table_entries(const struct map *m, uint64_t table)
{
	return 1ull << (swiss_get(m, SWISS_GLOBAL_DEPTH) - table_get(m, table, TABLE_LOCAL_DEPTH));
}

/* The entry of the directory for a hash. */
static inline uint64_t directory_index(const struct map *m, uint64_t hash)
{
	return swiss_get(m, SWISS_DIR_LEN) == 1 ? 0
						: hash >> (swiss_get(m, SWISS_GLOBAL_SHIFT) & 63);
}

/* The groups of a table, or the one group of a small map. */
struct groups {
	uint64_t addr;       /* first, as lists are sorted by it; 0: none yet */
	uint64_t table;      /* 0: a small map */
	uint64_t mask;       /* groups - 1 */
};

static inline struct groups groups_of(const struct map *m, uint64_t table)
{
	return (struct groups){ .table = table, .addr = table_get(m, table, TABLE_GROUPS),
		.mask = table_get(m, table, TABLE_LENGTH_MASK) };
}

static inline uint64_t group_addr(const struct map *m, const struct groups *g, uint64_t i)
{
	return g->addr + i * m->type->unit.size;
}

static inline uint8_t *control_at(const struct map *m, uint64_t group, unsigned slot)
{
	return map_at(m, group) + unit_control(&m->type->unit, slot);
}

/* Slots of a table that hold tombstones. */
unsigned table_tombstones(const struct map *m, uint64_t table);

/* How many arrays of units there are, with those that no directory leads to. */
uint32_t swiss_arrays(const struct map *m);

/* Array n; its table is 0 for a lone group. */
struct groups swiss_array(const struct map *m, uint32_t n);

/* The number of the array with that table, or, with 0, that group. Walks the directory. */
uint32_t swiss_number(const struct map *m, uint64_t table, uint64_t group);

/* Between the two steps of a split in which the directory comes to lead to the new tables: the old
   one, whose entries are all in these; else 0. */
uint64_t swiss_half_replaced(const struct map *m);

#endif
