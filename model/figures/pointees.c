/* SPDX-License-Identifier: MIT */
#include "model/figures/pointees.h"

#include "model/base/saturate.h"

/* The types on the way from an entry to a value, the nearest first. */
struct way {
	const struct gotype *type;
	const struct way *before;
};

static bool is_on(const struct way *way, const struct gotype *t)
{
	for (; way; way = way->before)
		if (gotype_identical(way->type, t))
			return true;
	return false;
}

static void add_type(const struct maptype *map, const struct gotype *t, uint64_t times,
	const struct way *way, struct pointees *p);

/* A value of no size has no memory of its own. */
static void add_pointer(const struct maptype *map, const struct gotype *to, uint64_t times,
	const struct way *way, struct pointees *p)
{
	struct way on = { to, way };
	uint64_t size;

	if (to->unknown) {
		p->lost = p->lost ? p->lost : to;
		return;
	}
	if (is_on(way, to)) {
		p->back = p->back ? p->back : to;
		return;
	}
	if (to->size == 0)
		return;
	size = alloc_size(map->release, map->target->ptrsize, to->size, to->pointers);
	p->bytes = saturating_sum(p->bytes, saturating_product(times, size));
	p->objects = saturating_sum(p->objects, times);
	p->several |= p->to && !gotype_identical(p->to, to);
	p->to = p->to ? p->to : to;
	add_type(map, to, times, &on, p);
}

static void add_type(const struct maptype *map, const struct gotype *t, uint64_t times,
	const struct way *way, struct pointees *p)
{
	if (!t->pointers || t->unknown)
		return;
	switch (t->kind) {
	case KIND_POINTER:
		add_pointer(map, t->elem, times, way, p);
		break;
	case KIND_MAP:
	case KIND_CHAN:
	case KIND_FUNC:
	case KIND_UNSAFE_POINTER:
		p->held = p->held ? p->held : t;
		break;
	case KIND_ARRAY:
		add_type(map, t->elem, saturating_product(times, t->len), way, p);
		break;
	case KIND_STRUCT:
		for (unsigned i = 0; i < t->nfields; i++)
			add_type(map, t->fields[i].type, times, way, p);
		break;
	default:
		/* Of an entry's own strings, slices and interfaces the values tell. */
		p->values |= way != NULL;
		break;
	}
}

void pointees_of_entry(const struct maptype *t, struct pointees *each)
{
	*each = (struct pointees){ 0 };
	add_type(t, t->key, 1, NULL, each);
	add_type(t, t->elem, 1, NULL, each);
}

void pointees_take(const struct map *m, struct pointees *each, struct pointees *all)
{
	pointees_of_entry(m->type, each);
	*all = *each;
	all->bytes = saturating_product(each->bytes, map_count(m));
	all->objects = saturating_product(each->objects, map_count(m));
}
