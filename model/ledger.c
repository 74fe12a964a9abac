/* SPDX-License-Identifier: MIT */
#include "model/ledger.h"

#include <string.h>

#include "model/plan.h"
#include "model/referred.h"

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

/* What of the buckets in one place was counted; turned into bytes at the end. */
struct count {
	uint64_t buckets, live, free, dead, moved;
};

struct taking {
	const struct map *m;
	struct ledger *l;
	struct count counts[LEDGER_PLACES];
	bool key_refers, elem_refers;
};

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

/* The bytes inside of arrays and overflow buckets are booked bucket by bucket. */
static void take_object(void *data, enum object_kind kind, bool old, uint64_t size, uint64_t taken)
{
	struct taking *w = data;
	bool buckets = kind == OBJECT_BUCKETS || kind == OBJECT_OVERFLOW;
	enum ledger_place place = old ? PLACE_OLD : PLACE_APART;

	if (buckets && !old)
		place = kind == OBJECT_BUCKETS ? PLACE_ARRAY : PLACE_OVERFLOW;
	if (!buckets)
		w->l->bytes[object_cause(kind)][place] += size;
	w->l->bytes[LEDGER_ROUNDING][place] += taken - size;
	w->l->total += taken;
	w->l->objects++;
}

static bool any_set(const uint8_t *p, size_t len)
{
	return len > 0 && (p[0] != 0 || memcmp(p, p + 1, len - 1) != 0);
}

static bool is_stale(const struct maptype *t, const uint8_t *bucket, unsigned slot)
{
	return any_set(bucket + t->keys + slot * t->keysize, t->keysize) ||
		any_set(bucket + t->elems + slot * t->elemsize, t->elemsize);
}

static void count_free(
	const struct taking *w, struct count *c, const uint8_t *bucket, unsigned slot)
{
	if (bucket[slot] == EMPTY_ONE || is_stale(w->m->type, bucket, slot))
		c->dead++;
	else
		c->free++;
}

static void count_live(struct taking *w, struct count *c, uint64_t addr, unsigned slot)
{
	const struct map *m = w->m;

	c->live++;
	if (w->key_refers)
		w->l->referred += referred_bytes(m->heap, m->type->key, map_key(m, addr, slot));
	if (w->elem_refers)
		w->l->referred += referred_bytes(m->heap, m->type->elem, map_elem(m, addr, slot));
}

static void take_bucket(void *data, uint64_t addr, bool old, enum bucket_use use)
{
	struct taking *w = data;
	const struct maptype *t = w->m->type;
	const uint8_t *bucket = map_at(w->m, addr);
	enum ledger_place place = old                    ? PLACE_OLD
				  : use == BUCKET_LINKED ? PLACE_OVERFLOW
							 : PLACE_ARRAY;
	struct count *c = &w->counts[place];

	(old ? w->l->old : w->l->buckets)[use]++;
	if (use == BUCKET_SPARE) {
		w->l->bytes[LEDGER_SPARE][place] += t->bucketsize;
		return;
	}
	c->buckets++;
	/* Of an array that was just made most buckets are like this. */
	if (!any_set(bucket, t->overflow)) {
		c->free += SLOTS;
		return;
	}
	for (unsigned i = 0; i < SLOTS; i++) {
		if (tophash_empty(bucket[i]))
			count_free(w, c, bucket, i);
		else if (bucket[i] < MIN_TOPHASH)
			c->moved++;
		else
			count_live(w, c, addr, i);
	}
}

static void book_slots(struct taking *w, enum ledger_place place)
{
	const struct maptype *t = w->m->type;
	const struct count *c = &w->counts[place];
	uint64_t slot = t->keysize + t->elemsize;
	uint64_t key = plan_key_padding(t), elem = plan_elem_padding(t);

	w->l->bytes[LEDGER_KEYS][place] += c->live * (t->keysize - key);
	w->l->bytes[LEDGER_ELEMS][place] += c->live * (t->elemsize - elem);
	w->l->bytes[LEDGER_PADDING][place] += c->live * (key + elem);
	w->l->bytes[LEDGER_FREE][place] += c->free * slot;
	w->l->bytes[LEDGER_DEAD][place] += c->dead * slot;
	w->l->bytes[LEDGER_MOVED][place] += c->moved * slot;
	w->l->bytes[LEDGER_TOPHASH][place] += c->buckets * SLOTS;
	w->l->bytes[LEDGER_LINKS][place] += c->buckets * t->target->ptrsize;
	w->l->live += c->live;
	w->l->free += c->free;
	w->l->dead += c->dead;
	w->l->moved += c->moved;
}

void ledger_take(const struct map *m, struct ledger *l)
{
	struct taking w = { .m = m, .l = l, .key_refers = referred_type(m->type->key),
		.elem_refers = referred_type(m->type->elem) };
	struct reach r = { .object = take_object, .bucket = take_bucket, .data = &w };

	*l = (struct ledger){ 0 };
	if (!m->hmap)
		return;
	l->entries = map_get(m, HMAP_COUNT);
	map_reach(m, &r);
	for (int place = 0; place < LEDGER_PLACES; place++)
		book_slots(&w, (enum ledger_place)place);
}
