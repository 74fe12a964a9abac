/* SPDX-License-Identifier: MIT */
/*
 * Where the fields of the Swiss map's structs lie. Source: internal/runtime/maps/map.go (type Map)
 * and table.go (type table); internal/abi/map.go for the numbers.
 *
 *     Map                64 bit  32 bit        table               64 bit  32 bit
 *     used                 0x00    0x00        used                  0x00    0x00
 *     seed                 0x08    0x08        capacity              0x02    0x02
 *     dirPtr               0x10    0x0c        growthLeft            0x04    0x04
 *     dirLen               0x18    0x10        localDepth            0x06    0x06
 *     globalDepth          0x20    0x14        index                 0x08    0x08
 *     globalShift          0x21    0x15        groups.data           0x10    0x0c
 *     writing              0x22    0x16        groups.lengthMask     0x18    0x10
 *     tombstonePossible    0x23    0x17
 *     clearSeq             0x28    0x18
 *     size                   48      32                                32      24
 *
 * A map of at most eight entries may have one group and nothing else: then dirPtr is its address
 * and dirLen is 0. Any other has a directory of dirLen = 2^globalDepth pointers to tables. A table
 * whose localDepth is smaller than globalDepth fills 2^(globalDepth - localDepth) neighbouring
 * entries; `index` is the first of them, -1 once it was replaced.
 *
 *     group:  control word | slots, each a key and an elem        (1.27 with mapsplitgroup:
 *             control word | eight keys | eight elems)
 */
#ifndef MODEL_MAP_SWISS_LAYOUT_H
#define MODEL_MAP_SWISS_LAYOUT_H

#include "model/map/field.h"
#include "model/map/maptype.h"

enum swiss_field {
	SWISS_USED, SWISS_SEED, SWISS_DIR_PTR, SWISS_DIR_LEN, SWISS_GLOBAL_DEPTH,
	SWISS_GLOBAL_SHIFT, SWISS_WRITING, SWISS_TOMBSTONE_POSSIBLE, SWISS_CLEAR_SEQ,
	SWISS_FIELDS,
};

enum table_field {
	TABLE_USED, TABLE_CAPACITY, TABLE_GROWTH_LEFT, TABLE_LOCAL_DEPTH, TABLE_INDEX,
	TABLE_GROUPS, TABLE_LENGTH_MASK,
	TABLE_FIELDS,
};

/* Here, so that a field whose name is known when compiling costs one load. */
static const struct field swiss_fields[SWISS_FIELDS] = {
	[SWISS_USED] = { "used", "uint64", 0, 0, 8, FIELD_NUMBER },
	[SWISS_SEED] = { "seed", "uintptr", 8, 8, 0, FIELD_HEX },
	[SWISS_DIR_PTR] = { "dirPtr", "unsafe.Pointer", 12, 16, 0, FIELD_POINTER },
	[SWISS_DIR_LEN] = { "dirLen", "int", 16, 24, 0, FIELD_NUMBER },
	[SWISS_GLOBAL_DEPTH] = { "globalDepth", "uint8", 20, 32, 1, FIELD_NUMBER },
	[SWISS_GLOBAL_SHIFT] = { "globalShift", "uint8", 21, 33, 1, FIELD_NUMBER },
	[SWISS_WRITING] = { "writing", "uint8", 22, 34, 1, FIELD_NUMBER },
	[SWISS_TOMBSTONE_POSSIBLE] = { "tombstonePossible", "bool", 23, 35, 1, FIELD_NUMBER },
	[SWISS_CLEAR_SEQ] = { "clearSeq", "uint64", 24, 40, 8, FIELD_NUMBER },
};

static const struct field table_fields[TABLE_FIELDS] = {
	[TABLE_USED] = { "used", "uint16", 0, 0, 2, FIELD_NUMBER },
	[TABLE_CAPACITY] = { "capacity", "uint16", 2, 2, 2, FIELD_NUMBER },
	[TABLE_GROWTH_LEFT] = { "growthLeft", "uint16", 4, 4, 2, FIELD_NUMBER },
	[TABLE_LOCAL_DEPTH] = { "localDepth", "uint8", 6, 6, 1, FIELD_NUMBER },
	[TABLE_INDEX] = { "index", "int", 8, 8, 0, FIELD_NUMBER },
	[TABLE_GROUPS] = { "groups.data", "unsafe.Pointer", 12, 16, 0, FIELD_POINTER },
	[TABLE_LENGTH_MASK] = { "groups.lengthMask", "uint64", 16, 24, 8, FIELD_NUMBER },
};

enum {
	TABLE_SLOTS_MOST = 1024, /* maxTableCapacity: a fuller table is split */
	LOAD_OF_8 = 7,           /* maxAvgGroupLoad: slots of a group that may be taken */
	SMALL_MOST = 8,          /* entries of a map that is one group */
};

/* MapType.Flags */
enum { MAP_NEED_KEY_UPDATE = 1, MAP_HASH_MIGHT_PANIC = 2, MAP_INDIRECT_KEY = 4,
	MAP_INDIRECT_ELEM = 8 };

static inline unsigned swiss_size(const struct target *t)
{
	return t->ptrsize == 8 ? 48 : 32;
}

static inline unsigned table_size(const struct target *t)
{
	return t->ptrsize == 8 ? 32 : 24;
}

/* Bits of a hash: as many as a word has. */
static inline unsigned hash_bits(const struct target *t)
{
	return 8 * t->ptrsize;
}

/* Entries that a table of so many slots takes before it grows. */
static inline unsigned table_most(unsigned capacity)
{
	return capacity <= SLOTS ? capacity - 1 : capacity * LOAD_OF_8 / SLOTS;
}

/* Fills the unit of a type, its group. */
void swiss_lay_out(struct maptype *t);

/* MapType.Flags */
unsigned swiss_flags(const struct maptype *t);

/* MapType.Group.PtrBytes: the collector looks at so many bytes of a group. */
uint32_t swiss_pointer_bytes(const struct maptype *t);

/* What make does with a hint. */
struct swiss_plan {
	bool refused;          /* it is too large to be meant, and counts as none */
	uint64_t tables;       /* 0: none, the map begins small */
	unsigned capacity;     /* slots of each */
};

struct swiss_plan swiss_plan(const struct maptype *t, uint64_t hint);

#endif
