/* SPDX-License-Identifier: MIT */
/*
 * Go's AES hash, for 64-bit words (amd64) and for 32-bit ones (386).
 * Source: runtime/asm_amd64.s, runtime/asm_386.s: memhash, memhash32, memhash64, strhash.
 *
 * Two builds of the same code, aeshash_body.h: with the processor's AES instructions and in
 * plain C. Both give the same results.
 */
#ifndef MODEL_HASH_AESHASH_H
#define MODEL_HASH_AESHASH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* key is the schedule: 128 bytes for 64-bit words, 64 for 32-bit ones. */
struct aeshash {
	uint64_t (*mem64)(const uint8_t *key, const uint8_t *p, size_t len, uint64_t seed);
	uint64_t (*mem32)(const uint8_t *key, const uint8_t *p, size_t len, uint64_t seed);
	uint64_t (*four64)(const uint8_t *key, const uint8_t *p, uint64_t seed);  /* 4 bytes */
	uint64_t (*four32)(const uint8_t *key, const uint8_t *p, uint64_t seed);
	uint64_t (*eight64)(const uint8_t *key, const uint8_t *p, uint64_t seed); /* 8 bytes */
	uint64_t (*eight32)(const uint8_t *key, const uint8_t *p, uint64_t seed);
};

extern const struct aeshash aeshash_plain;
extern const struct aeshash aeshash_cpu; /* only to be used where aeshash_have_cpu() says so */

bool aeshash_have_cpu(void);

/* The fastest that this machine has. */
const struct aeshash *aeshash_best(void);

#endif
