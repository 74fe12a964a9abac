/* SPDX-License-Identifier: MIT */
/* What the summary says of a classic map's header and growth. */
#include "model/map/classic/reading.h"
#include "model/session/books.h"
#include "tui/view/classic/classic_design.h"

static void growth_rows(const struct summary *r, const struct session *s)
{
	const struct map *m = &s->world.map;

	if (map_growing(m))
		summary_row(r, "growing", "%llu of %llu old buckets evacuated%s",
			(1ull << map_old_B(m)) - session_ledger(s)->waiting, 1ull << map_old_B(m),
			map_get(m, HMAP_FLAGS) & FLAG_SAME_SIZE ? ", to the same size" : "");
	else if (map_growth_due(m) == GROWTH_SAME_SIZE)
		summary_row(r, "next growth", "at the next new key, to the same size");
	else if (map_get(m, HMAP_COUNT) > load_most(s->given.release, (unsigned)map_get(m, HMAP_B)))
		summary_row(r, "next growth", "at the next new key");
	else
		summary_row(r, "next growth", "at entry %llu",
			(unsigned long long)load_most(s->given.release, (unsigned)map_get(m,
			HMAP_B)) + 1);
}

/* The header counts those of the new array only, and from B 16 on by chance. */
static void overflow_row(const struct summary *r, const struct session *s, unsigned B)
{
	const struct ledger *l = session_ledger(s);
	unsigned long long noverflow = map_get(&s->world.map, HMAP_NOVERFLOW);

	if (B >= 16)
		summary_row(r, "overflow buckets", "%llu (noverflow %llu: it counts one in %u)",
			(unsigned long long)l->buckets[BUCKET_LINKED], noverflow, 1u << (B - 15));
	else
		summary_row(r, "overflow buckets", "%llu", noverflow);
}

void classic_summary(const struct summary *r, const struct session *s)
{
	const struct map *m = &s->world.map;
	const struct maptype *t = m->type;
	unsigned B = (unsigned)map_get(m, HMAP_B);
	uint64_t all = map_get(m, HMAP_BUCKETS) ? maptype_array_buckets(t, B) : 0;
	char flags[64];

	flags_words((unsigned)map_get(m, HMAP_FLAGS), flags);
	summary_row(r, "count", "%llu", (unsigned long long)map_get(m, HMAP_COUNT));
	summary_row(r, "B", "%u", B);
	summary_row(r, "buckets", "%llu of %u bytes, and %llu spare", all ? 1ull << B : 0ull, t->unit.size,
		(unsigned long long)(all ? all - (1ull << B) : 0));
	overflow_row(r, s, B);
	summary_row(r, "load", "%.2f of %.1f", (double)map_get(m, HMAP_COUNT) / (double)(1ull << B),
		B ? s->given.release->load_num / 2.0 : SLOTS);
	summary_row(r, "flags", "%s", *flags ? flags : "none");
	growth_rows(r, s);
}
