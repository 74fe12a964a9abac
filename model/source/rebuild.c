/* SPDX-License-Identifier: MIT */
#include "model/source/rebuild.h"

#include <stdlib.h>
#include <string.h>

#include "model/figures/check.h"
#include "model/base/mem.h"
#include "model/map/classic/reading.h"
#include "model/map/classic/rules.h"

/* What a snapshot does not say; found out by what the map has in use. */
struct guess {
	uint64_t old_apart;   /* of the old array's overflow buckets, objects of their own */
	bool list, old_list;  /* lists of overflow buckets that are empty are there */
};

struct rebuilding {
	struct world *w;
	struct map *m;
	const struct source *src;
	const struct source_snapshot *snap;
	size_t index;            /* of the snapshot */
	struct guess guess;
	uint8_t *mask;           /* enum gotype_byte for each byte of a bucket */
	uint8_t *value;          /* one key or elem */
	bool unknown;            /* a key or a large elem was not recorded */
	size_t order;            /* of the world's, before the keys of this one's range loop */
	bool loop_lost;          /* the range loop was under way, and cannot be gone on with */
	/* The array under way */
	bool old;
	uint64_t spare, spares;  /* spare buckets from this address on, so many, are to be taken */
	uint64_t *overflow;      /* addresses of overflow buckets, in the order of the chains */
	uint64_t noverflow;
	struct error *err;
};

/* A fresh object; from here on the journal knows that it was zero before. */
static uint64_t room(struct rebuilding *r, uint64_t size, bool pointers)
{
	uint64_t addr = heap_alloc(r->m->heap, size, pointers, r->err);

	if (addr)
		save(r->m, map_at(r->m, addr), size);
	return addr;
}

/* Cells */

static bool say_where(struct rebuilding *r, uint64_t bucket, uint32_t chain, unsigned slot,
	bool elem)
{
	struct text where = { 0 };

	source_place(&where, r->index, r->old, bucket, chain);
	fail_in(r->err, "%.160s: %s.%s[%u]", r->src->name, text_str(&where),
		elem ? "elems" : "keys", slot);
	text_free(&where);
	return false;
}

/* Pointers lead nowhere. */
static void set_unknown(const struct map *m, uint8_t *p, const uint8_t *mask, size_t size)
{
	unsigned word = m->type->target->ptrsize;

	for (size_t i = 0; i + word <= size; i += mask[i] == BYTE_POINTER ? word : 1)
		if (mask[i] == BYTE_POINTER)
			store_uint(m->type->target, p + i, word, heap_unknown(m->heap));
}

/* A slice in a slot may have more room than elements: its array is made as large. */
static bool widen_slice(struct rebuilding *r, const struct gotype *t, uint8_t *p)
{
	const struct target *target = r->m->type->target;
	unsigned w = target->ptrsize;
	uint64_t data = load_uint(target, p, w), len = load_uint(target, p + w, w);
	uint64_t cap = load_uint(target, p + 2 * w, w), bytes, addr;

	if (!data || cap <= len || t->elem->size == 0)
		return true;
	if (__builtin_mul_overflow(cap, t->elem->size, &bytes) ||
		!heap_has_room(r->m->heap, bytes, r->err))
		return fail(r->err, "a slice of capacity %llu does not fit the memory of %s",
			(unsigned long long)cap, target->name);
	addr = room(r, bytes, t->elem->pointers);
	if (!addr)
		return false;
	memcpy(map_at(r->m, addr), map_at(r->m, data), (size_t)(len * t->elem->size));
	store_uint(target, p, w, addr);
	return true;
}

static bool widen_slices(struct rebuilding *r, const struct gotype *t, uint8_t *p)
{
	if (!t->pointers)
		return true;
	if (t->kind == KIND_SLICE)
		return widen_slice(r, t, p);
	for (uint64_t i = 0; t->kind == KIND_ARRAY && i < t->len; i++)
		if (!widen_slices(r, t->elem, p + i * t->elem->size))
			return false;
	for (unsigned i = 0; t->kind == KIND_STRUCT && i < t->nfields; i++)
		if (!widen_slices(r, t->fields[i].type, p + t->fields[i].offset))
			return false;
	return true;
}

/* Whether the value at p is what the literal says. */
static bool reads_as(const struct map *m, const struct gotype *t, const uint8_t *p,
	const char *literal)
{
	struct text text = { 0 };
	bool same;

	value_format(m->heap, t, p, &text, 0);
	same = strcmp(text_str(&text), literal) == 0;
	text_free(&text);
	return same;
}

