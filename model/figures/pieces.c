/* SPDX-License-Identifier: MIT */
#include "model/figures/pieces.h"

#include <stdlib.h>

#include "model/base/mem.h"
#include "model/figures/figures.h"

struct whole *pieces_whole(struct pieces *p, const char *name, uint64_t size)
{
	struct whole *w = &p->wholes[p->nwholes++];

	*w = (struct whole){ .name = name, .size = size, .first = p->count };
	return w;
}

void pieces_add(struct pieces *p, const char *name, char *type, uint64_t offset, uint64_t size,
	uint64_t align)
{
	xadd(p->list, p->count, p->cap, (struct piece){ name, type, offset, size, align, 0 });
	p->wholes[p->nwholes - 1].count++;
}

void pieces_header(struct pieces *p, const char *name, const struct field *fields, int count,
	unsigned whole, const struct target *t)
{
	struct whole *w = pieces_whole(p, name, whole);

	w->taken = w->pointers = true;
	for (int i = 0; i < count; i++) {
		unsigned size = field_size(&fields[i], t->ptrsize);

		/* What the release has not has no name. */
		if (fields[i].name)
			pieces_add(p, fields[i].name, xstrdup(fields[i].gotype),
				field_offset(&fields[i], t->ptrsize), size,
				size > t->wide_align ? t->wide_align : size);
	}
}

char *pieces_slots(const char *before, bool indirect, const struct gotype *t)
{
	return xasprintf("%s%s%s", before, indirect ? "*" : "", t->name);
}

uint64_t pieces_key_align(const struct maptype *t)
{
	return t->indirect_key ? t->target->ptrsize : t->key->align;
}

uint64_t pieces_elem_align(const struct maptype *t)
{
	return t->indirect_elem ? t->target->ptrsize : t->elem->align;
}

struct strip pieces_strip(const struct maptype *t, const char *name, uint64_t elem, uint64_t end)
{
	uint8_t keys[STRIP_MOST], elems[STRIP_MOST];
	struct strip s = { .name = name };

	if (end > STRIP_MOST)
		return s;
	maptype_key_bytes(t, keys);
	maptype_elem_bytes(t, elems);
	s.count = (unsigned)end;
	for (uint64_t i = 0; i < end; i++) {
		if (i < t->keysize && keys[i] != BYTE_PADDING)
			s.bytes[i] = STRIP_KEY;
		if (i >= elem && i < elem + t->elemsize && elems[i - elem] != BYTE_PADDING)
			s.bytes[i] = STRIP_ELEM;
	}
	return s;
}

static void add_struct(struct pieces *p, const char *name, const struct gotype *t)
{
	if (t->kind != KIND_STRUCT || t->nfields == 0)
		return;
	pieces_whole(p, name, t->size);
	for (unsigned i = 0; i < t->nfields; i++)
		pieces_add(p, t->fields[i].name, xstrdup(t->fields[i].type->name),
			t->fields[i].offset, t->fields[i].type->size, t->fields[i].type->align);
}

static void find_padding(struct pieces *p, const struct whole *w)
{
	for (size_t i = w->first; i < w->first + w->count; i++) {
		struct piece *at = &p->list[i];
		uint64_t next = i + 1 == w->first + w->count ? w->size : at[1].offset;

		at->padding = next - at->offset - at->size;
	}
}

struct pieces pieces_make(const struct maptype *t, uint64_t units)
{
	struct pieces p = { 0 };

	figures_of_type(t)->take_pieces(t, units, &p);
	add_struct(&p, "key", t->key);
	add_struct(&p, "elem", t->elem);
	for (unsigned i = 0; i < p.nwholes; i++)
		find_padding(&p, &p.wholes[i]);
	return p;
}

void pieces_free(struct pieces *p)
{
	for (size_t i = 0; i < p->count; i++)
		free(p->list[i].type);
	free(p->list);
	*p = (struct pieces){ 0 };
}
