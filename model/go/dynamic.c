/* SPDX-License-Identifier: MIT */
#include "model/go/dynamic.h"

#include <stdlib.h>

#include "model/base/mem.h"

/* Where descriptors lie, in a part of the address space that nothing else uses. */
enum { TYPES64 = 0x600000, TYPES32 = 0x7800000, TYPE_STEP = 64, PLACES = 1 << 17 };

struct dynamic {
	uint64_t word;
	struct gotype *type; /* owned */
};

struct heap_types {
	struct dynamic *list;
	size_t count, cap;
};

static void free_types(struct heap_types *types)
{
	for (size_t i = 0; i < types->count; i++)
		gotype_free(types->list[i].type);
	free(types->list);
	free(types);
}

/* FNV-1a. */
static uint32_t place_of(const char *name)
{
	uint32_t sum = 2166136261u;

	for (; *name; name++)
		sum = (sum ^ (unsigned char)*name) * 16777619u;
	return sum % PLACES;
}

static uint64_t word_at(const struct heap *h, uint32_t place)
{
	return (h->target->ptrsize == 8 ? TYPES64 : TYPES32) + (uint64_t)place * TYPE_STEP;
}

const struct gotype *dynamic_type(const struct heap *h, uint64_t word)
{
	for (size_t i = 0; h->types && i < h->types->count; i++)
		if (h->types->list[i].word == word)
			return h->types->list[i].type;
	return NULL;
}

const struct gotype *dynamic_at(const struct heap *h, size_t i)
{
	return h->types && i < h->types->count ? h->types->list[i].type : NULL;
}

uint64_t dynamic_word(struct heap *h, struct gotype *type)
{
	uint32_t place = place_of(type->path_name ? type->path_name : type->name);
	struct heap_types *t = h->types;

	for (size_t i = 0; t && i < t->count; i++)
		if (gotype_identical(t->list[i].type, type) &&
			gotype_read_alike(t->list[i].type, type)) {
			gotype_free(type);
			return t->list[i].word;
		}
	if (!t) {
		t = h->types = xcalloc(1, sizeof *t);
		h->free_types = free_types;
	}
	while (dynamic_type(h, word_at(h, place)))
		place = (place + 1) % PLACES;
	xadd(t->list, t->count, t->cap, (struct dynamic){ word_at(h, place), type });
	return word_at(h, place);
}

/* Source: IsDirectIface of package types. */
bool dynamic_direct(const struct heap *h, const struct gotype *t)
{
	if (h->release && h->release->word_direct)
		return t->pointers && t->size == t->target->ptrsize;
	while ((t->kind == KIND_ARRAY && t->len == 1) ||
		(t->kind == KIND_STRUCT && t->nfields == 1))
		t = t->kind == KIND_ARRAY ? t->elem : t->fields[0].type;
	return gotype_is_pointer(t);
}
