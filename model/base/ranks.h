/* SPDX-License-Identifier: MIT */
/*
 * Lists in the order of a number that each element begins with. An index of them tells between
 * which of them a number stands, in one step where they lie about evenly; what it finds is where a
 * search has to look on.
 */
#ifndef MODEL_BASE_RANKS_H
#define MODEL_BASE_RANKS_H

#include <stddef.h>
#include <stdint.h>

/* Sorts elements by the number that each begins with. */
void ranks_sort(void *list, size_t count, size_t size);

static inline const uint64_t *ranks_at(const void *list, size_t size, size_t i)
{
	return (const uint64_t *)(const void *)((const char *)list + i * size);
}

/* Of elements that are sorted so, how many begin with `value` at most; those before `from` do. */
static inline size_t ranks_upto(const void *list, size_t size, size_t from, size_t to,
	uint64_t value)
{
	while (from < to) {
		size_t middle = from + (to - from) / 2;

		if (*ranks_at(list, size, middle) <= value)
			from = middle + 1;
		else
			to = middle;
	}
	return from;
}

/* The last of these; NULL: there is none from `from` on. */
static inline const void *ranks_last(const void *list, size_t size, size_t from, size_t to,
	uint64_t value)
{
	size_t n = ranks_upto(list, size, from, to, value);

	return n > from ? ranks_at(list, size, n - 1) : NULL;
}

struct ranks {
	uint32_t *index;       /* for each part of the range the numbers before it; owned */
	uint64_t from, parts;
	unsigned shift;
	size_t count;
};

void ranks_make(struct ranks *r, const void *list, size_t size, size_t count);
void ranks_free(struct ranks *r);

/* So many numbers are at most `value`: *from at least, *to at most. Without an index 0 and all. */
static inline void ranks_find(const struct ranks *r, uint64_t value, size_t count, size_t *from,
	size_t *to)
{
	uint64_t part = (value - r->from) >> r->shift;

	*from = 0;
	*to = count;
	if (!r->index || r->count != count)
		return;
	if (value < r->from) {
		*to = 0;
	} else if (part < r->parts) {
		*from = r->index[part];
		*to = r->index[part + 1];
	} else {
		*from = count;
	}
}

#endif
