/* SPDX-License-Identifier: MIT */
/*
 * A map type as the compiler and the runtime know it: the bucket's layout, whether keys and
 * elems are stored by pointer, which specialised code path the compiler picks.
 *
 *     bucket:  tophash[8] | key[8] | elem[8] | overflow pointer
 *
 * Keys and elems are grouped, so nothing between them needs padding.
 * Sources: cmd/compile/internal/reflectdata/reflect.go (MapBucketType),
 * cmd/compile/internal/walk/walk.go (mapfast).
 */
#ifndef MODEL_GO_MAPTYPE_H
#define MODEL_GO_MAPTYPE_H

#include "model/go/gotype.h"
#include "model/go/layout.h"
#include "model/target/sizeclass.h"

/* The code path by which compiled code works on the map. They differ in stale bytes only. */
enum map_path { PATH_GENERAL, PATH_FAST32, PATH_FAST32PTR, PATH_FAST64, PATH_FAST64PTR,
	PATH_FASTSTR };

enum {
	INLINE_MOST = 128,      /* a larger key or elem is stored as a pointer to its own object */
	VALUE_MOST = 16 << 20,  /* bytes of a key or elem that the model takes on */
};

struct maptype {
	const struct target *target;
	const struct release *release;
	struct gotype *type;       /* the whole type; owned */
	const struct gotype *key, *elem;
	char *asked;               /* the type as it was written; owned */
	enum map_path path;
	bool indirect_key, indirect_elem;
	bool pointers;             /* the bucket has pointers the collector scans */
	uint32_t keysize, elemsize; /* of a slot: a pointer's size when stored by pointer */
	uint32_t keys, elems, overflow; /* offsets in a bucket */
	uint32_t bucketsize;
};

/* Reads "map[K]V". NULL with err filled when it is no map type. Borrows target and release. */
struct maptype *maptype_new(const char *text, const struct target *t, const struct release *r,
	struct error *err);
void maptype_free(struct maptype *t);

/* The runtime's functions for that path, such as "mapassign_fast64". */
const char *map_path_name(enum map_path path);

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

/* What each byte of a bucket's slot is (enum gotype_byte), for one key and one elem. */
void maptype_key_bytes(const struct maptype *t, uint8_t *what);
void maptype_elem_bytes(const struct maptype *t, uint8_t *what);

/* The same for a whole bucket; padding means padding inside a key or elem. */
void maptype_bucket_bytes(const struct maptype *t, uint8_t *what);

/* Bytes a bucket would take if it stored key/elem pairs instead of grouping them. */
uint64_t maptype_pair_bytes(const struct maptype *t);

#endif
