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
 */
#ifndef MODEL_GO_LAYOUT_H
#define MODEL_GO_LAYOUT_H

#include "model/target/target.h"

enum field_kind { FIELD_NUMBER, FIELD_HEX, FIELD_FLAGS, FIELD_POINTER };

struct field {
	const char *name;     /* as in the runtime's source */
	const char *gotype;
	uint8_t offset32, offset64;
	uint8_t size;         /* 0: one word */
	enum field_kind kind;
};

enum hmap_field {
	HMAP_COUNT, HMAP_FLAGS, HMAP_B, HMAP_NOVERFLOW, HMAP_HASH0,
	HMAP_BUCKETS, HMAP_OLDBUCKETS, HMAP_NEVACUATE, HMAP_EXTRA,
	HMAP_FIELDS,
};

enum extra_field { EXTRA_OVERFLOW, EXTRA_OLDOVERFLOW, EXTRA_NEXTOVERFLOW, EXTRA_FIELDS };

/* Here, so that a field whose name is known when compiling costs one load. */
static const struct field hmap_fields[HMAP_FIELDS] = {
	[HMAP_COUNT] = { "count", "int", 0, 0, 0, FIELD_NUMBER },
	[HMAP_FLAGS] = { "flags", "uint8", 4, 8, 1, FIELD_FLAGS },
	[HMAP_B] = { "B", "uint8", 5, 9, 1, FIELD_NUMBER },
	[HMAP_NOVERFLOW] = { "noverflow", "uint16", 6, 10, 2, FIELD_NUMBER },
	[HMAP_HASH0] = { "hash0", "uint32", 8, 12, 4, FIELD_HEX },
	[HMAP_BUCKETS] = { "buckets", "unsafe.Pointer", 12, 16, 0, FIELD_POINTER },
	[HMAP_OLDBUCKETS] = { "oldbuckets", "unsafe.Pointer", 16, 24, 0, FIELD_POINTER },
	[HMAP_NEVACUATE] = { "nevacuate", "uintptr", 20, 32, 0, FIELD_NUMBER },
	[HMAP_EXTRA] = { "extra", "*mapextra", 24, 40, 0, FIELD_POINTER },
};

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

enum { SLOTS = 8 }; /* of a bucket; the tophash bytes come first */

static inline unsigned field_offset(const struct field *f, unsigned ptrsize)
{
	return ptrsize == 8 ? f->offset64 : f->offset32;
}

static inline unsigned field_size(const struct field *f, unsigned ptrsize)
{
	return f->size ? f->size : ptrsize;
}

static inline unsigned hmap_size(const struct target *t)
{
	return 8 + 5 * t->ptrsize;
}

static inline unsigned extra_size(const struct target *t)
{
	return 3 * t->ptrsize;
}

/* Flags in words, such as "iterator oldIterator"; "" for none. buf holds at least 64 bytes. */
void flags_words(unsigned flags, char *buf);

#endif