/*
 * The raw bytes of a slot have all but the pointers: these come from the literal. Where the
 * literal's other bytes are not those of the slot (a NaN of another kind, the capacity of a
 * slice), the value must read as the literal does.
 */
static bool merge(struct rebuilding *r, const struct gotype *t, uint8_t *slot, const uint8_t *mask,
	const char *literal)
{
	bool same = true;

	for (uint64_t i = 0; i < t->size; i++) {
		if (mask[i] == BYTE_POINTER)
			slot[i] = r->value[i];
		else if (mask[i] == BYTE_DATA)
			same &= slot[i] == r->value[i];
	}
	if (same)
		return true;
	if (!reads_as(r->m, t, slot, literal))
		return fail(r->err, "%.60s is not what the raw bytes say", literal);
	return widen_slices(r, t, slot);
}

/* What a literal says, into r->value. */
static bool parse(struct rebuilding *r, const struct gotype *t, const char *literal, bool elem)
{
	struct value_home home = { .heap = r->m->heap };
	const char *at = literal;

	return value_parse(&home, t, &at, r->value, elem ? "elem" : "key", r->err) &&
		(!*at || fail(r->err, "\"%.40s\" behind the literal is not understood", at));
}

static bool give_object(struct rebuilding *r, const struct gotype *t, uint8_t *slot)
{
	uint64_t addr = room(r, t->size, t->pointers);

	if (!addr)
		return false;
	memcpy(map_at(r->m, addr), r->value, (size_t)t->size);
	store_uint(t->target, slot, t->target->ptrsize, addr);
	return true;
}

/* The key or elem of a live cell. The slot has its raw bytes already. */
static bool fill_slot(struct rebuilding *r, uint8_t *slot, const uint8_t *mask, const char *literal,
	bool elem)
{
	const struct maptype *t = r->m->type;
	const struct gotype *type = elem ? t->elem : t->key;
	bool indirect = elem ? t->indirect_elem : t->indirect_key;

	if (strcmp(literal, SOURCE_UNKNOWN) == 0) {
		set_unknown(r->m, slot, mask, elem ? t->elemsize : t->keysize);
		r->unknown |= indirect || (!elem && type->pointers);
		return true;
	}
	if (!parse(r, type, literal, elem))
		return false;
	return indirect ? give_object(r, type, slot) : merge(r, type, slot, mask, literal);
}

/* Buckets */

/* All of a bucket but its overflow pointer. Its memory was saved when it was made. */
static bool fill_bucket(struct rebuilding *r, uint64_t addr, const struct imprint *b,
	uint64_t bucket, uint32_t chain)
{
	const struct maptype *t = r->m->type;
	uint8_t *to = map_at(r->m, addr);
	const char *literals[2 * SLOTS];

	imprint_literals(b, literals);
	memcpy(to, b->bytes, t->unit.link);
	for (unsigned i = 0; i < SLOTS; i++) {
		uint32_t key = unit_key(&t->unit, i), elem = unit_elem(&t->unit, i);

		if (!*literals[i])
			continue;
		if (!fill_slot(r, to + key, r->mask + key, literals[i], false))
			return say_where(r, bucket, chain, i, false);
		if (!fill_slot(r, to + elem, r->mask + elem, literals[SLOTS + i], true))
			return say_where(r, bucket, chain, i, true);
	}
	return true;
}

/* A place for the next overflow bucket: a spare one while there are such. */
static uint64_t overflow_room(struct rebuilding *r)
{
	const struct maptype *t = r->m->type;
	uint64_t addr = r->spare;

	if (!r->spares)
		return room(r, t->unit.size, t->pointers);
	r->spares--;
	r->spare += t->unit.size;
	put_word(r->m, addr + t->unit.link, 0); /* the last one is marked */
	return addr;
}

static bool fill_chain(struct rebuilding *r, uint64_t addr, struct imprint *const *chain,
	uint32_t count, uint64_t bucket)
{
	for (uint32_t i = 0;; i++) {
		uint64_t next;

		if (!fill_bucket(r, addr, chain[i], bucket, i))
			return false;
		if (i + 1 == count)
			return true;
		next = overflow_room(r);
		if (!next)
			return false;
		r->overflow[r->noverflow++] = next;
		put_word(r->m, addr + r->m->type->unit.link, next);
		addr = next;
	}
}

