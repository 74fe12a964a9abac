/* SPDX-License-Identifier: MIT */
/* What the rules of every design need: writing that the journal knows of, telling of events. */
#ifndef MODEL_MAP_RULES_H
#define MODEL_MAP_RULES_H

#include <string.h>

#include "model/base/copy.h"
#include "model/hash/signature.h"
#include "model/map/map.h"

/* Writing, each with its save in the journal. */

static inline void save(struct map *m, void *p, size_t len)
{
	if (MAP_SAVES)
		journal_save(m->heap->journal, p, len);
}

static inline void put_byte(struct map *m, uint8_t *p, uint8_t v)
{
	save(m, p, 1);
	*p = v;
}

static inline void put_bytes(struct map *m, uint8_t *to, const uint8_t *from, size_t len)
{
	save(m, to, len);
	copy_few(to, from, len);
}

static inline void put_zeros(struct map *m, uint8_t *p, size_t len)
{
	save(m, p, len);
	zero_few(p, len);
}

static inline void put_word(struct map *m, uint64_t addr, uint64_t v)
{
	uint8_t *p = map_at(m, addr);

	save(m, p, MAP_TARGET(m)->ptrsize);
	store_uint(MAP_TARGET(m), p, MAP_TARGET(m)->ptrsize, v);
}

/* One object of the map, zeroed; 0 with err filled when there is no room. */
uint64_t map_alloc(struct map *m, unsigned kind, uint64_t size, bool pointers,
	struct error *err);

/* Of m[key] = elem: an elem is written where it belongs. */
static inline void put_elem(struct map *m, const struct place *at, const uint8_t *elem)
{
	put_bytes(m, map_elem(m, at->addr, at->slot), elem, (size_t)m->type->elem->size);
}

/*
 * The key is there: its elem is overwritten, and the key too where equal keys can differ in their
 * bytes.
 */
static inline void put_update(struct map *m, const struct place *at, const uint8_t *key,
	const uint8_t *elem)
{
	bool rewrite = m->type->key->key_update;

	if (rewrite)
		put_bytes(m, map_key(m, at->addr, at->slot), key, (size_t)m->type->key->size);
	put_elem(m, at, elem);
	TELL(m, .kind = EVENT_UPDATE, .at = *at, .update = { .key = rewrite });
}

/* An object of its own for a large key or elem, its address in the slot. */
static inline bool put_object(struct map *m, uint64_t slot, unsigned kind,
	const struct gotype *type, struct error *err)
{
	uint64_t addr = map_alloc(m, kind, type->size, type->pointers, err);

	if (!addr)
		return false;
	put_word(m, slot, addr);
	return true;
}

/*
 * The map's header, and with it *first, its first unit: on the stack where the map does not escape
 * and the hint is small. Else *first is 0. Their kinds are the design's.
 */
uint64_t map_alloc_header(struct map *m, unsigned kind, unsigned unit, uint64_t hint,
	uint64_t *first, struct error *err);

/* From now on the map is the one with its header there, which nothing speaks against. */
void map_start(struct map *m, uint64_t header);

/* The hash of a key under a seed; a NaN draws from chance: see hash.h. */
static inline uint64_t map_hash_with(const struct map *m, const uint8_t *key, uint64_t seed,
	struct random *chance)
{
	if (m->told)
		return told_hash(m, key);
	switch (m->type->path) {
	case PATH_FAST32:
	case PATH_FAST32PTR:
		return hash_four(m->hasher, key, seed);
	case PATH_FAST64:
	case PATH_FAST64PTR:
		return hash_eight(m->hasher, key, seed);
	case PATH_FASTSTR:
		return hash_string(m->hasher, key, seed);
	case PATH_GENERAL:
		break;
	}
	if (m->type->signature)
		return hash_by_signature(m->hasher, m->type->signature, key, seed, chance);
	return hash_value(m->hasher, m->type->key, key, seed, chance);
}

/* As an operation takes it, which may have it already. */
static inline uint64_t map_hash_now(const struct map *m, const uint8_t *key, uint64_t seed,
	struct random *chance)
{
	return m->foreseen == key && m->hashed.seed == seed
		? m->hashed.hash : map_hash_with(m, key, seed, chance);
}

/* Whether keys have their bytes elsewhere, so that hashing one reads another line of memory. */
static inline bool keys_are_elsewhere(const struct maptype *t)
{
	return t->indirect_key || t->key->kind == KIND_STRING;
}

/* Fetches the bytes of such a key. */
FETCHES static inline void fetch_key(const struct map *m, uint64_t unit, unsigned slot)
{
	uint64_t addr = map_load_word(m, unit + unit_key(&m->type->unit, slot));

	if (heap_holds(m->heap, addr, 1))
		__builtin_prefetch(map_at(m, addr));
}

/* Whether the slot at `slot_key` holds this key. */
static inline bool map_key_equal(const struct map *m, const uint8_t *slot_key, const uint8_t *key)
{
	switch (m->type->path) {
	case PATH_FAST32:
	case PATH_FAST32PTR:
		return memcmp(slot_key, key, 4) == 0;
	case PATH_FAST64:
	case PATH_FAST64PTR:
		return memcmp(slot_key, key, 8) == 0;
	default:
		return value_equal(m->heap, m->type->key, key, slot_key);
	}
}

#endif
