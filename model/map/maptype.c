/* SPDX-License-Identifier: MIT */
#include "model/map/maptype.h"

#include <stdlib.h>
#include <string.h>

#include "model/base/mem.h"
#include "model/hash/hash.h"
#include "model/hash/signature.h"
#include "model/map/engine.h"

static enum map_path choose_path(const struct gotype *key, const struct gotype *elem)
{
	if (elem->size > INLINE_MOST)
		return PATH_GENERAL;
	if (hash_is_mem(key, 4))
		return key->pointers ? PATH_FAST32PTR : PATH_FAST32;
	if (hash_is_mem(key, 8)) {
		if (!key->pointers)
			return PATH_FAST64;
		/* Two words with a pointer among them take the general path. */
		return key->target->ptrsize == 8 ? PATH_FAST64PTR : PATH_GENERAL;
	}
	return key->alg == ALG_STRING ? PATH_FASTSTR : PATH_GENERAL;
}

static uint32_t slot_size(const struct gotype *t)
{
	return t->size > INLINE_MOST ? t->target->ptrsize : (uint32_t)t->size;
}

static bool size_fits(const struct gotype *t, const char *what, struct error *err)
{
	if (t->size <= VALUE_MOST)
		return true;
	return fail(err, "type %.200s is too large for %s: %llu bytes, hmapview takes %d",
		t->name, what, (unsigned long long)t->size, VALUE_MOST);
}

/* Fills everything from key and elem, but for what is the engine's. */
static void fill_slots(struct maptype *t)
{
	t->indirect_key = t->key->size > INLINE_MOST;
	t->indirect_elem = t->elem->size > INLINE_MOST;
	t->keysize = slot_size(t->key);
	t->elemsize = slot_size(t->elem);
	t->pointers = t->key->pointers || t->elem->pointers || t->indirect_key || t->indirect_elem;
	t->path = choose_path(t->key, t->elem);
	if (t->release->flat_hash && t->key->alg == ALG_SPECIAL)
		t->signature = signature_new(t->key);
}

static bool is_map(const struct gotype *type, struct error *err)
{
	if (type->kind == KIND_UNKNOWN)
		return gotype_known(type, err);
	if (type->kind != KIND_MAP)
		return fail(err, "type %.200s is no map: it is written as map[KEY]ELEM",
			type->name);
	return gotype_known(type->key, err) && gotype_known(type->elem, err) &&
		size_fits(type->key, "a key", err) && size_fits(type->elem, "an elem", err);
}

struct maptype *maptype_make(const char *text, const struct gotype_scope *scope,
	const struct engine *e, struct error *err)
{
	struct gotype *type = gotype_parse(text, scope, err);
	struct maptype *t;

	if (!type)
		return NULL;
	if (!is_map(type, err)) {
		gotype_free(type);
		return NULL;
	}
	t = xcalloc(1, sizeof *t);
	*t = (struct maptype){ .target = scope->target, .release = scope->release, .type = type,
		.key = type->key, .elem = type->elem, .asked = xstrdup(text), .engine = e };
	fill_slots(t);
	t->live_least = e->layout.live_least;
	t->live_most = e->layout.live_most;
	e->layout.unit(t);
	return t;
}

void maptype_free(struct maptype *t)
{
	if (!t)
		return;
	signature_free(t->signature);
	gotype_free(t->type);
	free(t->asked);
	free(t);
}

const char *map_path_name(enum map_path path)
{
	static const char *const names[] = {
		[PATH_GENERAL] = "mapassign",
		[PATH_FAST32] = "mapassign_fast32",
		[PATH_FAST32PTR] = "mapassign_fast32ptr",
		[PATH_FAST64] = "mapassign_fast64",
		[PATH_FAST64PTR] = "mapassign_fast64ptr",
		[PATH_FASTSTR] = "mapassign_faststr",
	};

	return names[path];
}

static void slot_bytes(const struct gotype *type, bool indirect, uint8_t *what)
{
	if (indirect)
		memset(what, BYTE_POINTER, type->target->ptrsize);
	else
		gotype_bytes(type, what);
}

void maptype_key_bytes(const struct maptype *t, uint8_t *what)
{
	slot_bytes(t->key, t->indirect_key, what);
}

void maptype_elem_bytes(const struct maptype *t, uint8_t *what)
{
	slot_bytes(t->elem, t->indirect_elem, what);
}

void maptype_unit_bytes(const struct maptype *t, uint8_t *what)
{
	memset(what, BYTE_PADDING, t->unit.size);
	memset(what, BYTE_DATA, SLOTS);
	for (unsigned i = 0; i < SLOTS; i++) {
		maptype_key_bytes(t, what + unit_key(&t->unit, i));
		maptype_elem_bytes(t, what + unit_elem(&t->unit, i));
	}
	if (t->unit.link)
		memset(what + t->unit.link, BYTE_POINTER, t->target->ptrsize);
}
