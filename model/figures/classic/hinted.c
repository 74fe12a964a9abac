/* SPDX-License-Identifier: MIT */
/* What hints are worth for a classic map: hinted.h. */
#include "model/figures/classic/classic_figures.h"

#include "model/figures/classic/chains.h"
#include "model/figures/classic/plan.h"
#include "model/map/classic/reading.h"

enum { EXACT_B = 15 }; /* up to there noverflow counts each overflow bucket */

static void take_parts(const struct map *m, struct hinted *h)
{
	unsigned B = (unsigned)map_get(m, HMAP_B);

	h->parts[HINT_B] = B;
	if (map_get(m, HMAP_BUCKETS)) {
		h->parts[HINT_BUCKETS] = 1ull << B;
		h->parts[HINT_SPARE] = maptype_array_buckets(m->type, B) - (1ull << B);
	}
	h->parts[HINT_OVERFLOW] = map_get(m, HMAP_NOVERFLOW);
	h->roughly[HINT_OVERFLOW] = B > EXACT_B;
}

static bool plan_parts(const struct maptype *t, uint64_t hint, uint64_t entries, struct hinted *h)
{
	unsigned B = maptype_hint_B(t, hint);
	struct plan end;

	while (load_most(t->release, B) < entries)
		if (maptype_array_buckets(t, ++B) == 0)
			return false;
	end = plan_map(t, B, entries);
	h->parts[HINT_B] = B;
	h->parts[HINT_BUCKETS] = end.buckets;
	h->parts[HINT_SPARE] = end.spare;
	h->parts[HINT_OVERFLOW] = (uint64_t)(chance_overflow(entries, end.buckets) + 0.5);
	h->in_use = (struct account){ end.objects + end.more_objects, plan_about(&end) };
	h->allocated = plan_filling(t, hint, entries);
	return true;
}

static bool made_parts(const struct maptype *t, uint64_t hint, struct hinted *h)
{
	unsigned B = maptype_hint_B(t, hint);
	struct plan p = plan_map(t, B, 0);

	if (B == 0 && hint > SLOTS)
		return false;
	h->parts[HINT_B] = B;
	h->parts[HINT_BUCKETS] = p.buckets;
	h->parts[HINT_SPARE] = p.spare;
	h->in_use = h->allocated = (struct account){ p.objects, p.total };
	return true;
}

static const struct hint_part parts[HINT_CLASSIC] = {
	[HINT_B] = { "B", 4 },
	[HINT_BUCKETS] = { "buckets", 9 },
	[HINT_SPARE] = { "spare", 7 },
	[HINT_OVERFLOW] = { "overflow", 10 },
};

const struct hint_form classic_hints = {
	.parts = parts,
	.nparts = HINT_CLASSIC,
	.roughly = "bytes and overflow",
	.take = take_parts,
	.plan = plan_parts,
	.made = made_parts,
};
