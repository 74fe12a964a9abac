/* SPDX-License-Identifier: MIT */
#include "model/go/maptype.h"

#include <stdlib.h>
#include <string.h>

#include "model/base/mem.h"
#include "model/hash/hash.h"

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

/* Fills everything from key and elem. */
static void lay_out(struct maptype *t)
{
	t->indirect_key = t->key->size > INLINE_MOST;
	t->indirect_elem = t->elem->size > INLINE_MOST;
	t->keysize = slot_size(t->key);
	t->elemsize = slot_size(t->elem);
	t->pointers = t->key->pointers || t->elem->pointers || t->indirect_key || t->indirect_elem;
	t->keys = SLOTS;
	t->elems = t->keys + SLOTS * t->keysize;
	t->overflow = t->elems + SLOTS * t->elemsize;
	t->bucketsize = t->overflow + t->target->ptrsize;
	t->path = choose_path(t->key, t->elem);
}

struct maptype *maptype_new(const char *text, const struct target *target,
	const struct release *release, struct error *err)
{
	struct gotype *type = gotype_parse(text, target, err);
	struct maptype *t;

	if (!type)
		return NULL;
	if (type->kind != KIND_MAP) {
		fail(err, "type %.200s is no map: it is written as map[KEY]ELEM", type->name);
		gotype_free(type);
		return NULL;
	}
	if (!size_fits(type->key, "a key", err) || !size_fits(type->elem, "an elem", err)) {
		gotype_free(type);
		return NULL;
	}
	t = xcalloc(1, sizeof *t);
	*t = (struct maptype){ .target = target, .release = release, .type = type, .key = type->key,
		.elem = type->elem, .asked = xstrdup(text) };
	lay_out(t);
	return t;
}

void maptype_free(struct maptype *t)
{
	if (!t)
		return;
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

uint64_t maptype_array_buckets(const struct maptype *t, unsigned B)
{
	uint64_t n, bytes, up;

	if (B >= 48)
		return 0;
	n = 1ull << B;
	if (B < 4)
		return n;
	n += 1ull << (B - 4);
	if (__builtin_mul_overflow(n, t->bucketsize, &bytes) || bytes > t->target->max_alloc)
		return 0;
	up = roundupsize(t->release, t->target->ptrsize, bytes,
		t->release->malloc_header && t->pointers);
	return up / t->bucketsize;
}

uint64_t maptype_array_bytes(const struct maptype *t, unsigned B)
{
	return alloc_size(t->release, t->target->ptrsize,
		maptype_array_buckets(t, B) * t->bucketsize,
		t->pointers);
}

unsigned maptype_hint_B(const struct maptype *t, uint64_t hint)
{
	uint64_t bytes;
	unsigned B = 0;

	if (__builtin_mul_overflow(hint, t->bucketsize, &bytes) || bytes > t->target->max_alloc)
		hint = 0;
	while (over_load_factor(t->release, hint, B))
		B++;
	return B;
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

void maptype_bucket_bytes(const struct maptype *t, uint8_t *what)
{
	memset(what, BYTE_DATA, t->bucketsize);
	for (unsigned i = 0; i < SLOTS; i++) {
		maptype_key_bytes(t, what + t->keys + i * t->keysize);
		maptype_elem_bytes(t, what + t->elems + i * t->elemsize);
	}
	memset(what + t->overflow, BYTE_POINTER, t->target->ptrsize);
}

static uint64_t round_up(uint64_t n, uint64_t align)
{
	return (n + align - 1) / align * align;
}

uint64_t maptype_pair_bytes(const struct maptype *t)
{
	unsigned word = t->target->ptrsize;
	uint64_t ka = t->indirect_key ? word : t->key->align;
	uint64_t ea = t->indirect_elem ? word : t->elem->align;
	uint64_t align = ka > ea ? ka : ea;
	uint64_t pair = round_up(round_up(t->keysize, ea) + t->elemsize, align);

	return round_up(SLOTS + SLOTS * pair, word) + word;
}

/* runtime/slice.go: growslice. */
uint64_t maptype_list_cap(const struct maptype *t, uint64_t cap)
{
	unsigned word = t->target->ptrsize;
	uint64_t more = cap == 0 ? 1 : cap < 256 ? 2 * cap : cap + (cap + 3 * 256) / 4;

	return roundupsize(t->release, word, more * word, true) / word;
}
