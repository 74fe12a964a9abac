/* SPDX-License-Identifier: MIT */
/*
 * An index of sorted numbers: between which of them a number stands, in one step where they lie
 * about evenly. What is found is where a search has to look on.
 */
#ifndef MODEL_BASE_RANKS_H
#define MODEL_BASE_RANKS_H

#include <stddef.h>
#include <stdint.h>

struct ranks {
	uint32_t *index;       /* for each part of the range the numbers before it; owned */
	uint64_t from, parts;
	unsigned shift;
	size_t count;
};

/* Of numbers that ascend, each `stride` bytes behind the one before. */
void ranks_make(struct ranks *r, const uint64_t *first, size_t stride, size_t count);
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
