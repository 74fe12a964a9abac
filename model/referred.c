/* SPDX-License-Identifier: MIT */
#include "model/referred.h"

bool referred_type(const struct gotype *t)
{
	switch (t->kind) {
	case KIND_STRING:
	case KIND_SLICE:
	case KIND_ANY:
	case KIND_ERROR:
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

static uint64_t list_bytes(
	const struct heap *h, const struct gotype *elem, uint64_t data, uint64_t len)
{
	uint64_t sum = 0;

	if (!data || !referred_type(elem) || !heap_holds(h, data, len * elem->size))
		return 0;
	for (uint64_t i = 0; i < len; i++)
		sum += referred_bytes(h, elem, heap_at(h, data) + i * elem->size);
	return sum;
}

static uint64_t slice_bytes(const struct heap *h, const struct gotype *t, const uint8_t *p)
{
	unsigned word = h->target->ptrsize;
	uint64_t cap = load_uint(h->target, p + 2 * word, word);

	return cap * t->elem->size + list_bytes(h, t->elem, load_uint(h->target, p, word),
		load_uint(h->target, p + word, word));
}

/* An error is a pointer to a struct that holds its text. */
static uint64_t interface_bytes(const struct heap *h, const uint8_t *p)
{
	struct value_dynamic d = value_dynamic(h->target, p);
	const struct gotype *type = d.type ? d.type : gotype_basic(KIND_STRING, h->target);

	return d.nil ? 0 : type->size + list_bytes(h, type, d.data, 1);
}

uint64_t referred_bytes(const struct heap *h, const struct gotype *t, const uint8_t *p)
{
	uint64_t sum = 0;

	switch (t->kind) {
	case KIND_STRING:
		return load_uint(h->target, p + h->target->ptrsize, h->target->ptrsize);
	case KIND_SLICE:
		return slice_bytes(h, t, p);
	case KIND_ANY:
	case KIND_ERROR:
		return interface_bytes(h, p);
	case KIND_ARRAY:
		for (uint64_t i = 0; i < t->len && referred_type(t); i++)
			sum += referred_bytes(h, t->elem, p + i * t->elem->size);
		return sum;
	case KIND_STRUCT:
		for (unsigned i = 0; i < t->nfields; i++)
			sum += referred_bytes(h, t->fields[i].type, p + t->fields[i].offset);
		return sum;
	default:
		return 0;
	}
}
