/* SPDX-License-Identifier: MIT */
/*
 * Go's portable hash, for 64-bit and for 32-bit words.
 * Source: runtime/hash64.go, runtime/hash32.go: memhashFallback and its two short forms; from
 * 1.27 on internal/runtime/maps/runtime_hash64.go and runtime_hash32.go.
 */
#ifndef MODEL_HASH_WYHASH_H
#define MODEL_HASH_WYHASH_H

#include <stddef.h>
#include <stdint.h>

#include "model/target/target.h"

struct wyhash {
	const struct target *target; /* for the byte order of loads */
	uint64_t key[4];             /* hashkey; of it, a 64-bit hash before Go 1.23 uses key[0] */
	uint64_t mul[3];             /* what 64-bit blocks are mixed with */
	bool swaps; /* 8 bytes are hashed with their halves swapped, see release.h */
};

/* key: the four words of hashkey, as the target stores them in little-endian order. */
void wyhash_init(struct wyhash *w, const struct target *t, const struct release *r,
	const uint8_t *key);

uint64_t wyhash_mem(const struct wyhash *w, const uint8_t *p, size_t len, uint64_t seed);
uint64_t wyhash_four(const struct wyhash *w, const uint8_t *p, uint64_t seed);
uint64_t wyhash_eight(const struct wyhash *w, const uint8_t *p, uint64_t seed);

#endif
