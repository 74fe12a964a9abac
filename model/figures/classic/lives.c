/* SPDX-License-Identifier: MIT */
/* What of note an operation did to a classic map's arrays. */
#include "model/figures/classic/classic_figures.h"
#include "model/map/classic/reading.h"

enum { PAST_BUCKETS, PAST_OLD, PAST_B };

void classic_past(const struct map *m, uint64_t past[LIFE_PAST])
{
	past[PAST_BUCKETS] = map_get(m, HMAP_BUCKETS);
	past[PAST_OLD] = map_get(m, HMAP_OLDBUCKETS);
	past[PAST_B] = map_get(m, HMAP_B);
}

/* A growth that began: whether one ended before, in the same operation, and whether it is over. */
static const char *started(bool same_size, bool ended, bool over)
{
	static const char *const doubling[] = { "a doubling starts", "a doubling starts and ends",
		"a growth ends, a doubling starts", "a growth ends, a doubling starts and ends" };
	static const char *const same[] = { "a growth of the same size starts",
		"a growth of the same size starts and ends",
		"a growth ends, one of the same size starts",
		"a growth ends, one of the same size starts and ends" };

	return (same_size ? same : doubling)[2 * ended + over];
}

const char *classic_grew(const struct map *m, const uint64_t was[LIFE_PAST],
	const uint64_t is[LIFE_PAST])
{
	(void)m;
	if (was[PAST_BUCKETS] && is[PAST_BUCKETS] != was[PAST_BUCKETS])
		return started(is[PAST_B] == was[PAST_B], was[PAST_OLD] != 0, is[PAST_OLD] == 0);
	return was[PAST_OLD] && !is[PAST_OLD] ? "the growth is over" : NULL;
}
