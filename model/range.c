/* SPDX-License-Identifier: MIT */
/* for range m: mapiterinit. */
#include "model/map_rules.h"

bool map_range(struct map *m, struct error *err)
{
	unsigned flags = FLAG_ITERATOR | FLAG_OLD_ITERATOR, B;
	uint64_t draw;

	if (!m->hmap || map_get(m, HMAP_COUNT) == 0) {
		note(m, TRACE_RANGE, 0, 0, 0, 1);
		return true;
	}
	/* The iterator keeps the lists of overflow buckets, so they must be there. */
	if (!m->type->pointers && !create_overflow_lists(m, err))
		return false;
	B = (unsigned)map_get(m, HMAP_B);
	draw = random_next(m->random);
	if (B > 31 - 3)
		draw |= (uint64_t)random_next(m->random) << 32;
	if ((map_get(m, HMAP_FLAGS) & flags) != flags)
		map_set(m, HMAP_FLAGS, map_get(m, HMAP_FLAGS) | flags);
	note(m, TRACE_RANGE, draw, B, flags, 0);
	return true;
}

