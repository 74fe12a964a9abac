/* SPDX-License-Identifier: MIT */
/* The laws of one slot: its tophash, its key, what it points to. */
#include "model/figures/classic/check_rules.h"
#include "model/figures/cell.h"
#include "model/figures/inside.h"
#include "model/map/classic/reading.h"

static bool cell_inside(struct checking *k, const struct place *at)
{
	bool key = key_inside(k->m, at->addr, at->slot);
	bool elem = elem_inside(k->m, at->addr, at->slot);

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
			if (map_at(m, addr)[i] == top && key_inside(m, addr, i) &&
				value_equal(m->heap, m->type->key, map_key(m, addr, i), key))
				return true;
		}
	}
	return false;
}

/* Whether the key is where its hash leads. */
static void check_hash(struct checking *k, const struct place *at, const uint8_t *key, uint8_t top)
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

static void check_cell(struct checking *k, const struct place *at)
{
	const struct map *m = k->m;
	uint8_t top = map_at(m, at->addr)[at->slot];
	const uint8_t *key;

	k->c->cells++;
	if (cell_unknown(m, at->addr, at->slot) || !cell_inside(k, at))
		return;
	key = map_key(m, at->addr, at->slot);
	/* What is not equal to itself has another hash each time. */
	if (!value_equals_itself(m->heap, m->type->key, key))
		return;
	if (!m->unhashed)
		check_hash(k, at, key, top);
	if (is_twice(m, at, key, top))
		check_find_at(k, LAW_TWICE, at, "the chain has this key before");
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
	else if (any_set(map_at(k->m, at->addr) + unit_elem(&k->m->type->unit, at->slot),
		k->m->type->elemsize))
		check_find_at(k, LAW_STALE, at, "the elem was not zeroed");
}
