/* SPDX-License-Identifier: MIT */
#include "model/figures/classic/chains.h"

#include "model/figures/chance.h"
#include "model/map/classic/reading.h"

enum { FILL_MOST = 80 }; /* where loads are below 8, more entries in a chain do not matter */

double chance_overflow(uint64_t entries, uint64_t chains)
{
	double sum = 0;

	if (entries == 0 || chains == 0)
		return 0;
	if (chains == 1)
		return (double)((entries - 1) / SLOTS);
	for (unsigned k = SLOTS + 1; k <= FILL_MOST; k++)
		sum += chance_fill(entries, chains, k) * ((k - 1) / SLOTS);
	return sum * (double)chains;
}

/*
 * Whether a lookup in vain ends at emptyRest: mapaccess does, and the one for strings while there
 * is one bucket. Those for keys of 4 and 8 bytes and for strings look through the whole chain.
 */
static bool miss_ends_at_rest(const struct map *m)
{
	return m->type->path == PATH_GENERAL ||
		(m->type->path == PATH_FASTSTR && map_get(m, HMAP_B) == 0);
}

static void take_chain(const struct map *m, uint64_t addr, struct shape *s)
{
	uint64_t live = 0, links = 0, seen = 0, miss = 0;
	bool ends = miss_ends_at_rest(m), rest = false;

	for (; addr; addr = map_overflow(m, addr), links++) {
		const uint8_t *tops = map_at(m, addr);

		for (unsigned i = 0; i < SLOTS; i++) {
			seen++;
			if (!rest)
				miss = seen;
			rest |= ends && tops[i] == EMPTY_REST;
			if (tops[i] < MIN_TOPHASH)
				continue;
			live++;
			s->hit_probes += seen;
		}
	}
	s->homes++;
	s->entries += live;
	s->extra += links - 1;
	s->miss_probes += miss;
	shape_count(s, CHAINS_FILLS, FILLS_BARS, live);
	shape_count(s, CHAINS_LINKS, LINKS_BARS, links - 1);
}

static bool is_searched(const struct map *m, bool old, uint64_t index)
{
	uint64_t mask;

	if (old)
		return !map_evacuated(m, map_bucket(m, true, index));
	if (!map_growing(m))
		return true;
	mask = (1ull << map_old_B(m)) - 1;
	return map_evacuated(m, map_bucket(m, true, index & mask));
}

void shape_add_chain(const struct map *m, bool old, uint64_t index, struct shape *s)
{
	if (is_searched(m, old, index))
		take_chain(m, map_bucket(m, old, index), s);
}

static void take(const struct map *m, struct shape *s)
{
	if (!map_get(m, HMAP_BUCKETS))
		return;
	if (map_growing(m))
		for (uint64_t i = 0; i < 1ull << map_old_B(m); i++)
			shape_add_chain(m, true, i, s);
	for (uint64_t i = 0; i < 1ull << map_get(m, HMAP_B); i++)
		shape_add_chain(m, false, i, s);
}

static double ideal_fill(const struct shape *s, unsigned k)
{
	double above = 1;

	if (k < FILLS_BARS - 1)
		return chance_fill(s->entries, s->homes, k) * (double)s->homes;
	for (unsigned i = 0; i < FILLS_BARS - 1; i++)
		above -= chance_fill(s->entries, s->homes, i);
	return above > 0 ? above * (double)s->homes : 0;
}

static double ideal_overflow(const struct shape *s)
{
	return chance_overflow(s->entries, s->homes);
}

static const struct shape_part parts[CHAINS_PARTS] = {
	[CHAINS_FILLS] = { "fills", "entries", "entries", "chains", FILLS_BARS, .open = true,
		.fills = true },
	[CHAINS_LINKS] = { "links", "overflow", "overflow", "chains", LINKS_BARS, .open = true },
};

const struct shape_form classic_shape = {
	.parts = parts,
	.nparts = CHAINS_PARTS,
	.homes = "chains",
	.probes = "slots",
	.extra = "overflow buckets",
	.extra_word = "overflow",
	.extra_ideal_word = "overflow_by_chance",
	.ideal = ideal_fill,
	.ideal_extra = ideal_overflow,
	.take = take,
};
