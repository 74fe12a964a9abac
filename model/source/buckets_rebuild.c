/* SPDX-License-Identifier: MIT */
/*
 * The memory of a classic map made of a snapshot. Which spare buckets chains took is not told: the
 * first ones are taken, in the order of the chains.
 */
#include <stdlib.h>
#include <string.h>

#include "model/base/mem.h"
#include "model/map/classic/reading.h"
#include "model/map/classic/rules.h"
#include "model/source/buckets_parts.h"

/* The array under way. */
struct filling {
	struct rebuilding *r;
	struct map *m;
	bool old;
	uint64_t spare, spares;  /* spare buckets from this address on, so many, are to be taken */
	uint64_t *overflow; /* addresses of overflow buckets, in the order of the chains; owned */
	uint64_t noverflow;
};

static uint64_t room(const struct filling *f, uint64_t size, bool pointers)
{
	return rebuild_room(f->r, size, pointers);
}

/* A place for the next overflow bucket: a spare one while there are such. */
static uint64_t overflow_room(struct filling *f)
{
	const struct maptype *t = f->m->type;
	uint64_t addr = f->spare;

	if (!f->spares)
		return room(f, t->unit.size, t->pointers);
	f->spares--;
	f->spare += t->unit.size;
	put_word(f->m, addr + t->unit.link, 0); /* the last one is marked */
	return addr;
}

static bool fill_chain(struct filling *f, uint64_t addr, uint32_t count, uint64_t bucket)
{
	struct unit_path path = { f->old ? "oldbuckets" : "buckets", bucket, "", 0 };

	for (uint32_t i = 0;; i++) {
		uint64_t next;

		path.at = i;
		if (!rebuild_unit(f->r, addr, &path))
			return false;
		if (i + 1 == count)
			return true;
		next = overflow_room(f);
		if (!next)
			return false;
		f->overflow[f->noverflow++] = next;
		put_word(f->m, addr + f->m->type->unit.link, next);
		addr = next;
	}
}

/* How many spare buckets chains have taken. */
static uint64_t taken(const struct filling *f, const struct imprint_array *a, uint64_t spares)
{
	uint64_t overflow = a->total - a->count, most = overflow < spares ? overflow : spares, n;

	if (f->old)
		return most > f->r->guess.old_apart ? most - f->r->guess.old_apart : 0;
	if (f->r->snap->buckets.next_overflow < 0)
		return most;
	n = (uint64_t)f->r->snap->buckets.next_overflow;
	n = n > a->count ? n - a->count : 0;
	return n < most ? n : most;
}

/*
 * Spare buckets of the old array that chains had and that were cut off: all cells of them have
 * moved on. What they were is not told; they stand behind those that are in chains.
 */
static void mark_cut_off(struct filling *f, uint64_t array, uint64_t all)
{
	const struct maptype *t = f->m->type;
	uint64_t next = f->r->snap->buckets.old_next_overflow, used = next < all ? next : all;

	for (; f->spare < array + used * t->unit.size; f->spare += t->unit.size) {
		put_word(f->m, f->spare + t->unit.link, 0); /* the last one is marked */
		memset(map_at(f->m, f->spare), EVACUATED_EMPTY, SLOTS);
	}
}

static bool fill_array(struct filling *f, bool old)
{
	const struct imprint_array *a = &f->r->snap->buckets.arrays[old];
	const struct maptype *t = f->m->type;
	unsigned B = (unsigned)__builtin_ctzll(a->count | 1ull << 63);
	uint64_t all = maptype_array_buckets(t, B), addr, unused;

	if (!a->there)
		return true;
	if (all == 0)
		return fail(f->r->err, "%.160s: 2^%u buckets are more than %s can address",
			f->r->src->name, B, t->target->name);
	addr = B == 0 && f->r->first ? f->r->first : room(f, all * t->unit.size, t->pointers);
	if (!addr)
		return false;
	lay_out_spares(f->m, B, addr, &unused);
	f->old = old;
	f->spare = addr + a->count * t->unit.size;
	f->spares = taken(f, a, all - a->count);
	f->overflow = xmalloc((a->total - a->count) * sizeof *f->overflow);
	f->noverflow = 0;
	map_set(f->m, old ? HMAP_OLDBUCKETS : HMAP_BUCKETS, addr);
	imprint_read(&f->r->reader, a);
	for (uint64_t i = 0; i < a->count; i++)
		if (!fill_chain(f, addr + i * t->unit.size, imprint_links(a, i), i))
			return false;
	if (old)
		mark_cut_off(f, addr, all);
	return true;
}

