/* SPDX-License-Identifier: MIT */
/* The AES hash with the processor's instructions, on x86. */
#include "model/hash/aeshash.h"

#if defined(__x86_64__) || defined(__i386__)

#include <immintrin.h>

#define AES_BLOCK __m128i
#define AES_FN __attribute__((target("aes,sse4.1")))
#define AESHASH aeshash_cpu

#define aes_load(p) _mm_loadu_si128((const __m128i *)(const void *)(p))
#define aes_make(lo, hi) _mm_set_epi64x((long long)(hi), (long long)(lo))
#define aes_xor(a, b) _mm_xor_si128(a, b)
#define aes_round(a, k) _mm_aesenc_si128(a, k)
#define aes_last(a) _mm_aesenclast_si128(a, _mm_setzero_si128())

AES_FN static uint64_t aes_low(__m128i a)
{
	uint64_t v[2];

	_mm_storeu_si128((__m128i *)(void *)v, a);
	return v[0];
}

#include "model/hash/aeshash_body.h"
#include "model/hash/aeshash_arm_body.h"

#else

const struct aeshash aeshash_cpu = { 0 };

#endif
