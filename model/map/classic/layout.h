/* SPDX-License-Identifier: MIT */
/*
 * Where the fields of the runtime's structs lie, as tables that the rules, the decoder and the
 * views share. Source: runtime/map.go, type hmap and type mapextra.
 *
 *     hmap      64 bit  32 bit          mapextra       64 bit  32 bit
 *     count        0x00    0x00         overflow          0x00    0x00
 *     flags        0x08    0x04         oldoverflow       0x08    0x04
 *     B            0x09    0x05         nextOverflow      0x10    0x08
 *     noverflow    0x0a    0x06
 *     hash0        0x0c    0x08
 *     buckets      0x10    0x0c
 *     oldbuckets   0x18    0x10
 *     nevacuate    0x20    0x14
 *     extra        0x28    0x18
 *     size           48      28                             24      12
 *
 * From 1.24 on (runtime/map_noswiss.go) the clears are counted before extra:
 *
 *     clearSeq     0x28    0x18
 *     extra        0x30    0x20
 *     size           56      36
 *
 *     bucket:  tophash[8] | key[8] | elem[8] | overflow pointer
 *
 * Keys and elems are grouped, so nothing between them needs padding.
 * Source: cmd/compile/internal/reflectdata/reflect.go (MapBucketType).
 */
#ifndef MODEL_MAP_CLASSIC_LAYOUT_H
#define MODEL_MAP_CLASSIC_LAYOUT_H

#include <stddef.h>

#include "model/map/field.h"
#include "model/map/maptype.h"

enum hmap_field {
	HMAP_COUNT, HMAP_FLAGS, HMAP_B, HMAP_NOVERFLOW, HMAP_HASH0,
	HMAP_BUCKETS, HMAP_OLDBUCKETS, HMAP_NEVACUATE, HMAP_CLEAR_SEQ, HMAP_EXTRA,
	HMAP_FIELDS,
};

enum extra_field { EXTRA_OVERFLOW, EXTRA_OLDOVERFLOW, EXTRA_NEXTOVERFLOW, EXTRA_FIELDS };

/* Here, so that a field whose name is known when compiling costs one load. */
#define HMAP_START \
	[HMAP_COUNT] = { "count", "int", 0, 0, 0, FIELD_NUMBER }, \
	[HMAP_FLAGS] = { "flags", "uint8", 4, 8, 1, FIELD_FLAGS }, \
	[HMAP_B] = { "B", "uint8", 5, 9, 1, FIELD_NUMBER }, \
	[HMAP_NOVERFLOW] = { "noverflow", "uint16", 6, 10, 2, FIELD_NUMBER }, \
	[HMAP_HASH0] = { "hash0", "uint32", 8, 12, 4, FIELD_HEX }, \
	[HMAP_BUCKETS] = { "buckets", "unsafe.Pointer", 12, 16, 0, FIELD_POINTER }, \
	[HMAP_OLDBUCKETS] = { "oldbuckets", "unsafe.Pointer", 16, 24, 0, FIELD_POINTER }, \
	[HMAP_NEVACUATE] = { "nevacuate", "uintptr", 20, 32, 0, FIELD_NUMBER }

/* A field that the release has not is without a name. */
static const struct field hmap_layouts[][HMAP_FIELDS] = {
	{ HMAP_START,
		[HMAP_EXTRA] = { "extra", "*mapextra", 24, 40, 0, FIELD_POINTER } },
	{ HMAP_START,
		[HMAP_CLEAR_SEQ] = { "clearSeq", "uint64", 24, 40, 8, FIELD_NUMBER },
		[HMAP_EXTRA] = { "extra", "*mapextra", 32, 48, 0, FIELD_POINTER } },
};

static inline const struct field *hmap_fields(const struct release *r)
{
	return hmap_layouts[r->counts_clears];
}

static inline bool hmap_has(const struct release *r, enum hmap_field f)
{
	return hmap_fields(r)[f].name != NULL;
}

static inline const struct field *hmap_field(const struct release *r, enum hmap_field f)
{
	/* What lies before them is the same in all. */
	return &hmap_layouts[f < HMAP_CLEAR_SEQ ? 0 : r->counts_clears][f];
}

static const struct field extra_fields[EXTRA_FIELDS] = {
	[EXTRA_OVERFLOW] = { "overflow", "*[]*bmap", 0, 0, 0, FIELD_POINTER },
	[EXTRA_OLDOVERFLOW] = { "oldoverflow", "*[]*bmap", 4, 8, 0, FIELD_POINTER },
	[EXTRA_NEXTOVERFLOW] = { "nextOverflow", "*bmap", 8, 16, 0, FIELD_POINTER },
};

/* hmap.flags */
enum {
	FLAG_ITERATOR = 1,     /* there may be an iterator using buckets */
	FLAG_OLD_ITERATOR = 2, /* there may be an iterator using oldbuckets */
	FLAG_WRITING = 4,      /* only during an operation */
	FLAG_SAME_SIZE = 8,    /* the growth under way keeps the size */
};

/* Values of a tophash byte; from MIN_TOPHASH up, the slot is live. */
enum {
	EMPTY_REST,      /* free, and nothing follows in this chain */
	EMPTY_ONE,       /* free, something may follow */
	EVACUATED_X,     /* moved to the same index of the new array */
	EVACUATED_Y,     /* moved to that index plus the old size */
	EVACUATED_EMPTY, /* was free when its bucket was evacuated */
	MIN_TOPHASH,
};

static inline unsigned hmap_size(const struct release *r, const struct target *t)
{
	return 8 + 5 * t->ptrsize + (r->counts_clears ? 8 : 0);
}

static inline unsigned extra_size(const struct target *t)
{
	return 3 * t->ptrsize;
}

/* Flags in words, such as "iterator oldIterator"; "" for none. buf holds at least 64 bytes. */
void flags_words(unsigned flags, char *buf);

/* Lays out the bucket of a type. */
void classic_lay_out(struct maptype *t);

/* Buckets in an array of 2^B: the spare overflow buckets included. 0 when that is too many. */
uint64_t maptype_array_buckets(const struct maptype *t, unsigned B);

/* Bytes that an array for 2^B takes from the heap. */
uint64_t maptype_array_bytes(const struct maptype *t, unsigned B);

/* The capacity that append gives a full list of overflow buckets (extra.overflow). */
uint64_t maptype_list_cap(const struct maptype *t, uint64_t cap);

/* How many entries 2^B buckets take before the next one starts a growth. */
static inline uint64_t load_most(const struct release *r, unsigned B)
{
	uint64_t most = r->load_num * ((1ull << B) / 2);

	return most > SLOTS ? most : SLOTS;
}

/* overLoadFactor: whether count entries are too many for 2^B buckets. */
static inline bool over_load_factor(const struct release *r, uint64_t count, unsigned B)
{
	return count > load_most(r, B);
}

/* tooManyOverflowBuckets: about as many overflow buckets as buckets. */
static inline bool too_many_overflow(unsigned noverflow, unsigned B)
{
	return noverflow >= 1u << (B > 15 ? 15 : B);
}

/* B for a hint, as makemap finds it; a hint that cannot be meant counts as none. */
unsigned maptype_hint_B(const struct maptype *t, uint64_t hint);

/* Bytes a bucket would take if it stored key/elem pairs instead of grouping them. */
uint64_t maptype_pair_bytes(const struct maptype *t);

#endif
