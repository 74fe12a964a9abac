/* SPDX-License-Identifier: MIT */
/* Structs that are nothing but uint64_t, added up member by member. */
#ifndef MODEL_FIGURES_NUMBERS_H
#define MODEL_FIGURES_NUMBERS_H

#include <stddef.h>
#include <stdint.h>

/* To subtract, times is UINT64_MAX. */
static inline void numbers_add(void *to, const void *part, size_t size, uint64_t times)
{
	uint64_t *sum = to;
	const uint64_t *p = part;

	for (size_t i = 0; i < size / sizeof *sum; i++)
		sum[i] += times * p[i];
}

#endif
