/* SPDX-License-Identifier: MIT */
#include "model/map/classic/classic.h"

#include "model/map/classic/layout.h"
#include "model/map/classic/reading.h"
#include "model/map/classic/rules.h"
#include "model/map/units.h"

static uint64_t count(const struct map *m)
{
	return map_get(m, HMAP_COUNT);
}

static void tell_next(struct map *m)
{
	TELL(m, .kind = EVENT_NEXT, .at = { .unit = m->loop.classic.check },
		.next = { .yielded = m->loop.yielded, .bits = m->loop.classic.B });
}

static struct extent extent(const struct map *m)
{
	return (struct extent){ .array = map_get(m, HMAP_BUCKETS),
		.units = 1ull << map_get(m, HMAP_B), .arrays = 1 };
}

static void units(const struct map *m, struct units *u)
{
	if (map_get(m, HMAP_BUCKETS))
		units_add(u, SIDE_MAIN, 0, map_get(m, HMAP_BUCKETS),
			UINT64_C(1) << map_get(m, HMAP_B));
	if (map_growing(m))
		units_add(u, SIDE_ASIDE, 0, map_get(m, HMAP_OLDBUCKETS),
			UINT64_C(1) << map_old_B(m));
}

static uint64_t home(const struct map *m, const uint8_t *key)
{
	return map_hash(m, key) & ((1ull << map_get(m, HMAP_B)) - 1);
}

static uint64_t hinted_units(const struct maptype *t, uint64_t hint)
{
	return 1ull << maptype_hint_B(t, hint);
}

/* The arrays: the new one and, for a while, the old one. */
static uint64_t bytes(const struct maptype *t, uint64_t entries)
{
	unsigned B = 0;

	while (over_load_factor(t->release, entries, B))
		B++;
	if (maptype_array_buckets(t, B) == 0)
		return UINT64_MAX;
	return maptype_array_bytes(t, B) + (B ? maptype_array_bytes(t, B - 1) : 0);
}

static bool same_size(const struct map *m)
{
	return map_get(m, HMAP_FLAGS) & FLAG_SAME_SIZE;
}

static bool start(uint64_t units, bool wrap, uint64_t bucket, uint64_t slot, struct place *at,
	struct error *err)
{
	if (wrap) {
		bucket %= units;
		slot %= SLOTS;
	}
	if (slot >= SLOTS)
		return fail(err, "there is no slot %llu: a bucket has 0 to 7",
			(unsigned long long)slot);
	if (bucket >= units)
		return fail(err, "there is no bucket %llu: the map has %llu",
			(unsigned long long)bucket, (unsigned long long)units);
	*at = (struct place){ .unit = bucket, .slot = (unsigned)slot };
	return true;
}

static bool assign(struct map *m, const uint8_t *key, const uint8_t *elem, struct error *err)
{
	return map_is_quick(m) ? classic_assign_quickly(m, key, elem, err)
			       : classic_assign(m, key, elem, err);
}

static bool lookup(struct map *m, const uint8_t *key, struct place *where)
{
	return map_looks_quick(m) ? classic_lookup_quickly(m, key, where)
			       : classic_lookup(m, key, where);
}

static bool erase(struct map *m, const uint8_t *key, bool *deleted, struct error *err)
{
	return map_is_quick(m) ? classic_erase_quickly(m, key, deleted, err)
			       : classic_erase(m, key, deleted, err);
}

static struct hashed hash(const struct map *m, const uint8_t *key)
{
	return map_looks_quick(m) ? classic_hashed_quickly(m, key) : classic_hashed(m, key);
}

static void prefetch(const struct map *m, const struct hashed *list, unsigned n, enum ahead ahead)
{
	if (map_looks_quick(m))
		classic_prefetch_quickly(m, list, n, ahead);
	else
		classic_prefetch(m, list, n, ahead);
}

static unsigned header(const struct maptype *t)
{
	return hmap_size(t->release, t->target);
}

const struct engine classic_engine = {
	.name = "classic",
	.layout = {
		.unit = classic_lay_out,
		.live_least = MIN_TOPHASH,
		.live_most = UINT8_MAX,
		.header = header,
		.grows_in_parts = true,
		.hinted_units = hinted_units,
		.bytes = bytes,
	},
	.reading = {
		.count = count,
		.growing = map_growing,
		.same_size = same_size,
		.extent = extent,
		.reached = classic_reached,
		.units = units,
		.moved = map_evacuated,
		.inserts_left = map_inserts_left,
	},
	.keys = {
		.hash = hash,
		.home = home,
		.prefetch = prefetch,
		.fetches_from = AHEAD_NEAR,
	},
	.rules = {
		.make = classic_make,
		.assign = assign,
		.lookup = lookup,
		.erase = erase,
		.clear = classic_clear,
		.work = classic_work,
		.clone = classic_clone,
	},
	.loop = {
		.range = classic_range,
		.next = classic_next,
		.tell_next = tell_next,
		.start = start,
		.start_words = "BUCKET SLOT",
	},
	.words = {
		.unit = "bucket",
		.all = "buckets",
		.places = "bucket.slot, bucket+overflow.slot",
		.usage = "BUCKET",
		.control = "tophash",
	},
};
