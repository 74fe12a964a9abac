/* SPDX-License-Identifier: MIT */
#include "model/base/ranks.h"

#include <stdlib.h>

#include "model/base/mem.h"

enum { COUNT_LEAST = 16 };

static uint64_t at(const uint64_t *first, size_t stride, size_t i)
{
	return *(const uint64_t *)(const void *)((const char *)first + i * stride);
}

void ranks_make(struct ranks *r, const uint64_t *first, size_t stride, size_t count)
{
	uint64_t all;
	size_t i = 0;

	ranks_free(r);
	if (count < COUNT_LEAST || count > UINT32_MAX / 2)
		return;
	r->from = *first;
	r->count = count;
	all = at(first, stride, count - 1) - r->from;
	while (all >> r->shift >= 2 * count)
		r->shift++;
	r->parts = (all >> r->shift) + 1;
	r->index = xcalloc(r->parts + 1, sizeof *r->index);
	for (uint64_t part = 0; part <= r->parts; part++) {
		r->index[part] = (uint32_t)i;
		while (i < count && (at(first, stride, i) - r->from) >> r->shift == part)
			i++;
	}
}

void ranks_free(struct ranks *r)
{
	free(r->index);
	*r = (struct ranks){ 0 };
}
