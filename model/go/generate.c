/* SPDX-License-Identifier: MIT */
/* Values by number: 0, 1, 2.. for numbers, "key-0".. for strings, and likewise. */
#include "model/go/store.h"

#include <string.h>

#include "model/base/saturate.h"

/* Addresses of variables that generated pointers lead to: in the data segment, below the heap. */
static uint64_t first_variable(const struct target *t)
{
	return t->ptrsize == 8 ? 0x1000000 : 0x8100000;
}

/* Of a part of an array or struct; numbers go from 0 up, so signed ones have the half of it. */
static uint64_t part_variety(const struct gotype *t)
{
	uint64_t variety = value_variety(t);

	return gotype_is_signed(t) && variety != UINT64_MAX ? variety / 2 : variety;
}

uint64_t value_variety(const struct gotype *t)
{
	uint64_t all = 1, each;

	if (t->size == 0)
		return 1;
	if (gotype_is_int(t))
		return t->size == 8 ? UINT64_MAX : 1ull << 8 * t->size;
	if (gotype_is_pointer(t))
		return (t->target->heap_base - HEAP_SCRATCH - first_variable(t->target)) / 16;
	switch (t->kind) {
	case KIND_BOOL:
		return 2;
	case KIND_FLOAT32:
	case KIND_COMPLEX64:
		return 1u << 24;
	case KIND_FLOAT64:
	case KIND_COMPLEX128:
		return 1ull << 53;
	case KIND_ANY:
		return value_variety(gotype_basic(KIND_INT, t->target));
	case KIND_ERROR:
	case KIND_INTERFACE:
		return 1; /* only nil can be made from a number */
	case KIND_ARRAY:
		each = part_variety(t->elem);
		for (uint64_t i = 0; i < t->len && all < UINT64_MAX && i < 64; i++)
			all = saturating_product(all, each);
		return all;
	case KIND_STRUCT:
		for (unsigned i = 0; i < t->nfields; i++)
			if (strcmp(t->fields[i].name, "_") != 0)
				all = saturating_product(all, part_variety(t->fields[i].type));
		return all;
	default:
		return UINT64_MAX;
	}
}

size_t value_text(int64_t i, char out[VALUE_TEXT_MOST])
{
	char digits[20];
	size_t n = 4, count = 0;
	uint64_t left = i < 0 ? 0 - (uint64_t)i : (uint64_t)i;

	memcpy(out, "key-", n);
	if (i < 0)
		out[n++] = '-';
	do {
		digits[count++] = (char)('0' + left % 10);
		left /= 10;
	} while (left);
	while (count > 0)
		out[n++] = digits[--count];
	return n;
}

static bool generate_string(const struct value_home *home, int64_t i, uint8_t *out,
	struct error *err)
{
	char text[VALUE_TEXT_MOST];

	return store_string(home, text, value_text(i, text), out, err);
}

static inline bool generate_int(const struct gotype *t, int64_t i, uint8_t *out, struct error *err)
{
	if (!store_fits(t, i < 0, i < 0 ? 0 - (uint64_t)i : (uint64_t)i))
		return fail(err, "key %lld does not fit %s", (long long)i, t->name);
	store_uint(t->target, out, (unsigned)t->size, (uint64_t)i);
	return true;
}

static bool is_blank(const struct gotype *t, uint64_t part)
{
	return t->kind == KIND_STRUCT && strcmp(t->fields[part].name, "_") == 0;
}

/* Whether a part can hold any number. Those of an array are alike. */
static bool is_wide(const struct gotype *t)
{
	if (t->kind == KIND_ARRAY)
		return t->len && value_variety(t->elem) >= 1ull << 32;
	for (unsigned i = 0; i < t->nfields; i++)
		if (!is_blank(t, i) && value_variety(t->fields[i].type) >= 1ull << 32)
			return true;
	return false;
}

static bool generate(const struct value_home *home, const struct gotype *t, int64_t i, uint8_t *out,
	struct error *err);

/*
 * The parts of an array or struct, zero so far: each takes the number as its own, cut to what it
 * can hold, when one of them can hold any; else the number is spread over them like digits, and
 * those behind the last digit stay zero.
 */
static bool generate_parts(const struct value_home *home, const struct gotype *t, int64_t number,
	uint8_t *out, struct error *err)
{
	uint64_t parts = t->kind == KIND_ARRAY ? t->len : t->nfields, left = (uint64_t)number;
	bool wide = is_wide(t);

	for (uint64_t i = 0; i < parts && t->size && (wide || left); i++) {
		const struct gotype *p = t->kind == KIND_ARRAY ? t->elem : t->fields[i].type;
		uint64_t offset = t->kind == KIND_ARRAY ? i * p->size : t->fields[i].offset;
		uint64_t variety = part_variety(p), mine = left;

		if (is_blank(t, i))
			continue;
		if (variety != UINT64_MAX)
			mine = left % variety;
		if (!generate(home, p, (int64_t)mine, out + offset, err))
			return false;
		if (!wide)
			left = variety == UINT64_MAX ? 0 : left / variety;
	}
	return true;
}

static bool generate(const struct value_home *home, const struct gotype *t, int64_t i, uint8_t *out,
	struct error *err)
{
	const struct gotype *integer;
	uint8_t value[8];

	if (t->size == 0) /* one value only, however many parts it has */
		return true;
	if (gotype_is_int(t))
		return generate_int(t, i, out, err);
	if (gotype_is_pointer(t)) {
		store_uint(t->target, out, (unsigned)t->size,
			first_variable(t->target) + (uint64_t)i * 16);
		return true;
	}
	switch (t->kind) {
	case KIND_BOOL:
		*out = (uint8_t)(i & 1);
		return i == 0 || i == 1 || fail(err, "key %lld does not fit bool", (long long)i);
	case KIND_FLOAT32:
	case KIND_FLOAT64:
		store_float(t->target, out, (unsigned)t->size, (double)i);
		return true;
	case KIND_COMPLEX64:
	case KIND_COMPLEX128:
		memset(out, 0, (size_t)t->size);
		store_float(t->target, out, (unsigned)t->size / 2, (double)i);
		return true;
	case KIND_STRING:
		return generate_string(home, i, out, err);
	case KIND_ANY:
		integer = gotype_basic(KIND_INT, t->target);
		return generate_int(integer, i, value, err) &&
			store_boxed(home, integer, value, out, err);
	case KIND_ERROR:
	case KIND_INTERFACE:
		memset(out, 0, (size_t)t->size);
		return true;
	default:
		memset(out, 0, (size_t)t->size);
		return generate_parts(home, t, i, out, err);
	}
}

bool value_generate(const struct value_home *home, const struct gotype *t, int64_t i, uint8_t *out,
	struct error *err)
{
	struct value_home whole;

	if (gotype_is_int(t))
		return generate_int(t, i, out, err);
	whole = *home;
	whole.whole = t;
	return generate(&whole, t, i, out, err);
}
