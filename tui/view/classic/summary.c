/* SPDX-License-Identifier: MIT */
/* What the summary says of a classic map's header and growth. */
#include "model/figures/classic/accounts.h"
#include "model/map/classic/reading.h"
#include "model/session/books.h"
#include "tui/sheet/sheet.h"
#include "tui/view/classic/classic_design.h"

static void put_growth(const struct summary *r, const struct session *s)
{
	const struct map *m = &s->world.map;
	uint64_t most = load_most(s->given.release, (unsigned)map_get(m, HMAP_B));

	if (map_growing(m))
		summary_row(r, "growing", "%s of %s old buckets evacuated%s",
			count_text(
				(1ull << map_old_B(m)) - classic_counts(session_ledger(s))->waiting)
				.s,
			count_text(1ull << map_old_B(m)).s,
			map_get(m, HMAP_FLAGS) & FLAG_SAME_SIZE ? ", to the same size" : "");
	else if (map_growth_due(m) == GROWTH_SAME_SIZE)
		summary_row(r, "next growth", "at the next new key, to the same size");
	else if (map_get(m, HMAP_COUNT) > most)
		summary_row(r, "next growth", "at the next new key");
	else
		summary_row(r, "next growth", "at entry %s", count_text(most + 1).s);
}

/* The header counts those of the new array only, and from B 16 on by chance. */
static void put_overflow(const struct summary *r, const struct session *s, unsigned B)
{
	const struct ledger *l = session_ledger(s);
	uint64_t noverflow = map_get(&s->world.map, HMAP_NOVERFLOW);

	if (B >= 16)
		summary_row(r, "overflow buckets", "%s (noverflow %s: it counts one in %s)",
			count_text(classic_counts(l)->buckets[BUCKET_LINKED]).s,
			count_text(noverflow).s, count_text(1u << (B - 15)).s);
	else
		summary_row(r, "overflow buckets", "%s", count_text(noverflow).s);
}

static void growth_facts(const struct session *s, struct sheet *out)
{
	const struct map *m = &s->world.map;

	sheet_flag(out, "growing", map_growing(m));
	if (!map_growing(m))
		return;
	sheet_count(out, "old_buckets", 1ull << map_old_B(m));
	sheet_count(out, "old_buckets_waiting", classic_counts(session_ledger(s))->waiting);
	sheet_flag(out, "same_size", map_get(m, HMAP_FLAGS) & FLAG_SAME_SIZE);
}

/* The array has so many buckets, the spare ones included. */
static void array_facts(const struct session *s, uint64_t all, struct sheet *out)
{
	const struct map *m = &s->world.map;
	unsigned B = (unsigned)map_get(m, HMAP_B);

	sheet_count(out, "count", map_get(m, HMAP_COUNT));
	sheet_count(out, "flags", map_get(m, HMAP_FLAGS));
	sheet_count(out, "B", B);
	sheet_count(out, "buckets", all ? 1ull << B : 0);
	sheet_count(out, "spare_buckets", all ? all - (1ull << B) : 0);
	sheet_count(out, "bucket_bytes", m->type->unit.size);
	sheet_count(out, "noverflow", map_get(m, HMAP_NOVERFLOW));
	sheet_count(
		out, "overflow_buckets", classic_counts(session_ledger(s))->buckets[BUCKET_LINKED]);
	sheet_real(out, "load", (double)map_get(m, HMAP_COUNT) / (double)(1ull << B));
}

void classic_summary(const struct summary *r, const struct session *s)
{
	const struct map *m = &s->world.map;
	unsigned B = (unsigned)map_get(m, HMAP_B);
	uint64_t all = map_get(m, HMAP_BUCKETS) ? maptype_array_buckets(m->type, B) : 0;
	char flags[64];

	flags_words((unsigned)map_get(m, HMAP_FLAGS), flags);
	summary_row(r, "count", "%s", count_text(map_get(m, HMAP_COUNT)).s);
	summary_row(r, "B", "%u", B);
	summary_row(r, "buckets", "%s of %s bytes, and %s spare",
		count_text(all ? 1ull << B : 0).s, count_text(m->type->unit.size).s,
		count_text(all ? all - (1ull << B) : 0).s);
	put_overflow(r, s, B);
	summary_row(r, "load", "%s of %.1f a bucket",
		real_text((double)map_get(m, HMAP_COUNT) / (double)(1ull << B), 2).s,
		B ? s->given.release->load_num / 2.0 : SLOTS);
	summary_row(r, "flags", "%s", *flags ? flags : "none");
	put_growth(r, s);
	array_facts(s, all, r->sheet);
	growth_facts(s, r->sheet);
}
