/* SPDX-License-Identifier: MIT */
#include "model/base/ranks.h"

#include <stdlib.h>

#include "model/base/mem.h"

enum { COUNT_LEAST = 16 };

static int compare(const void *a, const void *b)
{
	const uint64_t *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

void ranks_sort(void *list, size_t count, size_t size)
{
	if (count > 1)
		qsort(list, count, size, compare);
}

void ranks_make(struct ranks *r, const void *list, size_t size, size_t count)
{
	uint64_t all;
	size_t i = 0;

	ranks_free(r);
	if (count < COUNT_LEAST || count > UINT32_MAX / 2)
		return;
	r->from = *ranks_at(list, size, 0);
	r->count = count;
	all = *ranks_at(list, size, count - 1) - r->from;
	while (all >> r->shift >= 2 * count)
		r->shift++;
	r->parts = (all >> r->shift) + 1;
	r->index = xcalloc(r->parts + 1, sizeof *r->index);
	for (uint64_t part = 0; part <= r->parts; part++) {
		r->index[part] = (uint32_t)i;
		while (i < count && (*ranks_at(list, size, i) - r->from) >> r->shift == part)
			i++;
	}
}

void ranks_free(struct ranks *r)
{
	free(r->index);
	*r = (struct ranks){ 0 };
}
