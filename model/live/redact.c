/* SPDX-License-Identifier: MIT */
#include "model/live/redact.h"

#include <string.h>

#include "model/base/table.h"
#include "model/figures/cell.h"
#include "model/go/value.h"
#include "model/map/units.h"

enum { DEPTH_MOST = 8, ROUNDS = 2, SPACE = ' ', PRINTABLE = 95 };

#define APART_MOST (1ull << 30) /* bytes of one string or array */

struct redacting {
	struct map *m;
	struct heap *heap;
	uint64_t secret;
	struct table done;     /* objects apart that a slot points to */
};

static uint64_t stir(uint64_t h)
{
	h = (h ^ h >> 32) * UINT64_C(0xd6e8feb86659fd93);
	h = (h ^ h >> 32) * UINT64_C(0xd6e8feb86659fd93);
	return h ^ h >> 32;
}

/* What prints stays so: each of both kinds of bytes goes round on its own. */
static uint8_t turn_text(uint8_t b, uint64_t by)
{
	unsigned others = 256 - PRINTABLE, i;

	if (b >= SPACE && b < SPACE + PRINTABLE)
		return (uint8_t)(SPACE + (b - SPACE + by % PRINTABLE) % PRINTABLE);
	i = b < SPACE ? b : b - PRINTABLE;
	i = (unsigned)((i + by % others) % others);
	return (uint8_t)(i < SPACE ? i : i + PRINTABLE);
}

/*
 * A permutation of all values of that length: each byte is turned by what the ones before it
 * became, from the beginning and from the end, so that no part of a value stands for itself.
 */
static void scramble(const struct redacting *r, uint8_t *p, size_t n, bool text)
{
	for (unsigned round = 0; round < 2 * ROUNDS; round++) {
		uint64_t h = r->secret ^ n * UINT64_C(0x9e3779b97f4a7c15) ^ round;

		for (size_t k = 0; k < n; k++) {
			uint8_t *b = &p[round % 2 ? n - 1 - k : k];

			h = stir(h);
			*b = text ? turn_text(*b, h) : (uint8_t)(*b + h);
			h ^= *b;
		}
	}
}

/* Neither zero, nor infinite, nor a NaN becomes anything else. */
static void scramble_float(const struct redacting *r, uint8_t *p, unsigned size)
{
	const struct target *t = r->heap->target;
	double value = value_load_float(t, p, size);
	uint64_t bits = load_uint(t, p, size), mask = size == 8 ? (1ull << 48) - 1 : (1u << 16) - 1;
	uint8_t low[8];

	if (value == 0 || value - value != 0)
		return;
	memcpy(low, &bits, sizeof low);
	scramble(r, low, size == 8 ? 6 : 2, false);
	memcpy(&bits, low, sizeof low);
	store_uint(t, p, size, (load_uint(t, p, size) & ~mask) | (bits & mask));
}

/* A copy of what lies apart, which nobody else points to. NULL: it is not known. */
static uint8_t *copy_apart(struct redacting *r, uint8_t *pointer, uint64_t size, uint64_t room)
{
	const struct target *t = r->heap->target;
	uint64_t from = load_uint(t, pointer, t->ptrsize), to;
	struct error unused;

	if (!size || room > APART_MOST || !heap_holds(r->heap, from, size))
		return NULL;
	to = heap_alloc_data(r->heap, room, false, &unused);
	if (!to)
		return NULL;
	journal_save(r->heap->journal, heap_at(r->heap, to), room);
	memcpy(heap_at(r->heap, to), heap_at(r->heap, from), size);
	store_uint(t, pointer, t->ptrsize, to);
	return heap_at(r->heap, to);
}

static void redact(struct redacting *r, const struct gotype *t, uint8_t *p, unsigned depth);

static void redact_string(struct redacting *r, uint8_t *p)
{
	const struct target *t = r->heap->target;
	uint64_t len = load_uint(t, p + t->ptrsize, t->ptrsize);
	uint8_t *bytes = copy_apart(r, p, len, len);

	if (bytes)
		scramble(r, bytes, (size_t)len, true);
}

