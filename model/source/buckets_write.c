/* SPDX-License-Identifier: MIT */
/* What a snapshot has of a classic map, written: the fields of hmap, and its arrays of buckets. */
#include <inttypes.h>

#include "model/map/classic/reading.h"
#include "model/map/classic/reach.h"
#include "model/source/buckets_parts.h"
#include "model/source/source_parts.h"

void buckets_sizes(const struct maptype *t, uint64_t *sizes)
{
	sizes[SIZE_KEY] = t->keysize;
	sizes[SIZE_ELEM] = t->elemsize;
	sizes[SIZE_BUCKET] = t->unit.size;
}

static void add_number(struct text *out, const char *name, uint64_t n)
{
	text_printf(out, "\"%s\": %" PRIu64 ", ", name, n);
}

void buckets_add_header(const struct map *m, struct text *out)
{
	add_number(out, "count", map_get(m, HMAP_COUNT));
	add_number(out, "flags", map_get(m, HMAP_FLAGS));
	add_number(out, "B", map_get(m, HMAP_B));
	add_number(out, "noverflow", map_get(m, HMAP_NOVERFLOW));
	text_printf(out, "\"hash0\": \"0x%08x\", ", (unsigned)map_get(m, HMAP_HASH0));
	add_number(out, "nevacuate", map_get(m, HMAP_NEVACUATE));
	if (m->type->release->counts_clears)
		add_number(out, "clearseq", map_get(m, HMAP_CLEAR_SEQ));
	text_printf(out, "\"next_overflow\": %" PRId64 ", ", map_next_overflow(m));
	if (map_growing(m))
		add_number(out, "old_next_overflow", map_used_buckets(m, true));
	text_printf(out, "\"extra\": %s, ", map_get(m, HMAP_EXTRA) ? "true" : "false");
}

static void walk_array(const struct map *m, bool old, struct unit_sink *s)
{
	uint64_t array = map_get(m, old ? HMAP_OLDBUCKETS : HMAP_BUCKETS), n;

	sink_text(s, "%s\"%s\": %s", old ? ",\n" : "\n", old ? "oldbuckets" : "buckets",
		array ? "[" : "null");
	if (!array)
		return;
	sink_array(s, array);
	n = 1ull << (old ? map_old_B(m) : map_get(m, HMAP_B));
	for (uint64_t i = 0; i < n; i++) {
		uint64_t addr = map_bucket(m, old, i);

		for (bool first = true; addr; addr = map_overflow(m, addr), first = false)
			sink_unit(s, addr, first);
	}
	sink_array_end(s);
	sink_text(s, "\n]");
}

void buckets_walk(const struct map *m, struct unit_sink *s)
{
	walk_array(m, false, s);
	walk_array(m, true, s);
}
