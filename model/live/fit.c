/* SPDX-License-Identifier: MIT */
#include "model/live/fit.h"

#include <stdlib.h>
#include <string.h>

#include "model/base/mem.h"
#include "model/base/ranks.h"
#include "model/live/design.h"

struct finding {
	struct map_types *types;
	const struct rtypes *r;
};

static void add(void *data, const struct rtype *t)
{
	struct finding *f = data;
	struct map_types *m = f->types;
	struct map_type one = { .type = *t };
	struct rtype unit;

	if (!rtype_map(f->r, t, &one.map) || !rtype_read(f->r, one.map.unit, &unit))
		return;
	one.pointers = unit.pointers != 0;
	xadd(m->list, m->count, m->cap, one);
}

void map_types_find(struct map_types *t, const struct rtypes *r)
{
	*t = (struct map_types){ 0 };
	rtype_maps(r, add, &(struct finding){ t, r });
}

void map_types_free(struct map_types *t)
{
	free(t->list);
	*t = (struct map_types){ 0 };
}

/* They were found in the order of their addresses. */
const struct map_type *map_types_at(const struct map_types *t, uint64_t type)
{
	const struct map_type *last = ranks_last(t->list, sizeof *t->list, 0, t->count, type);

	return last && last->type.at == type ? last : NULL;
}

const struct map_type *map_types_named(const struct map_types *t, const struct rtypes *r,
	const char *name)
{
	for (size_t i = 0; i < t->count; i++) {
		char *is = rtype_name(r, &t->list[i].type);
		bool same = is && strcmp(is, name) == 0;

		free(is);
		if (same)
			return &t->list[i];
	}
	return NULL;
}

bool map_type_fits(const struct map_type *t, const struct heap_view *h, const struct head *head,
	bool *sure)
{
	const struct executable *p = h->types.program;
	uint64_t size;

	*sure = head->unit_type && head->unit_type == t->map.unit;
	if (*sure)
		return true;
	/* Pointers or none: of a unit without pointers in it the link is none either. */
	if (head->unit_type || t->pointers == head->noscan)
		return false;
	size = live_design(p->release)->array(head->unit_count) * t->map.size;
	/* An array with spare units is made as large as its size class: they fill it. */
	return size <= head->unit_bytes && alloc_size(p->release, p->target->ptrsize, size,
		t->pointers) - malloc_header(p->release, p->target->ptrsize, size, t->pointers) ==
		head->unit_bytes;
}
