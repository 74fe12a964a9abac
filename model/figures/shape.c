/* SPDX-License-Identifier: MIT */
#include "model/figures/shape.h"

#include "model/figures/chance.h"
#include "model/map/classic/reading.h"

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
	s->chains++;
	s->entries += live;
	s->overflow += links - 1;
	s->miss_probes += miss;
	s->fills[live < SHAPE_FILLS - 1 ? live : SHAPE_FILLS - 1]++;
	s->links[links - 1 < SHAPE_LINKS - 1 ? links - 1 : SHAPE_LINKS - 1]++;
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

void shape_subtract(struct shape *s, const struct shape *part)
{
	uint64_t *to = (uint64_t *)s;
	const uint64_t *from = (const uint64_t *)part;

	_Static_assert(sizeof *s % sizeof *to == 0, "numbers only");
	for (size_t i = 0; i < sizeof *s / sizeof *to; i++)
		to[i] -= from[i];
}

void shape_take(const struct map *m, struct shape *s)
{
	*s = (struct shape){ 0 };
	if (!m->header || !map_get(m, HMAP_BUCKETS))
		return;
	if (map_growing(m))
		for (uint64_t i = 0; i < 1ull << map_old_B(m); i++)
			shape_add_chain(m, true, i, s);
	for (uint64_t i = 0; i < 1ull << map_get(m, HMAP_B); i++)
		shape_add_chain(m, false, i, s);
}

double shape_ideal_fill(const struct shape *s, unsigned k)
{
	double above = 1;

	if (k < SHAPE_FILLS - 1)
		return chance_fill(s->entries, s->chains, k) * (double)s->chains;
	for (unsigned i = 0; i < SHAPE_FILLS - 1; i++)
		above -= chance_fill(s->entries, s->chains, i);
	return above > 0 ? above * (double)s->chains : 0;
}