/* How many spare buckets chains have taken. */
static uint64_t taken(const struct rebuilding *r, const struct bucket_array *a, uint64_t spares)
{
	uint64_t overflow = a->total - a->count, most = overflow < spares ? overflow : spares, n;

	if (r->old)
		return most > r->guess.old_apart ? most - r->guess.old_apart : 0;
	if (r->snap->buckets.next_overflow < 0)
		return most;
	n = (uint64_t)r->snap->buckets.next_overflow;
	n = n > a->count ? n - a->count : 0;
	return n < most ? n : most;
}

/*
 * Spare buckets of the old array that chains had and that were cut off: all cells of them have
 * moved on. What they were is not told; they stand behind those that are in chains.
 */
static void mark_cut_off(struct rebuilding *r, uint64_t array, uint64_t all)
{
	const struct maptype *t = r->m->type;
	uint64_t used = r->snap->buckets.old_next_overflow < all ? r->snap->buckets.old_next_overflow : all;

	for (; r->spare < array + used * t->unit.size; r->spare += t->unit.size) {
		put_word(r->m, r->spare + t->unit.link, 0); /* the last one is marked */
		memset(map_at(r->m, r->spare), EVACUATED_EMPTY, SLOTS);
	}
}

static bool fill_array(struct rebuilding *r, bool old)
{
	const struct bucket_array *a = &r->snap->buckets.arrays[old];
	const struct maptype *t = r->m->type;
	unsigned B = (unsigned)__builtin_ctzll(a->count | 1ull << 63);
	uint64_t all = maptype_array_buckets(t, B), addr, at = 0, unused;

	if (!a->there)
		return true;
	if (all == 0)
		return fail(r->err, "%.160s: 2^%u buckets are more than %s can address",
			r->src->name, B, t->target->name);
	addr = room(r, all * t->unit.size, t->pointers);
	if (!addr)
		return false;
	lay_out_spares(r->m, B, addr, &unused);
	r->old = old;
	r->spare = addr + a->count * t->unit.size;
	r->spares = taken(r, a, all - a->count);
	r->overflow = xmalloc((a->total - a->count) * sizeof *r->overflow);
	r->noverflow = 0;
	map_set(r->m, old ? HMAP_OLDBUCKETS : HMAP_BUCKETS, addr);
	for (uint64_t i = 0; i < a->count; at += a->chains[i++])
		if (!fill_chain(r, addr + i * t->unit.size, a->list + at, a->chains[i], i))
			return false;
	if (old)
		mark_cut_off(r, addr, all);
	return true;
}

/*
 * Without pointers in the buckets, their overflow buckets are on a list. The list grows as it
 * did in the real map, so that its capacity is the same.
 */
static bool list_overflow(struct rebuilding *r, bool even_empty)
{
	bool ok = true;

	if (r->snap->buckets.extra && !r->m->type->pointers && (r->noverflow || even_empty))
		ok = create_overflow_lists(r->m, r->err);
	if (r->snap->buckets.extra && !r->m->type->pointers)
		for (uint64_t i = 0; ok && i < r->noverflow; i++)
			ok = append_overflow(r->m, r->overflow[i], r->err);
	free(r->overflow);
	r->overflow = NULL;
	return ok;
}

static bool fill_arrays(struct rebuilding *r)
{
	uint64_t extra;

	if (r->snap->buckets.extra && !need_extra(r->m, r->err))
		return false;
	extra = map_get(r->m, HMAP_EXTRA);
	if (!fill_array(r, true) || !list_overflow(r, r->guess.old_list))
		return false;
	if (extra) {
		map_set_extra(r->m, extra, EXTRA_OLDOVERFLOW,
			map_get_extra(r->m, extra, EXTRA_OVERFLOW));
		map_set_extra(r->m, extra, EXTRA_OVERFLOW, 0);
	}
	return fill_array(r, false) && list_overflow(r, r->guess.list);
}

/* The map as a whole */

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

/* Counts and chance are those of the snapshot, not what rebuilding came to. */
static void fill_state(struct rebuilding *r)
{
	struct heap_state *state = &r->m->heap->state;
	struct random *random = &r->w->random;
	struct account allocated = r->snap->allocated;

	if (!r->snap->has_allocated)
		allocated = map_reached(r->m);
	journal_save(&r->w->journal, &state->alloc_objects, 4 * sizeof state->alloc_objects);
	state->alloc_objects = allocated.objects;
	state->alloc_bytes = allocated.bytes;
	state->freed_objects = r->snap->freed.objects;
	state->freed_bytes = r->snap->freed.bytes;
	journal_save(&r->w->journal, &random->head, sizeof random->head);
	random->head = random->tail;
	for (size_t i = 0; i < r->snap->nseeds; i++)
		random_queue(random, r->snap->seeds[i]);
	if (!r->snap->has_random)
		return;
	journal_save(&r->w->journal, &random->state, sizeof random->state);
	random->state = r->snap->random;
}

