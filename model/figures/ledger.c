/* SPDX-License-Identifier: MIT */
#include "model/figures/ledger.h"

#include "model/figures/plan.h"
#include "model/map/classic/object.h"
#include "model/map/classic/reading.h"
#include "model/map/reach.h"

static const struct {
	const char *name, *word;
} causes[LEDGER_CAUSES] = {
#define X(id, name, word, what) [LEDGER_##id] = { name, word },
	LEDGER_CAUSES_TABLE(X)
#undef X
};

const char *ledger_name(enum ledger_cause cause)
{
	return causes[cause].name;
}

const char *ledger_word(enum ledger_cause cause)
{
	return causes[cause].word;
}

uint64_t ledger_cause_bytes(const struct ledger *l, enum ledger_cause cause)
{
	uint64_t sum = 0;

	for (int place = 0; place < LEDGER_PLACES; place++)
		sum += l->bytes[cause][place];
	return sum;
}

uint64_t ledger_place_bytes(const struct ledger *l, enum ledger_place place)
{
	uint64_t sum = 0;

	for (int cause = 0; cause < LEDGER_CAUSES; cause++)
		sum += l->bytes[cause][place];
	return sum;
}

static enum ledger_cause object_cause(enum object_kind kind)
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
	enum ledger_place place = old ? PLACE_OLD : PLACE_APART;

	if (buckets && !old)
		place = kind == OBJECT_BUCKETS ? PLACE_ARRAY : PLACE_OVERFLOW;
	if (!buckets)
		l->bytes[object_cause((enum object_kind)kind)][place] += count * size;
	l->bytes[LEDGER_ROUNDING][place] += count * (taken - size);
	l->total += count * taken;
	l->objects += count;
}

static void book_object(void *data, unsigned kind, bool old, uint64_t size, uint64_t taken)
{
	book_objects(data, kind, old, 1, size, taken);
}

static void book_many(struct ledger *l, const struct maptype *t, enum object_kind kind, bool old,
	uint64_t count, uint64_t size, bool pointers)
{
	book_objects(l, kind, old, count, size,
		alloc_size(t->release, t->target->ptrsize, size, pointers));
}

static void book_slots(struct ledger *l, const struct maptype *t, enum ledger_place place,
	const struct slot_counts *c)
{
	uint64_t slot = t->keysize + t->elemsize;
	uint64_t key = plan_key_padding(t), elem = plan_elem_padding(t);

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
	l->moved += c->moved;
}

static void book_tally(struct ledger *l, const struct maptype *t, const struct tally *y, bool old)
{
	book_slots(l, t, old ? PLACE_OLD : PLACE_ARRAY, &y->main);
	book_slots(l, t, old ? PLACE_OLD : PLACE_OVERFLOW, &y->overflow);
	l->bytes[LEDGER_SPARE][old ? PLACE_OLD : PLACE_ARRAY] +=
		y->uses[BUCKET_SPARE] * t->unit.size;
	book_many(l, t, OBJECT_OVERFLOW, old, y->objects, t->unit.size, t->pointers);
	book_many(l, t, OBJECT_KEY, false, y->keys, t->key->size, t->key->pointers);
	book_many(l, t, OBJECT_ELEM, false, y->elems, t->elem->size, t->elem->pointers);
	for (int use = 0; use < BUCKET_USES; use++)
		(old ? l->old : l->buckets)[use] = y->uses[use];
}

void ledger_make(const struct map *m, const struct tally tallies[2], const struct strays *strays,
	struct ledger *l)
{
	const struct maptype *t = m->type;
	struct reach r = { .object = book_object, .data = l };
	struct tally both = tallies[0];

	*l = (struct ledger){ 0 };
	if (!m->header)
		return;
	l->entries = map_get(m, HMAP_COUNT);
	map_reach_frame(m, &r);
	book_tally(l, t, &tallies[0], false);
	book_tally(l, t, &tallies[1], true);
	book_many(l, t, OBJECT_KEY, false, strays->lone[0], t->key->size, t->key->pointers);
	book_many(l, t, OBJECT_ELEM, false, strays->lone[1], t->elem->size, t->elem->pointers);
	l->waiting = tallies[1].uses[BUCKET_MAIN] - tallies[1].evacuated;
	tally_add(&both, &tallies[1]);
	l->referred = referred_bytes(m->heap, &both.referred);
}

void ledger_take(const struct map *m, struct ledger *l)
{
	struct tally tallies[2] = { 0 };
	struct strays strays = { 0 };
	struct arrays a;

	arrays_read(m, &a);
	a.list[1].used = arrays_old_used(m, &a);
	tally_array(m, &a, true, &tallies[1], &strays);
	tally_array(m, &a, false, &tallies[0], &strays);
	ledger_make(m, tallies, &strays, l);
	strays_free(&strays);
}
