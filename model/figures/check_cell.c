/* SPDX-License-Identifier: MIT */
/* The laws of one slot: its tophash, its key, what it points to. */
#include "model/figures/check_rules.h"
#include "model/map/classic/reading.h"

static bool string_inside(const struct heap *h, const uint8_t *p)
{
	unsigned word = h->target->ptrsize;
	uint64_t len = load_uint(h->target, p + word, word);

	return len == 0 || heap_holds(h, load_uint(h->target, p, word), len);
}

static bool slice_inside(const struct heap *h, const struct gotype *t, const uint8_t *p)
{
	unsigned word = h->target->ptrsize;
	uint64_t cap = load_uint(h->target, p + 2 * word, word), bytes;

	return cap == 0 || t->elem->size == 0 ||
		(!__builtin_mul_overflow(cap, t->elem->size, &bytes) &&
			heap_holds(h, load_uint(h->target, p, word), bytes));
}

/* Whether everything that comparing or hashing the value would follow is there. */
static bool value_inside(const struct heap *h, const struct gotype *t, const uint8_t *p)
{
	struct value_dynamic d;

	if (!t->pointers)
		return true;
	switch (t->kind) {
	case KIND_STRING:
		return string_inside(h, p);
	case KIND_ANY:
		d = value_dynamic(h->target, p);
		return d.nil || (d.type && heap_holds(h, d.data, d.type->size) &&
					value_inside(h, d.type, heap_at(h, d.data)));
	case KIND_ERROR:
		d = value_dynamic(h->target, p);
		return d.nil || (heap_holds(h, d.data, 2 * h->target->ptrsize) &&
					string_inside(h, heap_at(h, d.data)));
	case KIND_SLICE:
		return slice_inside(h, t, p);
	case KIND_ARRAY:
		for (uint64_t i = 0; i < t->len && t->elem->pointers; i++)
			if (!value_inside(h, t->elem, p + i * t->elem->size))
				return false;
		return true;
	case KIND_STRUCT:
		for (unsigned i = 0; i < t->nfields; i++)
			if (!value_inside(h, t->fields[i].type, p + t->fields[i].offset))
				return false;
		return true;
	default:
		return true;
	}
}

/* A slot's own bytes, or those of the object it points to; false when that is not there. */
static bool slot_inside(
	const struct map *m, uint64_t slot, const struct gotype *type, bool indirect)
{
	uint64_t at = indirect ? map_load_word(m, slot) : slot;

	return heap_holds(m->heap, at, type->size) && value_inside(m->heap, type, map_at(m, at));
}

static bool cell_inside(struct checking *k, const struct place *at)
{
	const struct maptype *t = k->m->type;
	bool key = slot_inside(k->m, at->addr + unit_key(&t->unit, at->slot), t->key,
		t->indirect_key);
	bool elem = slot_inside(k->m, at->addr + unit_elem(&t->unit, at->slot), t->elem,
		t->indirect_elem);

	if (!key || !elem)
		check_find_at(
			k, LAW_POINTERS, at, "the %s points out of the heap", key ? "elem" : "key");
	return key;
}

/* Whether the same key is in an earlier slot of the chain. */
static bool is_twice(const struct map *m, const struct place *at, const uint8_t *key, uint8_t top)
{
	uint64_t addr = map_bucket(m, at->array, at->unit);

	for (uint32_t chain = 0; chain <= at->link; chain++, addr = map_overflow(m, addr)) {
		unsigned slots = chain == at->link ? at->slot : SLOTS;

		for (unsigned i = 0; i < slots; i++) {
			struct place other = { .addr = addr, .slot = i };
			const struct maptype *t = m->type;

			if (map_at(m, addr)[i] == top &&
				slot_inside(m, addr + unit_key(&t->unit, other.slot), t->key,
					t->indirect_key) &&
				value_equal(m->heap, t->key, map_key(m, addr, i), key))
				return true;
		}
	}
	return false;
}

/* Whether the key is where its hash leads. */
static void check_hash(
	struct checking *k, const struct place *at, const uint8_t *key, uint8_t top)
{
	const struct map *m = k->m;
	uint64_t hash = map_hash(m, key), bucket = hash & (k->arrays[at->array].main - 1);

	if (bucket != at->unit)
		check_find_at(k, LAW_INDEX, at, "its hash leads to bucket %llu",
			(unsigned long long)bucket);
	if (top != tophash_of(m->type->target, hash))
		check_find_at(k, LAW_TOPHASH, at, "%02x, and the hash says %02x", top,
			tophash_of(m->type->target, hash));
}

static bool slot_unknown(
	const struct map *m, uint64_t slot, const struct gotype *type, bool indirect)
{
	if (indirect)
		return heap_is_unknown(m->heap, map_load_word(m, slot));
	return value_unknown(m->heap, type, map_at(m, slot));
}

/* Whether a file left out what the cell holds: nothing can be said of it then. */
static bool cell_unknown(const struct map *m, const struct place *at)
{
	const struct maptype *t = m->type;

	return slot_unknown(m, at->addr + unit_key(&t->unit, at->slot), t->key,
		       t->indirect_key) ||
		slot_unknown(m, at->addr + unit_elem(&t->unit, at->slot), t->elem,
			t->indirect_elem);
}

static void check_cell(struct checking *k, const struct place *at)
{
	const struct map *m = k->m;
	uint8_t top = map_at(m, at->addr)[at->slot];
	const uint8_t *key;

	k->c->cells++;
	if (cell_unknown(m, at) || !cell_inside(k, at))
		return;
	key = map_key(m, at->addr, at->slot);
	/* What is not equal to itself has another hash each time. */
	if (!value_equal(m->heap, m->type->key, key, key))
		return;
	if (!m->unhashed)
		check_hash(k, at, key, top);
	if (is_twice(m, at, key, top))
		check_find_at(k, LAW_TWICE, at, "the chain has this key before");
}

static bool elem_is_zero(const struct map *m, const struct place *at)
{
	const uint8_t *elem = map_at(m, at->addr) + unit_elem(&m->type->unit, at->slot);

	for (uint32_t i = 0; i < m->type->elemsize; i++)
		if (elem[i])
			return false;
	return true;
}

void check_slot(struct checking *k, const struct place *at, bool *rest)
{
	uint8_t top = map_at(k->m, at->addr)[at->slot];

	if (*rest && top != EMPTY_REST)
		check_find_at(k, LAW_REST, at, "%02x behind emptyRest", top);
	*rest |= top == EMPTY_REST;
	if (top >= MIN_TOPHASH)
		check_cell(k, at);
	else if (!tophash_empty(top))
		check_find_at(k, LAW_MARKS, at, "mark %u in a bucket that is not evacuated", top);
	else if (!elem_is_zero(k->m, at))
		check_find_at(k, LAW_STALE, at, "the elem was not zeroed");
}
