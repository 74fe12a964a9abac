/* SPDX-License-Identifier: MIT */
/* The AES hash in plain C, for machines without AES instructions. Source of AES: FIPS 197. */
#include "model/hash/aeshash.h"

#include <string.h>

#define AES_BLOCK struct block
#define AES_FN
#define AESHASH aeshash_plain

struct block {
	uint8_t b[16];
};

static uint8_t times2(uint8_t a)
{
	return (uint8_t)(a << 1 ^ (a & 0x80 ? 0x1b : 0));
}

/* The S-box by its definition: the inverse in GF(2^8), then an affine map. */
static uint8_t sub_byte(uint8_t a)
{
	static uint8_t table[256];
	static bool made;

	if (!made) {
		uint8_t p = 1, q = 1;

		do {
			/* P runs through all powers of 3, q through their inverses. */
			p ^= times2(p);
			q ^= (uint8_t)(q << 1);
			q ^= (uint8_t)(q << 2);
			q ^= (uint8_t)(q << 4);
			if (q & 0x80)
				q ^= 0x09;
			table[p] = (uint8_t)(0x63 ^ q ^ (uint8_t)(q << 1 | q >> 7) ^
				(uint8_t)(q << 2 | q >> 6) ^ (uint8_t)(q << 3 | q >> 5) ^
				(uint8_t)(q << 4 | q >> 4));
		} while (p != 1);
		table[0] = 0x63;
		made = true;
	}
	return table[a];
}

static struct block aes_load(const uint8_t *p)
{
	struct block a;

	memcpy(a.b, p, 16);
	return a;
}

static struct block aes_make(uint64_t lo, uint64_t hi)
{
	struct block a;

	memcpy(a.b, &lo, 8);
	memcpy(a.b + 8, &hi, 8);
	return a;
}

static struct block aes_xor(struct block a, struct block b)
{
	for (int i = 0; i < 16; i++)
		a.b[i] ^= b.b[i];
	return a;
}

/* SubBytes and ShiftRows. */
static struct block aes_last(struct block a)
{
	struct block out;

	for (int i = 0; i < 16; i++)
		out.b[i] = sub_byte(a.b[(i + 4 * (i % 4)) % 16]);
	return out;
}

/* The same, MixColumns, then the round key. */
static struct block aes_round(struct block a, struct block key)
{
	struct block out, last = aes_last(a);

	for (int column = 0; column < 4; column++) {
		const uint8_t *s = last.b + 4 * column;
		uint8_t all = s[0] ^ s[1] ^ s[2] ^ s[3];

		for (int row = 0; row < 4; row++)
			out.b[4 * column + row] = (uint8_t)(s[row] ^ all ^
				times2((uint8_t)(s[row] ^ s[(row + 1) % 4])));
	}
	return aes_xor(out, key);
}

static uint64_t aes_low(struct block a)
{
	uint64_t v;

	memcpy(&v, a.b, 8);
	return v;
}

#include "model/hash/aeshash_body.h"
#include "model/hash/aeshash_arm_body.h"

bool aeshash_have_cpu(void)
{
#if defined(__x86_64__) || defined(__i386__)
	return __builtin_cpu_supports("aes") && __builtin_cpu_supports("sse4.1");
#else
	return false;
#endif
}

const struct aeshash *aeshash_best(void)
{
	return aeshash_have_cpu() ? &aeshash_cpu : &aeshash_plain;
}

const struct aes_entries *aeshash_entries(const struct aeshash *a, const struct target *t,
	const struct release *r)
{
	if (t->aes == AES_ARM64)
		return &a->arm64[r->arm_aes];
	return t->ptrsize == 8 ? &a->amd64 : &a->i386;
}