static void redact_slice(struct redacting *r, const struct gotype *type, uint8_t *p, unsigned depth)
{
	const struct target *t = r->heap->target;
	uint64_t len = load_uint(t, p + t->ptrsize, t->ptrsize), bytes, room;
	uint64_t cap = load_uint(t, p + 2u * t->ptrsize, t->ptrsize);
	uint8_t *array;

	if (__builtin_mul_overflow(len, type->elem->size, &bytes) ||
		__builtin_mul_overflow(cap > len ? cap : len, type->elem->size, &room))
		return;
	array = copy_apart(r, p, bytes, room);
	for (uint64_t i = 0; array && i < len; i++)
		redact(r, type->elem, array + i * type->elem->size, depth + 1);
}

static void redact_interface(struct redacting *r, uint8_t *p, unsigned depth)
{
	const struct target *t = r->heap->target;
	struct value_dynamic d = value_dynamic(r->heap, p);
	uint8_t *value;

	if (d.nil || !d.type || d.direct)
		return;
	value = copy_apart(r, p + t->ptrsize, d.type->size, d.type->size);
	if (value)
		redact(r, d.type, value, depth + 1);
}

static void redact(struct redacting *r, const struct gotype *t, uint8_t *p, unsigned depth)
{
	if (depth > DEPTH_MOST)
		return;
	if (gotype_is_int(t)) {
		scramble(r, p, (size_t)t->size, false);
		return;
	}
	switch (t->kind) {
	case KIND_BOOL:
		*p = (uint8_t)(*p ^ (stir(r->secret) & 1));
		break;
	case KIND_FLOAT32:
	case KIND_FLOAT64:
		scramble_float(r, p, (unsigned)t->size);
		break;
	case KIND_COMPLEX64:
	case KIND_COMPLEX128:
		scramble_float(r, p, (unsigned)t->size / 2);
		scramble_float(r, p + t->size / 2, (unsigned)t->size / 2);
		break;
	case KIND_STRING:
		redact_string(r, p);
		break;
	case KIND_SLICE:
		redact_slice(r, t, p, depth);
		break;
	case KIND_ANY:
	case KIND_INTERFACE:
		redact_interface(r, p, depth);
		break;
	case KIND_ARRAY:
		for (uint64_t i = 0; i < t->len; i++)
			redact(r, t->elem, p + i * t->elem->size, depth + 1);
		break;
	case KIND_STRUCT:
		for (unsigned i = 0; i < t->nfields; i++)
			redact(r, t->fields[i].type, p + t->fields[i].offset, depth + 1);
		break;
	default:
		break;
	}
}

/* A key or elem; one that is stored apart may be that of a copy of its cell too. */
static void redact_part(struct redacting *r, uint64_t unit, unsigned slot, bool elem)
{
	const struct maptype *t = r->m->type;
	const struct gotype *type = elem ? t->elem : t->key;
	uint8_t *p = elem ? map_elem(r->m, unit, slot) : map_key(r->m, unit, slot);
	uint64_t addr = heap_addr(r->heap, p);

	if (type->size == 0 || heap_is_unknown(r->heap, addr) ||
		!heap_holds(r->heap, addr, type->size))
		return;
	if (elem ? t->indirect_elem : t->indirect_key) {
		struct table_entry *e = table_put(&r->done, addr);

		if (e->value[0]++)
			return;
		journal_save(r->heap->journal, p, type->size);
	}
	redact(r, type, p, 0);
}

static void redact_unit(void *data, uint64_t unit)
{
	struct redacting *r = data;
	const struct maptype *t = r->m->type;
	const uint8_t *p = map_at(r->m, unit);

	journal_save(r->heap->journal, map_at(r->m, unit), t->unit.size);
	/* Where a dead cell has something stale, it still has something. */
	for (unsigned i = 0; i < SLOTS; i++) {
		bool live = map_live(r->m, unit, i);

		if (live || any_set(p + unit_key(&t->unit, i), t->keysize))
			redact_part(r, unit, i, false);
		if (live || any_set(p + unit_elem(&t->unit, i), t->elemsize))
			redact_part(r, unit, i, true);
	}
}

void redact_map(struct map *m, uint64_t secret)
{
	struct redacting r = { .m = m, .heap = m->heap, .secret = stir(secret) };

	units_visit(m, redact_unit, &r);
	table_free(&r.done);
}
