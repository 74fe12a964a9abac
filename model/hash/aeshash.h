/* SPDX-License-Identifier: MIT */
/*
 * Go's AES hash, for 64-bit words (amd64) and for 32-bit ones (386), and the one that arm64 has.
 * Source: runtime/asm_amd64.s, asm_386.s, asm_arm64.s: memhash, memhash32, memhash64, strhash;
 * from 1.27 on internal/runtime/maps/memhash_*.s.
 *
 * Two builds of the same code, aeshash_body.h and aeshash_arm_body.h: with the processor's AES
 * instructions and in plain C. Both give the same results.
 */
#ifndef MODEL_HASH_AESHASH_H
#define MODEL_HASH_AESHASH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/target/release.h"
#include "model/target/target.h"

/* The entry points of one target. key is the schedule: 128 bytes, 64 for 32-bit words. */
struct aes_entries {
	uint64_t (*mem)(const uint8_t *key, const uint8_t *p, size_t len, uint64_t seed);
	uint64_t (*four)(const uint8_t *key, const uint8_t *p, uint64_t seed);  /* 4 bytes */
	uint64_t (*eight)(const uint8_t *key, const uint8_t *p, uint64_t seed); /* 8 bytes */
};

struct aeshash {
	struct aes_entries amd64, i386;
	struct aes_entries arm64[ARM_AES_COUNT];
};

extern const struct aeshash aeshash_plain;
extern const struct aeshash aeshash_cpu; /* only to be used where aeshash_have_cpu() says so */

bool aeshash_have_cpu(void);

/* The fastest that this machine has. */
const struct aeshash *aeshash_best(void);

/* Of these, the entry points of a target that has an AES hash; others get some all the same. */
const struct aes_entries *aeshash_entries(const struct aeshash *a, const struct target *t,
	const struct release *r);

#endif
