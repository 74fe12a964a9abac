/* SPDX-License-Identifier: MIT */
#include "model/figures/pieces.h"

#include <stdlib.h>

#include "model/base/mem.h"
#include "model/map/classic/reading.h"

const char *whole_name(enum whole whole)
{
	static const char *const names[WHOLES] = { "hmap", "mapextra", "bucket", "key", "elem" };

	return names[whole];
}

/* Takes the type's text. */
static void add(struct pieces *p, enum whole whole, const char *name, char *type, uint64_t offset,
	uint64_t size)
{
	p->list = grow(p->list, &p->cap, p->count, sizeof *p->list);
	p->list[p->count++] = (struct piece){ whole, name, type, offset, size, 0 };
}

static void add_fields(struct pieces *p, enum whole whole, const struct field *fields, int count,
	unsigned word)
{
	for (int i = 0; i < count; i++)
		if (fields[i].name)
			add(p, whole, fields[i].name, xstrdup(fields[i].gotype),
				field_offset(&fields[i], word), field_size(&fields[i], word));
}

static void add_bucket(struct pieces *p, const struct maptype *t)
{
	unsigned word = t->target->ptrsize;

	add(p, WHOLE_BUCKET, "tophash", xstrdup("[8]uint8"), 0, SLOTS);
	add(p, WHOLE_BUCKET, "keys", xasprintf("[8]%s%s", t->indirect_key ? "*" : "", t->key->name),
		t->unit.keys, SLOTS * t->keysize);
	add(p, WHOLE_BUCKET, "elems",
		xasprintf("[8]%s%s", t->indirect_elem ? "*" : "", t->elem->name), t->unit.elems,
		SLOTS * t->elemsize);
	add(p, WHOLE_BUCKET, "overflow", xstrdup(t->pointers ? "*bmap" : "uintptr"), t->unit.link,
		word);
}

static void add_struct(struct pieces *p, enum whole whole, const struct gotype *t)
{
	if (t->kind != KIND_STRUCT || t->nfields == 0)
		return;
	p->sizes[whole] = t->size;
	for (unsigned i = 0; i < t->nfields; i++)
		add(p, whole, t->fields[i].name, xstrdup(t->fields[i].type->name),
			t->fields[i].offset, t->fields[i].type->size);
}

static void find_padding(struct pieces *p)
{
	for (size_t i = 0; i < p->count; i++) {
		struct piece *at = &p->list[i];
		bool last = i + 1 == p->count || at[1].whole != at->whole;
		uint64_t next = last ? p->sizes[at->whole] : at[1].offset;

		at->padding = next - at->offset - at->size;
	}
}

struct pieces pieces_make(const struct maptype *t)
{
	unsigned word = t->target->ptrsize;
	struct pieces p = { .sizes = { hmap_size(t->release, t->target), extra_size(t->target),
		t->unit.size } };

	add_fields(&p, WHOLE_HMAP, hmap_fields(t->release), HMAP_FIELDS, word);
	add_fields(&p, WHOLE_EXTRA, extra_fields, EXTRA_FIELDS, word);
	add_bucket(&p, t);
	add_struct(&p, WHOLE_KEY, t->key);
	add_struct(&p, WHOLE_ELEM, t->elem);
	find_padding(&p);
	return p;
}

void pieces_free(struct pieces *p)
{
	for (size_t i = 0; i < p->count; i++)
		free(p->list[i].type);
	free(p->list);
	*p = (struct pieces){ 0 };
}