static bool fill_map(struct rebuilding *r)
{
	uint64_t hmap;

	heap_clear(r->m->heap);
	hmap = room(r, hmap_size(r->m->type->release, r->m->type->target), true);
	if (!hmap)
		return false;
	world_end_loop(r->w);
	map_start(r->m, hmap);
	r->unknown = false;
	if (!fill_arrays(r))
		return false;
	fill_header(r);
	journal_save(&r->w->journal, &r->w->order.used, sizeof r->w->order.used);
	r->w->order.used = r->order;
	r->loop_lost = !loop_restore(r->w, &r->snap->loop);
	fill_state(r);
	return true;
}

static uint64_t overflow_count(const struct rebuilding *r, int old)
{
	const struct bucket_array *a = &r->snap->buckets.arrays[old];

	return a->total - a->count;
}

/*
 * What the map has in use tells of what else there must be: lists that are empty, overflow
 * buckets of the old array that are objects of their own. True when there is another guess.
 */
static bool guess_again(struct rebuilding *r)
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

/* Why the map can only be looked at, if it can: the rules rely on the laws. */
static const char *reason(struct rebuilding *r)
{
	const struct heap_state *h = &r->m->heap->state;
	struct account reached = map_reached(r->m);
	struct check c;
	bool sound;

	if (!r->snap->setting->hashed)
		return "the file does not say how keys are hashed";
	if (r->unknown)
		return "the file does not say what all keys and elems are";
	sound = check_map(r->m, &c);
	check_free(&c);
	if (!sound)
		return "its memory breaks the laws of the map, see check";
	if (h->freed_objects > h->alloc_objects || h->freed_bytes > h->alloc_bytes ||
		reached.objects > h->alloc_objects - h->freed_objects ||
		reached.bytes > h->alloc_bytes - h->freed_bytes)
		return "the file says that less was allocated than is in use";
	return NULL;
}

/*
 * Old buckets that were cut off from their chains may still be in use, by a spare bucket or a
 * stale pointer to a large key; no snapshot shows them.
 */
static void tell_lost(const struct rebuilding *r, struct text *lost)
{
	struct account now = map_reached(r->m), then = r->snap->in_use;

	if (r->loop_lost)
		text_add(lost, "its range loop, which walks what no snapshot shows");
	if (!r->snap->has_in_use || (then.objects == now.objects && then.bytes == now.bytes))
		return;
	text_add(lost, lost->len ? "; " : "");
	if (then.objects >= now.objects && then.bytes >= now.bytes)
		text_printf(lost, "%llu bytes in %llu objects that only stale memory reaches",
			(unsigned long long)(then.bytes - now.bytes),
			(unsigned long long)(then.objects - now.objects));
	else
		text_printf(lost, "what was in use, %llu bytes in %llu objects",
			(unsigned long long)then.bytes, (unsigned long long)then.objects);
}

bool rebuild(struct world *w, const struct source *src, size_t i, struct text *lost,
	struct error *err)
{
	const struct maptype *t = w->map.type;
	uint64_t size = t->key->size > t->elem->size ? t->key->size : t->elem->size;
	struct trace *trace = w->map.trace;
	struct rebuilding r = { .w = w, .m = &w->map, .src = src, .snap = &src->list[i],
		.index = i, .order = w->order.used, .err = err };
	bool ok;

	r.mask = xmalloc(t->unit.size);
	r.value = xmalloc(size);
	maptype_unit_bytes(t, r.mask);
	w->map.trace = NULL;
	ok = fill_map(&r);
	if (ok && r.snap->has_in_use && guess_again(&r))
		ok = fill_map(&r);
	free(r.overflow);
	free(r.mask);
	free(r.value);
	w->map.trace = trace;
	if (ok) {
		w->map.unhashed = !r.snap->setting->hashed;
		w->map.fixed = reason(&r);
		tell_lost(&r, lost);
		TELL(&w->map, .kind = EVENT_OPEN,
			.open = { .entries = r.snap->buckets.count });
	}
	return ok;
}
