/* SPDX-License-Identifier: MIT */
#include "model/figures/classic/plan.h"

#include "model/figures/cell.h"
#include "model/figures/classic/chains.h"
#include "model/map/classic/reading.h"

/* Bytes of the array of a list with so many overflow buckets in it. */
static uint64_t list_bytes(const struct maptype *t, uint64_t count)
{
	unsigned word = t->target->ptrsize;
	uint64_t cap = 0;

	while (cap < count)
		cap = maptype_list_cap(t, cap);
	return object_bytes(t, cap * word, true);
}

uint64_t plan_overflow(const struct maptype *t, double linked, double come, uint64_t spare,
	uint64_t *objects)
{
	uint64_t before = (uint64_t)(linked + 0.5), after = (uint64_t)(linked + come + 0.5);
	uint64_t n = after - before > spare ? after - before - spare : 0;
	uint64_t bytes = n * object_bytes(t, t->unit.size, t->pointers);

	*objects = n;
	/* Without pointers in the buckets, lists keep them, the spare ones too. */
	if (t->pointers || after == 0)
		return bytes;
	*objects += before ? 0 : 2;
	bytes += list_bytes(t, after) - (before ? list_bytes(t, before) : 0);
	return bytes + (before ? 0 : object_bytes(t, 3 * t->target->ptrsize, true));
}

struct plan plan_map(const struct maptype *t, unsigned B, uint64_t entries)
{
	struct plan p = { .B = B, .objects = 1,
		.headers = object_bytes(t, hmap_size(t->release, t->target), true) };

	if (B > 0 || entries > 0) {
		p.buckets = 1ull << B;
		p.spare = maptype_array_buckets(t, B) - p.buckets;
		p.array = maptype_array_bytes(t, B);
		p.objects++;
	}
	if (p.spare) {
		p.headers += object_bytes(t, extra_size(t->target), true);
		p.objects++;
	}
	p.apart = entries * cell_apart_bytes(t);
	p.objects += entries * cell_apart_objects(t);
	p.total = p.headers + p.array + p.apart;
	p.more = plan_overflow(t, 0, chance_overflow(entries, p.buckets), p.spare, &p.more_objects);
	/* The first overflow bucket of a map without pointers brings mapextra. */
	if (p.more && !p.spare && !t->pointers) {
		p.more += object_bytes(t, extra_size(t->target), true);
		p.more_objects++;
	}
	return p;
}

struct plan plan_fitting(const struct maptype *t, uint64_t entries)
{
	return plan_map(t, maptype_hint_B(t, entries), entries);
}

/* What the overflow buckets of one array, and the lists of them, took when it was fullest. */
static void add_generation(const struct maptype *t, unsigned B, uint64_t entries,
	struct account *way)
{
	unsigned word = t->target->ptrsize;
	uint64_t chains = 1ull << B, spare = maptype_array_buckets(t, B) - chains;
	uint64_t linked = (uint64_t)(chance_overflow(entries, chains) + 0.5), cap = 0;

	way->bytes += maptype_array_bytes(t, B);
	way->objects++;
	if (linked > spare) {
		way->bytes += (linked - spare) * object_bytes(t, t->unit.size, t->pointers);
		way->objects += linked - spare;
	}
	if (t->pointers || linked == 0)
		return;
	way->bytes += object_bytes(t, 3 * word, true);
	way->objects++;
	while (cap < linked) {
		cap = maptype_list_cap(t, cap);
		way->bytes += object_bytes(t, cap * word, true);
		way->objects++;
	}
}

struct account plan_filling(const struct maptype *t, uint64_t hint, uint64_t entries)
{
	unsigned B = maptype_hint_B(t, hint);
	struct plan end;
	struct account way = { 0 };

	for (; load_most(t->release, B) < entries; B++)
		add_generation(t, B, load_most(t->release, B), &way);
	if (B > 0 || entries > 0)
		add_generation(t, B, entries, &way);
	end = plan_map(t, B, entries);
	way.bytes += end.headers + end.apart;
	way.objects += end.spare ? 2 : 1;
	way.objects += entries * cell_apart_objects(t);
	return way;
}
