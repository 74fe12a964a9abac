/* SPDX-License-Identifier: MIT */
/* The laws of the header: whether its arrays are there, whether its counts are those of
   the chains. */
#include "model/figures/classic/check_rules.h"
#include "model/base/ranks.h"
#include "model/map/classic/reading.h"

static void check_counts(struct checking *k)
{
	const struct map *m = k->m;
	uint64_t count = map_get(m, HMAP_COUNT), noverflow = map_get(m, HMAP_NOVERFLOW);

	if (count != k->c->cells)
		check_say(k->c, LAW_COUNT, "count is %llu, and %llu cells are live",
			(unsigned long long)count, (unsigned long long)k->c->cells);
	/* From 2^16 buckets on Go counts by chance. */
	if (map_get(m, HMAP_B) < 16 && noverflow != k->arrays[0].linked)
		check_say(k->c, LAW_NOVERFLOW, "noverflow is %llu, and %llu buckets are in chains",
			(unsigned long long)noverflow, (unsigned long long)k->arrays[0].linked);
}

static void check_shared(struct checking *k)
{
	ranks_sort(k->overflow, k->noverflow, sizeof *k->overflow);
	for (size_t i = 1; i < k->noverflow; i++)
		if (k->overflow[i] == k->overflow[i - 1])
			check_say(k->c, LAW_SHARED,
				"the overflow bucket at 0x%llx is in two chains",
				(unsigned long long)k->overflow[i]);
}

/* Spare buckets from `next` on are untouched but for the last one's overflow pointer. */
static void check_free_spares(struct checking *k, uint64_t next)
{
	const struct array *a = &k->arrays[0];

	for (uint64_t i = next; i < a->all; i++) {
		uint64_t addr = a->addr + i * k->m->type->unit.size;
		bool marked = map_overflow(k->m, addr) != 0, last = i == a->all - 1;

		if (marked != last)
			check_say(k->c, LAW_SPARE,
				"spare bucket %llu: the mark of the last one is %s",
				(unsigned long long)i, last ? "missing" : "not at the end");
		for (unsigned s = 0; s < SLOTS; s++)
			if (map_at(k->m, addr)[s])
				check_say(k->c, LAW_SPARE, "spare bucket %llu slot %u is in use",
					(unsigned long long)i, s);
	}
}

static void check_spares(struct checking *k, uint64_t extra)
{
	const struct array *a = &k->arrays[0];
	uint64_t next = extra ? map_get_extra(k->m, extra, EXTRA_NEXTOVERFLOW) : 0, n = a->all;

	if (!a->all)
		return;
	if (next) {
		n = (next - a->addr) / k->m->type->unit.size;
		if (next < a->addr || (next - a->addr) % k->m->type->unit.size || n < a->main ||
			n >= a->all) {
			check_say(k->c, LAW_SPARE, "nextOverflow 0x%llx is no spare bucket",
				(unsigned long long)next);
			return;
		}
		check_free_spares(k, n);
	}
	if (n - a->main != a->spare)
		check_say(k->c, LAW_SPARE, "%llu spare buckets were taken, and %llu are in chains",
			(unsigned long long)(n - a->main), (unsigned long long)a->spare);
}

static void check_list(struct checking *k, uint64_t extra, enum extra_field field,
	const struct array *a)
{
	unsigned word = k->m->type->target->ptrsize;
	uint64_t list = extra ? map_get_extra(k->m, extra, field) : 0, data, len = 0;

	if (k->m->type->pointers)
		return;
	if (list && heap_holds(k->m->heap, list, 3 * word)) {
		data = map_load_word(k->m, list);
		len = map_load_word(k->m, list + word);
		if (len > UINT32_MAX || (len && !heap_holds(k->m->heap, data, len * word)))
			check_say(k->c, LAW_LISTS, "%s leads out of the heap",
				extra_fields[field].name);
	}
	if (len != a->linked)
		check_say(k->c, LAW_LISTS, "%s has %llu buckets, and %llu are in chains",
			extra_fields[field].name, (unsigned long long)len,
			(unsigned long long)a->linked);
}

static void check_flags(struct checking *k)
{
	unsigned flags = (unsigned)map_get(k->m, HMAP_FLAGS);

	if (flags & FLAG_WRITING)
		check_say(k->c, LAW_FLAGS, "hashWriting is set, and nobody writes");
	if ((flags & FLAG_SAME_SIZE) && !map_growing(k->m))
		check_say(k->c, LAW_FLAGS, "sameSizeGrow is set, and no growth is under way");
	if (flags & ~(unsigned)(FLAG_ITERATOR | FLAG_OLD_ITERATOR | FLAG_WRITING | FLAG_SAME_SIZE))
		check_say(k->c, LAW_FLAGS, "0x%x has a flag that there is not", flags);
}

/* An array of 2^B buckets, if it can lie where the header says. */
static bool read_array(struct checking *k, bool old, uint64_t addr, unsigned B)
{
	struct array *a = &k->arrays[old];
	uint64_t all = B < 48 ? maptype_array_buckets(k->m->type, B) : 0;

	*a = (struct array){ .old = old };
	if (!addr)
		return true;
	if (!all || addr % k->m->type->target->ptrsize ||
		!heap_holds(k->m->heap, addr, all * k->m->type->unit.size)) {
		check_say(k->c, LAW_HEADER, "%s 0x%llx: no 2^%u buckets are there",
			old ? "oldbuckets" : "buckets", (unsigned long long)addr, B);
		return false;
	}
	*a = (struct array){ .old = old, .addr = addr, .main = 1ull << B, .all = all };
	return true;
}

bool check_header(struct checking *k)
{
	const struct map *m = k->m;
	uint64_t old, extra;

	if (!heap_holds(m->heap, m->header, hmap_size(m->type->release, m->type->target))) {
		check_say(k->c, LAW_HEADER, "hmap 0x%llx is not in the heap",
			(unsigned long long)m->header);
		return false;
	}
	k->same_size = map_get(m, HMAP_FLAGS) & FLAG_SAME_SIZE;
	old = map_get(m, HMAP_OLDBUCKETS);
	extra = map_get(m, HMAP_EXTRA);
	if (extra && !heap_holds(m->heap, extra, extra_size(m->type->target))) {
		check_say(k->c, LAW_HEADER, "extra 0x%llx is not in the heap",
			(unsigned long long)extra);
		return false;
	}
	if (old && (!map_get(m, HMAP_BUCKETS) || (!k->same_size && map_get(m, HMAP_B) == 0))) {
		check_say(k->c, LAW_HEADER,
			"oldbuckets is set, and there is no array it could have grown to");
		return false;
	}
	return read_array(k, false, map_get(m, HMAP_BUCKETS), (unsigned)map_get(m, HMAP_B)) &&
		read_array(k, true, old, old ? map_old_B(m) : 0);
}

void check_sums(struct checking *k)
{
	uint64_t extra = map_get(k->m, HMAP_EXTRA);

	check_flags(k);
	check_counts(k);
	check_shared(k);
	check_spares(k, extra);
	check_list(k, extra, EXTRA_OVERFLOW, &k->arrays[0]);
	check_list(k, extra, EXTRA_OLDOVERFLOW, &k->arrays[1]);
}
