/* SPDX-License-Identifier: MIT */
/*
 * Values put into target memory, with what they point to: shared by what reads literals and what
 * makes values by number. Fresh memory is written through the journal, unless it is scratch.
 */
#ifndef MODEL_GO_STORE_H
#define MODEL_GO_STORE_H

#include "model/go/value.h"

/* Room for what a value points to; 0 with err filled when there is none. */
uint64_t store_room(const struct value_home *home, uint64_t size, bool pointers, struct error *err);
void store_bytes(const struct value_home *home, uint64_t addr, const void *bytes, size_t len);

bool store_string(const struct value_home *home, const char *s, size_t len, uint8_t *out,
	struct error *err);

/* A float of 4 or 8 bytes. */
void store_float(const struct target *t, uint8_t *out, unsigned size, double d);

/* A value of a basic type, in an interface. */
bool store_boxed(const struct value_home *home, const struct gotype *t, const uint8_t *value,
	uint8_t *out, struct error *err);

/* One of another type, which was read as a whole; it is taken over, or freed. */
bool store_held(const struct value_home *home, struct gotype *t, const uint8_t *value, uint8_t *out,
	struct error *err);

/* Whether an integer type holds the number. */
static inline bool store_fits(const struct gotype *t, bool negative, uint64_t magnitude)
{
	unsigned bits = 8 * (unsigned)t->size;
	uint64_t most = bits == 64 ? UINT64_MAX : (1ull << bits) - 1;

	if (!gotype_is_signed(t))
		return magnitude <= most && (!negative || magnitude == 0);
	return magnitude <= most / 2 + (negative ? 1 : 0);
}

#endif
