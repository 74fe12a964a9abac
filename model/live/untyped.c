/* SPDX-License-Identifier: MIT */
#include "model/live/untyped.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "model/base/mem.h"
#include "model/live/design.h"
#include "model/target/sizeclass.h"

enum {
	ELEMENTS_MOST = 1 << 16,  /* of one slice, or words of one variable */
	OBJECTS_MOST = 1 << 16,   /* that begin with their type */
};

struct adding {
	struct walk *w;
	struct live *l;
	const struct table *maps;
};

static bool word(const struct adding *a, uint64_t addr, uint64_t *value)
{
	return image_word(&a->l->image, addr, value);
}

/* The header of a map that is in the list. */
static const struct table_entry *listed_at(const struct adding *a, uint64_t at)
{
	return at ? table_find(a->maps, at) : NULL;
}

/* The object that begins there, if its type is told. */
static bool typed_object(const struct adding *a, uint64_t at, struct object *o)
{
	return at && spans_object(&a->l->view.spans, &a->l->image, at, o) && o->at == at && o->type;
}

/* What a word leads to: whether that is something. */
static bool add_word(const struct adding *a, uint64_t at, const char *name)
{
	const struct table_entry *map;
	struct object o;
	uint64_t to;

	if (!word(a, at, &to))
		return false;
	map = listed_at(a, to);
	if (map) {
		walk_root(a->w, at, map->value[0] ? map->value[0] : WALK_UNTYPED, name);
		return true;
	}
	if (!typed_object(a, to, &o))
		return false;
	walk_root(a->w, to, o.type, name);
	return true;
}

/*
 * An interface: the type of what is in it, or where it has methods a table that begins with the
 * interface's type and that one. The value has to be what such a type has: a map that is one, or an
 * object as large.
 */
static bool add_interface(const struct adding *a, uint64_t at, const char *name)
{
	const struct rtypes *types = &a->l->view.types;
	unsigned w = a->l->image.ptrsize;
	const struct table_entry *map;
	uint64_t type, value;
	struct object o;
	struct rtype t;

	if (!word(a, at, &type) || !word(a, at + w, &value) || !value)
		return false;
	if (!module_has_type(types->module, type) && !word(a, type + w, &type))
		return false;
	if (!module_has_type(types->module, type) || !rtype_read(types, type, &t))
		return false;
	if (t.kind == RKIND_MAP) {
		map = listed_at(a, value);
		if (!map || (map->value[0] && map->value[0] != type))
			return false;
		walk_root(a->w, at + w, type, name);
		return true;
	}
	value = t.direct ? at + w : value;
	if (t.direct && t.kind == RKIND_POINTER && (!rtype_read(types, t.elem, &t) ||
		!word(a, value, &value)))
		return false;
	if (!t.size || !t.pointers || !spans_object(&a->l->view.spans, &a->l->image, value, &o) ||
		o.at != value || o.whole != live_taken(types->program, t.size, true))
		return false;
	walk_root(a->w, value, t.at, name);
	return true;
}

static void add_element(const struct adding *a, uint64_t at, const char *name, uint64_t i)
{
	char *both = xasprintf("%s[%" PRIu64 "]", name, i);

	add_word(a, at, both);
	free(both);
}

/* Elements whose type the array begins with, or words. */
static bool add_slice(const struct adding *a, uint64_t at, const char *name)
{
	unsigned w = a->l->image.ptrsize;
	uint64_t array, len, cap;
	struct object o;
	struct rtype t;

	if (!word(a, at, &array) || !word(a, at + w, &len) || !word(a, at + 2 * w, &cap) || !len ||
		len > cap || !spans_object(&a->l->view.spans, &a->l->image, array, &o) ||
		o.at != array)
		return false;
	if (o.type && rtype_read(&a->l->view.types, o.type, &t) && t.size &&
		cap <= o.size / t.size) {
		walk_root_elements(a->w, array, len, o.type, name);
		return true;
	}
	if (cap > o.size / w)
		return false;
	for (uint64_t i = 0; i < len && i < ELEMENTS_MOST; i++)
		add_element(a, array + i * w, name, i);
	return true;
}

/* Words of a variable whose fields nobody tells. */
static void add_fields(const struct adding *a, const struct symbol *s)
{
	unsigned w = a->l->image.ptrsize;
	uint64_t to;

	for (uint64_t i = 0; i + w <= s->size && i / w < ELEMENTS_MOST; i += w) {
		char *name;

		if (!word(a, s->addr + i, &to) || !listed_at(a, to))
			continue;
		name = xasprintf("%s+%" PRIu64, s->name, i);
		add_word(a, s->addr + i, name);
		free(name);
	}
}

static void add_symbol(const struct adding *a, const struct symbol *s)
{
	unsigned w = a->l->image.ptrsize;

	if (s->addr % w)
		return;
	if (s->size == w)
		add_word(a, s->addr, s->name);
	else if ((s->size != 2 * w || !add_interface(a, s->addr, s->name)) &&
		(s->size != 3 * w || !add_slice(a, s->addr, s->name)))
		add_fields(a, s);
}

static void add_objects(const struct adding *a)
{
	const struct spans *all = &a->l->view.spans;
	uint64_t seen = 0;
	struct object o;
	struct rtype t;

	for (size_t k = 0; k < all->count; k++) {
		const struct span *s = &all->list[k];

		if (!all->headers || s->noscan || s->size <= all->bits_most)
			continue;
		for (uint64_t i = 0; i < s->objects && seen < OBJECTS_MOST; i++, seen++)
			if (spans_object(all, &a->l->image, s->start + i * s->size + MALLOC_HEADER,
				&o) && rtype_read(&a->l->view.types, o.type, &t) && t.size)
				walk_root_elements(a->w, o.at, o.size / t.size, o.type, NULL);
	}
}

void untyped_add(const struct symbols *s, struct walk *w, struct live *l, const struct table *maps)
{
	struct adding a = { w, l, maps };
	unsigned size = l->image.ptrsize;

	for (size_t i = 0; i < s->count; i++)
		add_symbol(&a, &s->list[i]);
	for (int i = 0; i < 2; i++)
		for (uint64_t at = l->module.roots[i].from; at + 2 * size <= l->module.roots[i].to;
			at += size)
			add_interface(&a, at, NULL);
	add_objects(&a);
}
