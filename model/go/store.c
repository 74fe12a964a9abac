/* SPDX-License-Identifier: MIT */
#include "model/go/store.h"

#include <string.h>

#include "model/go/dynamic.h"

/* Writes bytes to fresh memory at addr. */
void store_bytes(const struct value_home *home, uint64_t addr, const void *bytes, size_t len)
{
	if (len == 0)
		return;
	if (!home->scratch)
		journal_save(home->heap->journal, heap_at(home->heap, addr), len);
	memcpy(heap_at(home->heap, addr), bytes, len);
}

uint64_t store_room(const struct value_home *home, uint64_t size, bool pointers, struct error *err)
{
	uint64_t addr;

	if (!home->scratch)
		return heap_alloc_data(home->heap, size, pointers, err);
	addr = heap_alloc_scratch(home->heap, size);
	if (!addr)
		fail(err, "a value of type %.200s is too large: its %llu bytes point to more than "
			"the %u that hmapview takes", home->whole->name,
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

/* A value apart, and the two words that lead to it. */
static bool store_apart(const struct value_home *home, const struct gotype *t, uint64_t word,
	const uint8_t *value, uint8_t *out, struct error *err)
{
	unsigned size = t->target->ptrsize;
	uint64_t addr = store_room(home, t->size, t->pointers, err);

	if (!addr)
		return false;
	store_bytes(home, addr, value, (size_t)t->size);
	store_uint(t->target, out, size, word);
	store_uint(t->target, out + size, size, addr);
	return true;
}

bool store_boxed(const struct value_home *home, const struct gotype *t, const uint8_t *value,
	uint8_t *out, struct error *err)
{
	return store_apart(home, t, value_type_word(t->target, t->kind), value, out, err);
}

bool store_held(const struct value_home *home, struct gotype *t, const uint8_t *value, uint8_t *out,
	struct error *err)
{
	unsigned size = t->target->ptrsize;
	uint64_t word = dynamic_word(home->heap, t);
	const struct gotype *kept = dynamic_type(home->heap, word);

	if (!dynamic_direct(home->heap, kept))
		return store_apart(home, kept, word, value, out, err);
	store_uint(kept->target, out, size, word);
	memcpy(out + size, value, size);
	return true;
}
