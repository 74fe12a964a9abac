/* SPDX-License-Identifier: MIT */
/*
 * The AES hash over an abstract block. The includer defines
 *   AES_BLOCK          a 16-byte value
 *   AES_FN             what stands before each function
 *   aes_load(p)        16 bytes as a block
 *   aes_make(lo, hi)   two 64-bit halves as a block
 *   aes_xor(a, b)
 *   aes_round(a, k)    one AESENC of state a with round key k
 *   aes_low(a)         the low 64 bits
 */
#include <string.h>

/* A block scrambled with itself: AESENC X, X. */
AES_FN static AES_BLOCK scramble(AES_BLOCK a)
{
	return aes_round(a, a);
}

AES_FN static AES_BLOCK scramble3(AES_BLOCK a)
{
	return scramble(scramble(scramble(a)));
}

/* The starting state: the seed, and the length's low 16 bits four times over. */
AES_FN static AES_BLOCK start(uint64_t seed, size_t len)
{
	return aes_make(seed, (uint64_t)(len & 0xffff) * 0x0001000100010001u);
}

AES_FN static AES_BLOCK start_n(const uint8_t *key, AES_BLOCK state, unsigned n)
{
	return scramble(aes_xor(state, aes_load(key + 16 * n)));
}

AES_FN static AES_BLOCK short_block(const uint8_t *p, size_t len)
{
	uint8_t padded[16] = { 0 };

	memcpy(padded, p, len);
	return aes_load(padded);
}

/* `blocks` blocks from the front and as many from the back, which may overlap. */
AES_FN static uint64_t medium(const uint8_t *key, const uint8_t *p, size_t len, AES_BLOCK state,
	unsigned blocks)
{
	AES_BLOCK x[8];
	unsigned half = blocks / 2;

	for (unsigned i = 0; i < blocks; i++) {
		const uint8_t *from = i < half ? p + 16 * i : p + len - 16 * (blocks - i);

		x[i] = scramble3(aes_xor(start_n(key, state, i), aes_load(from)));
	}
	for (; blocks > 1; blocks /= 2)
		for (unsigned i = 0; i < blocks / 2; i++)
			x[i] = aes_xor(x[i], x[i + blocks / 2]);
	return aes_low(x[0]);
}

/* Longer than 128 bytes, 64-bit words: eight lanes. */
AES_FN static uint64_t long64(const uint8_t *key, const uint8_t *p, size_t len, AES_BLOCK state)
{
	AES_BLOCK x[8];

	for (unsigned i = 0; i < 8; i++)
		x[i] = aes_xor(start_n(key, state, i), aes_load(p + len - 16 * (8 - i)));
	for (size_t n = (len - 1) >> 7; n > 0; n--, p += 128)
		for (unsigned i = 0; i < 8; i++)
			x[i] = aes_round(scramble(x[i]), aes_load(p + 16 * i));
	for (unsigned i = 0; i < 8; i++)
		x[i] = scramble3(x[i]);
	for (unsigned half = 4; half > 0; half /= 2)
		for (unsigned i = 0; i < half; i++)
			x[i] = aes_xor(x[i], x[i + half]);
	return aes_low(x[0]);
}

/* Longer than 64 bytes, 32-bit words: four lanes, in another order of steps. */
AES_FN static uint64_t long32(const uint8_t *key, const uint8_t *p, size_t len, AES_BLOCK state)
{
	AES_BLOCK x[4];

	for (unsigned i = 0; i < 4; i++)
		x[i] = aes_round(aes_load(p + len - 16 * (4 - i)), start_n(key, state, i));
	for (size_t n = (len - 1) >> 6; n > 0; n--, p += 64)
		for (unsigned i = 0; i < 4; i++)
			x[i] = scramble(aes_round(x[i], aes_load(p + 16 * i)));
	for (unsigned i = 0; i < 4; i++)
		x[i] = scramble3(x[i]);
	return aes_low(aes_xor(aes_xor(x[0], x[2]), aes_xor(x[1], x[3])));
}

AES_FN static uint64_t up_to_64(const uint8_t *key, const uint8_t *p, size_t len, uint64_t seed)
{
	AES_BLOCK state = start(seed, len);
	AES_BLOCK first = start_n(key, state, 0);

	if (len == 0)
		return aes_low(scramble(first));
	if (len <= 16)
		return aes_low(scramble3(aes_xor(first, short_block(p, len))));
	return medium(key, p, len, state, len <= 32 ? 2 : 4);
}

AES_FN static uint64_t mem64(const uint8_t *key, const uint8_t *p, size_t len, uint64_t seed)
{
	if (len <= 64)
		return up_to_64(key, p, len, seed);
	if (len <= 128)
		return medium(key, p, len, start(seed, len), 8);
	return long64(key, p, len, start(seed, len));
}

AES_FN static uint64_t mem32(const uint8_t *key, const uint8_t *p, size_t len, uint64_t seed)
{
	if (len <= 64)
		return (uint32_t)up_to_64(key, p, len, seed);
	return (uint32_t)long32(key, p, len, start(seed, len));
}

/* Three rounds with the schedule's first keys: the entry points for 4 and 8 bytes. */
AES_FN static uint64_t rounds3(const uint8_t *key, AES_BLOCK a)
{
	a = aes_round(a, aes_load(key));
	a = aes_round(a, aes_load(key + 16));
	return aes_low(aes_round(a, aes_load(key + 32)));
}

AES_FN static uint64_t four64(const uint8_t *key, const uint8_t *p, uint64_t seed)
{
	uint32_t v;

	memcpy(&v, p, 4);
	return rounds3(key, aes_make(seed, v));
}

AES_FN static uint64_t four32(const uint8_t *key, const uint8_t *p, uint64_t seed)
{
	uint32_t v;

	memcpy(&v, p, 4);
	return (uint32_t)rounds3(key, aes_make(seed | (uint64_t)v << 32, 0));
}

AES_FN static uint64_t eight64(const uint8_t *key, const uint8_t *p, uint64_t seed)
{
	uint64_t v;

	memcpy(&v, p, 8);
	return rounds3(key, aes_make(seed, v));
}

AES_FN static uint64_t eight32(const uint8_t *key, const uint8_t *p, uint64_t seed)
{
	uint64_t v;

	memcpy(&v, p, 8);
	return (uint32_t)rounds3(key, aes_make(v, seed));
}

