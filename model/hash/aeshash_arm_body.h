/* SPDX-License-Identifier: MIT */
/*
 * arm64's AES hash, over the same abstract block as aeshash_body.h, which comes before. The
 * includer also defines
 *   aes_last(a)        SubBytes and ShiftRows of a, which end AES
 *   AESHASH            the name of the table to fill
 *
 * The instruction AESE adds the key first: SubBytes(ShiftRows(a XOR k)); AESMC is MixColumns. So
 * two of these make one AESENC with the key zero.
 */
enum { ARM_LANES = 8, ARM_TURN = 16 * ARM_LANES };

/* AESE, AESMC */
AES_FN static AES_BLOCK arm_mix(AES_BLOCK a, AES_BLOCK k)
{
	return aes_round(aes_xor(a, k), aes_make(0, 0));
}

/* Three times AESE with AESMC between. */
AES_FN static AES_BLOCK arm_rounds(AES_BLOCK a, AES_BLOCK k)
{
	return aes_last(aes_xor(arm_mix(arm_mix(a, k), k), k));
}

/* Less than 16 bytes: 8, 4, 2, 1 of them, as there are, each at a place of their own. */
AES_FN static AES_BLOCK arm_short(const uint8_t *p, size_t len)
{
	static const uint8_t places[] = { 0, 8, 12, 14 };
	uint8_t padded[16] = { 0 };
	size_t n = 8;

	for (unsigned i = 0; i < 4; i++, n /= 2) {
		if (!(len & n))
			continue;
		memcpy(padded + places[i], p, n);
		p += n;
	}
	return aes_load(padded);
}

AES_FN static AES_BLOCK arm_state(const uint8_t *key, AES_BLOCK seed, unsigned lane)
{
	return arm_mix(aes_load(key + 16 * lane), seed);
}

/* As many lanes from the front as from the back, which may overlap; the lanes are combined. */
AES_FN static uint64_t arm_medium(const uint8_t *key, const uint8_t *p, size_t len, AES_BLOCK seed,
	unsigned lanes)
{
	AES_BLOCK sum = aes_make(0, 0);

	for (unsigned i = 0; i < lanes; i++) {
		const uint8_t *from = i < lanes / 2 ? p + 16 * i : p + len - 16 * (lanes - i);

		sum = aes_xor(sum, arm_rounds(aes_load(from), arm_state(key, seed, i)));
	}
	return aes_low(sum);
}

/* The state goes through AES with the data as keys: the last 128 bytes, then all from the start. */
AES_FN static uint64_t arm_long(const uint8_t *key, const uint8_t *p, size_t len, AES_BLOCK seed)
{
	AES_BLOCK sum = aes_make(0, 0);

	for (unsigned i = 0; i < ARM_LANES; i++) {
		AES_BLOCK state = arm_state(key, seed, i), data;
		const uint8_t *from = p + 16 * i;

		data = aes_load(p + len - ARM_TURN + 16 * i);
		for (size_t n = (len - 1) / ARM_TURN; n > 0; n--, from += ARM_TURN) {
			state = arm_mix(state, data);
			data = aes_load(from);
			state = arm_mix(state, data);
		}
		sum = aes_xor(sum, arm_rounds(state, data));
	}
	return aes_low(sum);
}

AES_FN static uint64_t arm_mem(const uint8_t *key, const uint8_t *p, size_t len, uint64_t seed)
{
	AES_BLOCK start = aes_make(seed, len), first = arm_state(key, start, 0), a;

	if (len == 0)
		return aes_low(first);
	if (len > ARM_TURN)
		return arm_long(key, p, len, start);
	if (len > 16)
		return arm_medium(key, p, len, start, len <= 32 ? 2 : len <= 64 ? 4 : ARM_LANES);
	a = len == 16 ? aes_load(p) : arm_short(p, len);
	return aes_low(arm_mix(arm_mix(arm_mix(a, first), first), first));
}

/* To Go 1.20 the short ones ended as the others do. */
AES_FN static uint64_t arm_mem_unmixed(const uint8_t *key, const uint8_t *p, size_t len,
	uint64_t seed)
{
	if (len == 0 || len > 16)
		return arm_mem(key, p, len, seed);
	return aes_low(arm_rounds(len == 16 ? aes_load(p) : arm_short(p, len),
		arm_state(key, aes_make(seed, len), 0)));
}

AES_FN static uint64_t arm_eight(const uint8_t *key, const uint8_t *p, uint64_t seed)
{
	uint64_t v;

	memcpy(&v, p, 8);
	return aes_low(arm_rounds(aes_make(seed, v), aes_load(key)));
}

AES_FN static uint64_t arm_four(const uint8_t *key, const uint8_t *p, uint64_t seed)
{
	uint32_t v;

	memcpy(&v, p, 4);
	return aes_low(arm_rounds(aes_make(seed, v), aes_load(key)));
}

/* To Go 1.26 the data took the upper half of the seed's place. */
AES_FN static uint64_t arm_four_cut(const uint8_t *key, const uint8_t *p, uint64_t seed)
{
	uint32_t v;

	memcpy(&v, p, 4);
	return aes_low(arm_rounds(aes_make((uint32_t)seed | (uint64_t)v << 32, 0), aes_load(key)));
}

const struct aeshash AESHASH = {
	.amd64 = { mem64, four64, eight64 },
	.i386 = { mem32, four32, eight32 },
	.arm64 = {
		[ARM_AES_UNMIXED] = { arm_mem_unmixed, arm_four_cut, arm_eight },
		[ARM_AES_CUT] = { arm_mem, arm_four_cut, arm_eight },
		[ARM_AES_WHOLE] = { arm_mem, arm_four, arm_eight },
	},
};