/*
 * Without pointers in the buckets, their overflow buckets are on a list. The list grows as it
 * did in the real map, so that its capacity is the same.
 */
static bool list_overflow(struct filling *f, bool even_empty)
{
	bool ok = true;

	if (f->r->snap->buckets.extra && !f->m->type->pointers && (f->noverflow || even_empty))
		ok = create_overflow_lists(f->m, f->r->err);
	if (f->r->snap->buckets.extra && !f->m->type->pointers)
		for (uint64_t i = 0; ok && i < f->noverflow; i++)
			ok = append_overflow(f->m, f->overflow[i], f->r->err);
	free(f->overflow);
	f->overflow = NULL;
	return ok;
}

static bool fill_arrays(struct filling *f)
{
	uint64_t extra;

	if (f->r->snap->buckets.extra && !need_extra(f->m, f->r->err))
		return false;
	extra = map_get(f->m, HMAP_EXTRA);
	if (!fill_array(f, true) || !list_overflow(f, f->r->guess.old_list))
		return false;
	if (extra) {
		map_set_extra(f->m, extra, EXTRA_OLDOVERFLOW,
			map_get_extra(f->m, extra, EXTRA_OVERFLOW));
		map_set_extra(f->m, extra, EXTRA_OVERFLOW, 0);
	}
	return fill_array(f, false) && list_overflow(f, f->r->guess.list);
}

static void fill_header(struct rebuilding *r)
{
	const struct buckets *n = &r->snap->buckets;
	struct map *m = r->m;

	map_set(m, HMAP_COUNT, n->count);
	map_set(m, HMAP_FLAGS, n->flags);
	map_set(m, HMAP_B, n->B);
	map_set(m, HMAP_NOVERFLOW, n->noverflow);
	map_set(m, HMAP_HASH0, n->hash0);
	map_set(m, HMAP_NEVACUATE, n->nevacuate);
	if (m->type->release->counts_clears)
		map_set(m, HMAP_CLEAR_SEQ, n->clears);
	if (n->extra && n->next_overflow >= 0)
		map_set_extra(m, map_get(m, HMAP_EXTRA), EXTRA_NEXTOVERFLOW,
			map_bucket(m, false, (uint64_t)n->next_overflow));
}

bool buckets_fill(struct rebuilding *r)
{
	struct filling f = { .r = r, .m = r->m };
	uint64_t hmap = rebuild_header(r, OBJECT_HMAP, OBJECT_BUCKETS);
	bool ok;

	if (!hmap)
		return false;
	map_start(r->m, hmap);
	ok = fill_arrays(&f);
	free(f.overflow);
	if (ok)
		fill_header(r);
	return ok;
}

static uint64_t overflow_count(const struct rebuilding *r, int old)
{
	const struct imprint_array *a = &r->snap->buckets.arrays[old];

	return a->total - a->count;
}

/*
 * What the map has in use tells of what else there must be: lists that are empty, overflow
 * buckets of the old array that are objects of their own. True when there is another guess.
 */
bool buckets_guess_again(struct rebuilding *r)
{
	const struct maptype *t = r->m->type;
	struct account now = map_reached(r->m), want = r->snap->in_use;
	uint64_t list = alloc_size(t->release, t->target->ptrsize, 3 * t->target->ptrsize, true);
	uint64_t bucket = alloc_size(t->release, t->target->ptrsize, t->unit.size, t->pointers);
	bool lists = r->snap->buckets.extra && !t->pointers;

	for (unsigned i = 0; i < 4; i++) {
		uint64_t heads = (i & 1) + (i >> 1), objects = want.objects - now.objects;

		if ((heads && !lists) || ((i & 1) && overflow_count(r, 0)) ||
			((i & 2) && (overflow_count(r, 1) || !r->snap->buckets.arrays[1].there)))
			continue;
		if (objects < heads || objects - heads > overflow_count(r, 1) ||
			want.bytes != now.bytes + heads * list + (objects - heads) * bucket)
			continue;
		r->guess = (struct guess){ .old_apart = objects - heads, .list = i & 1,
			.old_list = i & 2 };
		return objects > 0;
	}
	return false;
}
