/* SPDX-License-Identifier: MIT */
/*
 * The hash of a key under the map's seed, as wide as a word of the target. What its bits choose is
 * the design's.
 *
 * Which function a type gets is the compiler's choice: cmd/compile/internal/reflectdata/alg.go
 * (genhash). The functions themselves: runtime/alg.go.
 */
#ifndef MODEL_HASH_HASH_H
#define MODEL_HASH_HASH_H

#include "model/go/gotype.h"
#include "model/hash/aeshash.h"
#include "model/hash/random.h"
#include "model/hash/wyhash.h"
#include "model/memory/heap.h"

enum { HASHKEY_MOST = 128 };

struct hasher {
	const struct target *target;
	enum hash_family family;
	uint8_t key[HASHKEY_MOST];
	unsigned key_size;
	const struct aes_entries *aes; /* of the target */
	struct wyhash wyhash;
	const struct heap *heap;   /* where pointers in keys lead */
	bool wide_draws;           /* what is drawn for a NaN is 64 bits */
};

/*
 * Sets the function and its process-wide key. A key made for the other word size is cut, or
 * repeated, to the size needed; NULL stands for a fixed key.
 */
void hasher_init(struct hasher *h, const struct target *t, const struct release *r,
	enum hash_family family, const uint8_t *key, unsigned size);

/*
 * The hash of the value at p, of type t, seeded. A NaN hashes differently each time: what it adds
 * is drawn from chance. Who only looks has none, and gets the hash of one that drew 0.
 */
uint64_t hash_value(const struct hasher *h, const struct gotype *t, const uint8_t *p,
	uint64_t seed, struct random *chance);

/* The plain memory forms. */
uint64_t hash_mem(const struct hasher *h, const uint8_t *p, size_t len, uint64_t seed);
uint64_t hash_four(const struct hasher *h, const uint8_t *p, uint64_t seed);
uint64_t hash_eight(const struct hasher *h, const uint8_t *p, uint64_t seed);
uint64_t hash_string(const struct hasher *h, const uint8_t *p, uint64_t seed);

/* The parts of values: plain memory by its size, a float of 4 or 8 bytes, an interface. */
uint64_t hash_sized(const struct hasher *h, const uint8_t *p, uint64_t size, uint64_t seed);
uint64_t hash_float(const struct hasher *h, const uint8_t *p, unsigned size, uint64_t seed,
	struct random *chance);
uint64_t hash_interface(const struct hasher *h, const uint8_t *p, uint64_t seed,
	struct random *chance);

/* Whether the compiler treats t as plain memory of just that size: it then has its own entry. */
bool hash_is_mem(const struct gotype *t, uint64_t size);

#endif
