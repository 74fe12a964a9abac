/* SPDX-License-Identifier: MIT */
#include "model/figures/pointees.h"

static uint64_t product(uint64_t a, uint64_t b)
{
	uint64_t c;

	return __builtin_mul_overflow(a, b, &c) ? UINT64_MAX : c;
}

static uint64_t sum(uint64_t a, uint64_t b)
{
	uint64_t c;

	return __builtin_add_overflow(a, b, &c) ? UINT64_MAX : c;
}

/* A value of no size has no memory of its own. */
static void add_pointer(const struct maptype *map, const struct gotype *to, uint64_t times,
	struct pointees *p)
{
	uint64_t size;

	if (to->unknown) {
		p->lost = p->lost ? p->lost : to;
		return;
	}
	if (to->size == 0)
		return;
	size = alloc_size(map->release, map->target->ptrsize, to->size, to->pointers);
	p->bytes = sum(p->bytes, product(times, size));
	p->objects = sum(p->objects, times);
	p->several |= p->to && !gotype_identical(p->to, to);
	p->to = p->to ? p->to : to;
	p->further |= to->pointers;
}

static void add_type(const struct maptype *map, const struct gotype *t, uint64_t times,
	struct pointees *p)
{
	if (!t->pointers || t->unknown)
		return;
	switch (t->kind) {
	case KIND_POINTER:
		add_pointer(map, t->elem, times, p);
		break;
	case KIND_MAP:
	case KIND_CHAN:
	case KIND_FUNC:
	case KIND_UNSAFE_POINTER:
		p->held = p->held ? p->held : t;
		break;
	case KIND_ARRAY:
		add_type(map, t->elem, product(times, t->len), p);
		break;
	case KIND_STRUCT:
		for (unsigned i = 0; i < t->nfields; i++)
			add_type(map, t->fields[i].type, times, p);
		break;
	default:
		break;
	}
}

void pointees_take(const struct map *m, struct pointees *each, struct pointees *all)
{
	*each = (struct pointees){ 0 };
	add_type(m->type, m->type->key, 1, each);
	add_type(m->type, m->type->elem, 1, each);
	*all = *each;
	all->bytes = product(each->bytes, map_count(m));
	all->objects = product(each->objects, map_count(m));
}
