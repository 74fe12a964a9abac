/* SPDX-License-Identifier: MIT */
#include "model/go/store.h"

#include <string.h>

/* Writes bytes to fresh memory at addr. */
void store_bytes(const struct value_home *home, uint64_t addr, const void *bytes, size_t len)
{
	if (len == 0)
		return;
	if (!home->scratch)
		journal_save(home->heap->journal, heap_at(home->heap, addr), len);
	memcpy(heap_at(home->heap, addr), bytes, len);
}

uint64_t store_room(const struct value_home *home, uint64_t size, bool pointers,
	struct error *err)
{
	uint64_t addr;

	if (!home->scratch)
		return heap_alloc_data(home->heap, size, pointers, err);
	addr = heap_alloc_scratch(home->heap, size);
	if (!addr)
		fail(err, "a value of type %.200s is too large: its %llu bytes point to more than the "
			"%u that hmapview takes", home->whole->name,
			(unsigned long long)home->whole->size, HEAP_SCRATCH);
	return addr;
}

bool store_string(const struct value_home *home, const char *s, size_t len, uint8_t *out,
	struct error *err)
{
	const struct target *t = home->heap->target;
	uint64_t addr = 0;

	if (len > 0) {
		addr = store_room(home, len, false, err);
		if (!addr)
			return false;
		store_bytes(home, addr, s, len);
	}
	store_uint(t, out, t->ptrsize, addr);
	store_uint(t, out + t->ptrsize, t->ptrsize, len);
	return true;
}

void store_float(const struct target *t, uint8_t *out, unsigned size, double d)
{
	uint64_t bits;

	/* Go's own NaN is quiet, positive, with the lowest bit set: math.NaN. */
	if (d != d) {
		bits = size == 4 ? 0x7fc00000u : 0x7ff8000000000001u;
	} else if (size == 4) {
		float f = (float)d;
		uint32_t half;

		memcpy(&half, &f, 4);
		bits = half;
	} else {
		memcpy(&bits, &d, 8);
	}
	store_uint(t, out, size, bits);
}

bool store_boxed(const struct value_home *home, const struct gotype *t, const uint8_t *value,
	uint8_t *out, struct error *err)
{
	const struct target *target = t->target;
	uint64_t addr = store_room(home, t->size, t->pointers, err);

	if (!addr)
		return false;
	store_bytes(home, addr, value, (size_t)t->size);
	store_uint(target, out, target->ptrsize, value_type_word(target, t->kind));
	store_uint(target, out + target->ptrsize, target->ptrsize, addr);
	return true;
}
