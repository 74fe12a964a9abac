/* SPDX-License-Identifier: MIT */
#include "model/figures/referred.h"

enum { TINY = 16 }; /* bytes of a block that small objects without pointers share */

/* What an object of so many bytes takes. */
static uint64_t taken(const struct heap *h, uint64_t size, bool pointers)
{
	if (size > h->limit || (size < TINY && !pointers)) /* damaged memory may say anything */
		return size;
	return alloc_size(h->release, h->target->ptrsize, size, pointers);
}

static void add_object(const struct heap *h, uint64_t size, bool pointers, struct referred *sum)
{
	sum->bytes += size;
	sum->taken += taken(h, size, pointers);
}

bool referred_type(const struct gotype *t)
{
	if (!t->pointers)
		return false;
	switch (t->kind) {
	case KIND_STRING:
	case KIND_SLICE:
	case KIND_ANY:
	case KIND_ERROR:
	case KIND_INTERFACE:
		return true;
	case KIND_ARRAY:
		return t->size > 0 && referred_type(t->elem);
	case KIND_STRUCT:
		for (unsigned i = 0; i < t->nfields; i++)
			if (referred_type(t->fields[i].type))
				return true;
		return false;
	default:
		return false;
	}
}

static void add_list(const struct heap *h, const struct gotype *elem, uint64_t data, uint64_t len,
	struct referred *sum)
{
	if (!data || !referred_type(elem) || !heap_holds(h, data, len * elem->size))
		return;
	for (uint64_t i = 0; i < len; i++)
		referred_add(h, elem, heap_at(h, data) + i * elem->size, sum);
}

static void add_slice(const struct heap *h, const struct gotype *t, const uint8_t *p,
	struct referred *sum)
{
	unsigned word = h->target->ptrsize;

	add_object(h, load_uint(h->target, p + 2 * word, word) * t->elem->size, t->elem->pointers,
		sum);
	add_list(h, t->elem, load_uint(h->target, p, word),
		load_uint(h->target, p + word, word), sum);
}

/* An error is a pointer to a struct that holds its text. */
static void add_error(const struct heap *h, uint64_t addr, struct referred *sum)
{
	for (uint64_t i = 0; i < h->state.nerrors; i++)
		if (h->state.errors[i] == addr)
			sum->errors[i]++;
}

static void add_interface(const struct heap *h, const uint8_t *p, struct referred *sum)
{
	struct value_dynamic d = value_dynamic(h, p);

	if (d.nil || d.direct)
		return;
	if (!d.type) {
		add_error(h, d.data, sum);
		return;
	}
	add_object(h, d.type->size, d.type->pointers, sum);
	add_list(h, d.type, d.data, 1, sum);
}

void referred_add(const struct heap *h, const struct gotype *t, const uint8_t *p,
	struct referred *sum)
{
	switch (t->kind) {
	case KIND_STRING:
		add_object(h, load_uint(h->target, p + h->target->ptrsize, h->target->ptrsize),
			false, sum);
		break;
	case KIND_SLICE:
		add_slice(h, t, p, sum);
		break;
	case KIND_ANY:
	case KIND_ERROR:
	case KIND_INTERFACE:
		add_interface(h, p, sum);
		break;
	case KIND_ARRAY:
		for (uint64_t i = 0; i < t->len && referred_type(t); i++)
			referred_add(h, t->elem, p + i * t->elem->size, sum);
		break;
	case KIND_STRUCT:
		for (unsigned i = 0; i < t->nfields; i++)
			referred_add(h, t->fields[i].type, p + t->fields[i].offset, sum);
		break;
	default:
		break;
	}
}

/* Of the errors that values lead to: the struct and its text. */
static void add_errors(const struct heap *h, const struct referred *sum, struct referred *out)
{
	unsigned word = h->target->ptrsize;

	for (uint64_t i = 0; i < h->state.nerrors; i++) {
		if (!sum->errors[i])
			continue;
		add_object(h, 2 * word, true, out);
		add_object(h, load_uint(h->target, heap_at(h, h->state.errors[i]) + word, word),
			false, out);
	}
}

uint64_t referred_bytes(const struct heap *h, const struct referred *sum)
{
	struct referred errors = { 0 };

	add_errors(h, sum, &errors);
	return sum->bytes + errors.bytes;
}

uint64_t referred_taken(const struct heap *h, const struct referred *sum)
{
	struct referred errors = { 0 };

	add_errors(h, sum, &errors);
	return sum->taken + errors.taken;
}
