/* SPDX-License-Identifier: MIT */
#include "model/figures/classic/accounts.h"

#include "model/figures/cell.h"
#include "model/map/classic/object.h"
#include "model/map/classic/reading.h"
#include "model/map/classic/reach.h"

static const struct ledger_cause causes[CLASSIC_CAUSES] = {
#define X(id, name, word, kind, what) [LEDGER_##id] = { name, word, what, BYTES_##kind },
	CLASSIC_CAUSES_TABLE(X)
#undef X
};

static const struct ledger_place places[CLASSIC_PLACES] = {
	[PLACE_ARRAY] = { "array", "array" },
	[PLACE_OVERFLOW] = { "overflow", "overflow" },
	[PLACE_OLD] = { "old array", "old_array" },
	[PLACE_APART] = { "apart", "apart" },
	[PLACE_STACK] = { "stack", "stack" },
};

static enum classic_cause object_cause(enum object_kind kind)
{
	switch (kind) {
	case OBJECT_KEY:
		return LEDGER_KEY_OBJECTS;
	case OBJECT_ELEM:
		return LEDGER_ELEM_OBJECTS;
	case OBJECT_LIST_HEAD:
	case OBJECT_LIST:
		return LEDGER_LISTS;
	default:
		return LEDGER_HEADERS;
	}
}

/* The bytes inside of arrays and overflow buckets are booked slot by slot. */
static void book_objects(struct ledger *l, enum object_kind kind, bool old, uint64_t count,
	uint64_t size, uint64_t taken)
{
	bool buckets = kind == OBJECT_BUCKETS || kind == OBJECT_OVERFLOW;
	enum classic_place place = old ? PLACE_OLD : PLACE_APART;

	if (buckets && !old)
		place = kind == OBJECT_BUCKETS ? PLACE_ARRAY : PLACE_OVERFLOW;
	if (!buckets)
		l->bytes[object_cause((enum object_kind)kind)][place] += count * size;
	ledger_book(l, place, LEDGER_ROUNDING, count, size, taken);
}

static void book_object(void *data, unsigned kind, bool old, uint64_t size, uint64_t taken)
{
	book_objects(data, kind, old, 1, size, taken);
}

static void book_many(struct ledger *l, const struct maptype *t, enum object_kind kind, bool old,
	uint64_t count, uint64_t size, bool pointers)
{
	book_objects(l, kind, old, count, size, object_bytes(t, size, pointers));
}

static void book_slots(struct ledger *l, const struct maptype *t, enum classic_place place,
	const struct slot_counts *c)
{
	uint64_t slot = t->keysize + t->elemsize;
	uint64_t key = cell_key_padding(t), elem = cell_elem_padding(t);

	l->bytes[LEDGER_KEYS][place] += c->live * (t->keysize - key);
	l->bytes[LEDGER_ELEMS][place] += c->live * (t->elemsize - elem);
	l->bytes[LEDGER_PADDING][place] += c->live * (key + elem);
	l->bytes[LEDGER_FREE][place] += c->free * slot;
	l->bytes[LEDGER_DEAD][place] += c->dead * slot;
	l->bytes[LEDGER_MOVED][place] += c->moved * slot;
	l->bytes[LEDGER_TOPHASH][place] += c->buckets * SLOTS;
	l->bytes[LEDGER_LINKS][place] += c->buckets * t->target->ptrsize;
	l->live += c->live;
	l->free += c->free;
	l->dead += c->dead;
	l->tombstones += c->tombstones;
	l->other += c->moved;
}

/* Where an array lies. The one on the stack is a bucket, without spare ones or a chain. */
static enum classic_place place_of(const struct map *m, bool old)
{
	if (map_on_stack(m, map_get(m, old ? HMAP_OLDBUCKETS : HMAP_BUCKETS)))
		return PLACE_STACK;
	return old ? PLACE_OLD : PLACE_ARRAY;
}

static void book_tally(struct ledger *l, const struct map *m, const struct tally *y, bool old)
{
	const struct maptype *t = m->type;
	struct classic_counts *own = (struct classic_counts *)(void *)l->own;

	book_slots(l, t, place_of(m, old), &y->main);
	book_slots(l, t, old ? PLACE_OLD : PLACE_OVERFLOW, &y->overflow);
	l->bytes[LEDGER_SPARE][old ? PLACE_OLD : PLACE_ARRAY] +=
		y->uses[BUCKET_SPARE] * t->unit.size;
	book_many(l, t, OBJECT_OVERFLOW, old, y->objects, t->unit.size, t->pointers);
	book_many(l, t, OBJECT_KEY, false, y->keys, t->key->size, t->key->pointers);
	book_many(l, t, OBJECT_ELEM, false, y->elems, t->elem->size, t->elem->pointers);
	for (int use = 0; use < BUCKET_USES; use++)
		(old ? own->old : own->buckets)[use] = y->uses[use];
}

void classic_make_ledger(const struct map *m, const struct tally tallies[2],
	const struct strays *strays, struct ledger *l)
{
	const struct maptype *t = m->type;
	struct reach r = { .object = book_object, .data = l };
	struct classic_counts *own = (struct classic_counts *)(void *)l->own;
	struct tally both = tallies[0];

	_Static_assert(sizeof *own <= sizeof l->own, "there is room for them");
	l->entries = map_get(m, HMAP_COUNT);
	map_reach_frame(m, &r);
	if (map_on_stack(m, m->header))
		l->bytes[LEDGER_HEADERS][PLACE_STACK] += hmap_size(t->release, t->target);
	book_tally(l, m, &tallies[0], false);
	book_tally(l, m, &tallies[1], true);
	book_many(l, t, OBJECT_KEY, false, strays->lone[0], t->key->size, t->key->pointers);
	book_many(l, t, OBJECT_ELEM, false, strays->lone[1], t->elem->size, t->elem->pointers);
	own->waiting = tallies[1].uses[BUCKET_MAIN] - tallies[1].evacuated;
	tally_add(&both, &tallies[1]);
	l->referred = referred_bytes(m->heap, &both.referred);
	l->referred_taken = referred_taken(m->heap, &both.referred);
}

static void take(const struct map *m, struct ledger *l)
{
	struct tally tallies[2] = { 0 };
	struct strays strays = { 0 };
	struct arrays a;

	arrays_read(m, &a);
	a.list[1].used = arrays_old_used(m, &a);
	tally_array(m, &a, true, &tallies[1], &strays);
	tally_array(m, &a, false, &tallies[0], &strays);
	classic_make_ledger(m, tallies, &strays, l);
	strays_free(&strays);
}

const struct ledger_form classic_ledger = {
	.causes = causes,
	.ncauses = CLASSIC_CAUSES,
	.places = places,
	.nplaces = CLASSIC_PLACES,
	.stack = PLACE_STACK,
	.other_slots = "evacuated",
	.slots_mean = "dead: deleted; a tombstone (╳), which a search goes on past, or free (·) "
		"again with stale bytes",
	.take = take,
};
