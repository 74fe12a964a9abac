/* SPDX-License-Identifier: MIT */
/* Sums and products that stop at the most that 64 bits hold: UINT64_MAX is too many. */
#ifndef MODEL_BASE_SATURATE_H
#define MODEL_BASE_SATURATE_H

#include <stdint.h>

static inline uint64_t saturating_product(uint64_t a, uint64_t b)
{
	uint64_t c;

	return __builtin_mul_overflow(a, b, &c) ? UINT64_MAX : c;
}

static inline uint64_t saturating_sum(uint64_t a, uint64_t b)
{
	uint64_t c;

	return __builtin_add_overflow(a, b, &c) ? UINT64_MAX : c;
}

#endif
