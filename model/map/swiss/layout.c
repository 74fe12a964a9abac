/* SPDX-License-Identifier: MIT */
#include "model/map/swiss/layout.h"

#include <stdlib.h>

#include "model/base/mem.h"

static uint32_t round_up(uint32_t n, uint32_t align)
{
	return (n + align - 1) / align * align;
}

/* A struct that ends in a field without size has a byte more. */
static uint32_t end_struct(uint32_t size, uint32_t last, uint32_t align)
{
	return round_up(size + (last == 0 && size > 0), align);
}

static uint32_t most_of(uint32_t a, uint32_t b)
{
	return a > b ? a : b;
}

/*
 * Like Go lays out struct { ctrl uint64; slots [8]struct { key K; elem E } }, or, with
 * mapsplitgroup, struct { ctrl uint64; keys [8]K; elems [8]E }.
 * Source: cmd/compile/internal/reflectdata/map.go, MapGroupType.
 */
void swiss_lay_out(struct maptype *t)
{
	uint32_t word = t->target->ptrsize, wide = t->target->wide_align;
	uint32_t key_align = t->indirect_key ? word : t->key->align;
	uint32_t elem_align = t->indirect_elem ? word : t->elem->align;
	uint32_t align = most_of(key_align, elem_align), all = most_of(align, wide);
	struct unit *u = &t->unit;

	*u = (struct unit){ .flip = t->target->big_endian ? SLOTS - 1 : 0 };
	if (t->release->split_groups) {
		u->keys = round_up(SLOTS, key_align);
		u->key_step = t->keysize;
		u->elems = round_up(u->keys + SLOTS * t->keysize, elem_align);
		u->elem_step = t->elemsize;
		u->size = end_struct(u->elems + SLOTS * t->elemsize, t->elemsize, all);
		return;
	}
	u->keys = round_up(SLOTS, align);
	u->elems = u->keys + round_up(t->keysize, elem_align);
	u->key_step = end_struct(u->elems - u->keys + t->elemsize, t->elemsize, align);
	u->elem_step = u->key_step;
	u->size = end_struct(u->keys + SLOTS * u->key_step, u->key_step, all);
}

unsigned swiss_flags(const struct maptype *t)
{
	return (t->key->key_update ? MAP_NEED_KEY_UPDATE : 0) |
		(gotype_hash_may_panic(t->key) ? MAP_HASH_MIGHT_PANIC : 0) |
		(t->indirect_key ? MAP_INDIRECT_KEY : 0) |
		(t->indirect_elem ? MAP_INDIRECT_ELEM : 0);
}

uint32_t swiss_pointer_bytes(const struct maptype *t)
{
	uint8_t *what = xmalloc(t->unit.size);
	uint32_t n = t->unit.size;

	maptype_unit_bytes(t, what);
	while (n > 0 && what[n - 1] != BYTE_POINTER)
		n--;
	/* Both words of an interface are marked, and both are pointers to the collector. */
	free(what);
	return n;
}

static bool power_above(uint64_t n, uint64_t *power)
{
	for (*power = 1; *power < n; *power *= 2)
		if (*power > UINT64_MAX / 2)
			return false;
	return true;
}

/* Whether so many slots could be addressed, each as large as a group: they are mixed up there. */
static bool slots_fit(const struct maptype *t, uint64_t tables)
{
	uint64_t slots, bytes;

	return !__builtin_mul_overflow(tables, (uint64_t)TABLE_SLOTS_MOST, &slots) &&
		slots <= word_mask(t->target) &&
		!__builtin_mul_overflow(slots, (uint64_t)t->unit.size, &bytes) &&
		bytes <= word_mask(t->target) &&
		bytes <= t->target->max_alloc - (t->target->ptrsize == 4);
}

/* Source: internal/runtime/maps/map.go, NewMap; runtime/map.go, makemap64. */
struct swiss_plan swiss_plan(const struct maptype *t, uint64_t hint)
{
	struct swiss_plan plan = { 0 };
	uint64_t slots, tables, capacity;

	if (t->target->ptrsize == 4 && hint > INT32_MAX) {
		plan.refused = true;
		return plan;
	}
	if (hint <= SMALL_MOST)
		return plan;
	slots = (hint * SLOTS & word_mask(t->target)) / LOAD_OF_8;
	if (slots < hint ||
		!power_above((slots + TABLE_SLOTS_MOST - 1) / TABLE_SLOTS_MOST, &tables) ||
		!slots_fit(t, tables)) {
		plan.refused = true;
		return plan;
	}
	power_above(slots / tables, &capacity);
	plan.tables = tables;
	plan.capacity = (unsigned)most_of((uint32_t)capacity, SLOTS);
	return plan;
}
