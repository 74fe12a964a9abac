/* SPDX-License-Identifier: MIT */
#include "model/figures/inside.h"

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
		d = value_dynamic(h, p);
		return d.nil || (d.type && (d.direct || heap_holds(h, d.data, d.type->size)) &&
					value_inside(h, d.type, value_held(h, &d, p)));
	case KIND_ERROR:
		d = value_dynamic(h, p);
		return d.nil || (heap_holds(h, d.data, 2 * h->target->ptrsize) &&
					string_inside(h, heap_at(h, d.data)));
	case KIND_SLICE:
		return slice_inside(h, t, p);
	case KIND_ARRAY:
		for (uint64_t i = 0; i < t->len && t->size && t->elem->pointers; i++)
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

bool key_inside(const struct map *m, uint64_t unit, unsigned slot)
{
	const struct maptype *t = m->type;

	return slot_inside(m, unit + unit_key(&t->unit, slot), t->key, t->indirect_key);
}

bool elem_inside(const struct map *m, uint64_t unit, unsigned slot)
{
	const struct maptype *t = m->type;

	return slot_inside(m, unit + unit_elem(&t->unit, slot), t->elem, t->indirect_elem);
}

static bool slot_unknown(
	const struct map *m, uint64_t slot, const struct gotype *type, bool indirect)
{
	if (indirect)
		return heap_is_unknown(m->heap, map_load_word(m, slot));
	return value_unknown(m->heap, type, map_at(m, slot));
}

bool cell_unknown(const struct map *m, uint64_t unit, unsigned slot)
{
	const struct maptype *t = m->type;

	return slot_unknown(m, unit + unit_key(&t->unit, slot), t->key, t->indirect_key) ||
		slot_unknown(m, unit + unit_elem(&t->unit, slot), t->elem, t->indirect_elem);
}
