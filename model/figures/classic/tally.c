/* SPDX-License-Identifier: MIT */
#include "model/figures/classic/tally.h"

#include "model/figures/cell.h"
#include "model/figures/numbers.h"
#include "model/map/classic/reading.h"
#include "model/map/classic/reach.h"

static void read_array(const struct map *m, bool old, struct array *a)
{
	unsigned B = old ? map_old_B(m) : (unsigned)map_get(m, HMAP_B);
	int64_t next = map_next_overflow(m);

	a->addr = map_get(m, old ? HMAP_OLDBUCKETS : HMAP_BUCKETS);
	if (!a->addr)
		return;
	a->main = 1ull << B;
	a->used = a->all = maptype_array_buckets(m->type, B);
	if (!old && next >= 0)
		a->used = (uint64_t)next;
}

void arrays_read(const struct map *m, struct arrays *a)
{
	*a = (struct arrays){ .hmap = m->header, .type = m->type };
	if (!m->header)
		return;
	read_array(m, false, &a->list[0]);
	if (map_growing(m))
		read_array(m, true, &a->list[1]);
}

bool arrays_find(const struct arrays *a, uint64_t bucket, bool *old, uint64_t *index)
{
	for (int i = 0; i < 2; i++) {
		const struct array *array = &a->list[i];
		uint64_t offset = bucket - array->addr;

		if (!array->addr || bucket < array->addr ||
			offset >= array->all * a->type->unit.size)
			continue;
		*old = i;
		*index = offset / a->type->unit.size;
		return true;
	}
	return false;
}

uint64_t arrays_old_used(const struct map *m, const struct arrays *a)
{
	return a->list[1].addr ? map_used_buckets(m, true) : 0;
}

/* What goes through the buckets of a unit. */
struct teller {
	const struct map *m;
	const struct maptype *t;
	struct tally *tally;
	struct strays *strays;
	bool old;
	enum tally_act act;
	bool key_refers, elem_refers;
};

static void tell_live(struct teller *w, struct slot_counts *c, uint64_t addr, unsigned slot)
{
	const struct map *m = w->m;

	c->live++;
	if (w->key_refers)
		referred_add(m->heap, w->t->key, map_key(m, addr, slot), &w->tally->referred);
	if (w->elem_refers)
		referred_add(m->heap, w->t->elem, map_elem(m, addr, slot), &w->tally->referred);
}

static void tell_slots(struct teller *w, struct slot_counts *c, uint64_t addr)
{
	const uint8_t *bucket = map_at(w->m, addr);

	c->buckets++;
	/* Of an array that was just made most buckets are like this. */
	if (!any_set(bucket, w->t->unit.link)) {
		c->free += SLOTS;
		return;
	}
	for (unsigned i = 0; i < SLOTS; i++) {
		if (bucket[i] >= MIN_TOPHASH)
			tell_live(w, c, addr, i);
		else if (!tophash_empty(bucket[i]))
			c->moved++;
		else if (bucket[i] == EMPTY_ONE || is_stale(w->t, bucket, i))
			c->dead++;
		else
			c->free++;
		c->tombstones += bucket[i] == EMPTY_ONE;
	}
}

/* The object of a large key or elem; dead slots have their pointers cleared. */
static void tell_object(struct teller *w, uint8_t top, uint64_t slot, bool elem)
{
	uint64_t addr = map_load_word(w->m, slot);
	bool add = w->act == TALLY_ADD;

	if (!addr)
		return;
	if (w->old && !tophash_empty(top) && top < MIN_TOPHASH) {
		if (add)
			strays_add(w->strays, addr, elem);
		else
			strays_remove(w->strays, addr);
		return;
	}
	if (elem)
		w->tally->elems++;
	else
		w->tally->keys++;
	if (!w->old)
		strays_set_present(w->strays, addr, add);
}

static void tell_objects(struct teller *w, uint64_t addr)
{
	const uint8_t *tops = map_at(w->m, addr);

	for (unsigned i = 0; i < SLOTS; i++) {
		if (w->t->indirect_key)
			tell_object(w, tops[i], addr + unit_key(&w->t->unit, i), false);
		if (w->t->indirect_elem)
			tell_object(w, tops[i], addr + unit_elem(&w->t->unit, i), true);
	}
}

static void tell_bucket(struct teller *w, uint64_t addr, enum bucket_use use)
{
	struct tally *t = w->tally;

	t->uses[use]++;
	if (use == BUCKET_SPARE)
		return;
	t->evacuated += use == BUCKET_MAIN && map_evacuated(w->m, addr);
	tell_slots(w, use == BUCKET_MAIN ? &t->main : &t->overflow, addr);
	if (w->t->indirect_key || w->t->indirect_elem)
		tell_objects(w, addr);
}

static enum bucket_use use_of(const struct array *a, uint64_t index)
{
	return index < a->main ? BUCKET_MAIN : index < a->used ? BUCKET_LINKED : BUCKET_SPARE;
}

static void tell_unit(struct teller *w, const struct arrays *a, uint64_t index)
{
	const struct array *array = &a->list[w->old];
	uint64_t addr = array->addr + index * w->t->unit.size;
	bool old;

	tell_bucket(w, addr, use_of(array, index));
	while ((addr = map_overflow(w->m, addr)) != 0 && !arrays_find(a, addr, &old, &index)) {
		w->tally->objects++;
		tell_bucket(w, addr, BUCKET_LINKED);
	}
}

static struct teller teller_for(const struct map *m, bool old, enum tally_act act,
	struct tally *t, struct strays *strays)
{
	return (struct teller){ .m = m, .t = m->type, .tally = t, .strays = strays, .old = old,
		.act = act, .key_refers = referred_type(m->type->key),
		.elem_refers = referred_type(m->type->elem) };
}

void tally_unit(const struct map *m, const struct arrays *a, bool old, uint64_t index,
	enum tally_act act, struct tally *t, struct strays *strays)
{
	struct teller w = teller_for(m, old, act, t, strays);

	tell_unit(&w, a, index);
}

void tally_array(const struct map *m, const struct arrays *a, bool old, struct tally *t,
	struct strays *strays)
{
	struct teller w = teller_for(m, old, TALLY_ADD, t, strays);

	for (uint64_t i = 0; i < a->list[old].all; i++)
		tell_unit(&w, a, i);
}

void tally_zero_unit(const struct array *a, uint64_t index, struct tally *t)
{
	enum bucket_use use = use_of(a, index);
	struct slot_counts *c = use == BUCKET_MAIN ? &t->main : &t->overflow;

	t->uses[use]++;
	if (use == BUCKET_SPARE)
		return;
	c->buckets++;
	c->free += SLOTS;
}

void tally_zero_array(const struct array *a, struct tally *t)
{
	uint64_t linked = a->used - a->main;

	t->uses[BUCKET_MAIN] += a->main;
	t->uses[BUCKET_LINKED] += linked;
	t->uses[BUCKET_SPARE] += a->all - a->used;
	t->main.buckets += a->main;
	t->main.free += a->main * SLOTS;
	t->overflow.buckets += linked;
	t->overflow.free += linked * SLOTS;
}

void tally_add(struct tally *t, const struct tally *part)
{
	numbers_add(t, part, sizeof *t, 1);
}

void tally_subtract(struct tally *t, const struct tally *part)
{
	numbers_add(t, part, sizeof *t, UINT64_MAX);
}
