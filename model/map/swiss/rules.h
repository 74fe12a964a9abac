/* SPDX-License-Identifier: MIT */
/*
 * What the files of the Swiss map's rules share: make.c, search.c, assign.c, delete.c, clear.c,
 * range.c, grow.c, prune.c.
 */
#ifndef MODEL_MAP_SWISS_RULES_H
#define MODEL_MAP_SWISS_RULES_H

#include "model/map/rules.h"
#include "model/map/swiss/control.h"
#include "model/map/swiss/event.h"
#include "model/map/swiss/object.h"
#include "model/map/swiss/reading.h"
#include "model/map/swiss/swiss.h"

static inline void store_field(struct map *m, uint64_t addr, const struct field *f, uint64_t v)
{
	unsigned word = MAP_TARGET(m)->ptrsize;
	uint8_t *p = map_at(m, addr) + field_offset(f, word);

	save(m, p, field_size(f, word));
	store_uint(MAP_TARGET(m), p, field_size(f, word), v);
}

static inline void swiss_set(struct map *m, enum swiss_field f, uint64_t v)
{
	store_field(m, m->header, &swiss_fields[f], v);
}

static inline void table_set(struct map *m, uint64_t table, enum table_field f, uint64_t v)
{
	store_field(m, table, &table_fields[f], v);
}

static inline void table_add(struct map *m, uint64_t table, enum table_field f, int by)
{
	table_set(m, table, f, table_get(m, table, f) + (uint64_t)(int64_t)by);
}

static inline void add_used(struct map *m, int by)
{
	swiss_set(m, SWISS_USED, swiss_get(m, SWISS_USED) + (uint64_t)(int64_t)by);
}

static inline void put_control(struct map *m, uint64_t group, unsigned slot, uint8_t v)
{
	put_byte(m, control_at(m, group, slot), v);
}

/* All slots of a group are empty. */
static inline void put_empty(struct map *m, uint64_t group)
{
	save(m, map_at(m, group), SLOTS);
	memset(map_at(m, group), CONTROL_EMPTY, SLOTS);
}

/* The hash of a key under the map's seed. */
static inline uint64_t swiss_hash(const struct map *m, const uint8_t *key)
{
	return map_hash_with(m, key, swiss_get(m, SWISS_SEED), NULL);
}

/* As the runtime takes it: a NaN draws. */
static inline uint64_t swiss_hash_drawn(struct map *m, const uint8_t *key)
{
	return map_hash_with(m, key, swiss_get(m, SWISS_SEED), m->random);
}

/* Tells of a key's hash. */
void swiss_note_hash(struct map *m, uint64_t hash);

/* Hashes a key and tells of it. */
static inline uint64_t swiss_hash_noted(struct map *m, const uint8_t *key)
{
	uint64_t hash = map_hash_now(m, key, swiss_get(m, SWISS_SEED), m->random);

	if (MAP_TRACE(m))
		swiss_note_hash(m, hash);
	return hash;
}

/*
 * A walk along the groups in which a key may be: i, i + 1, i + 3, i + 6, .., each once. Source:
 * table.go, probeSeq.
 */
struct probe {
	uint64_t mask, unit, step;
};

static inline struct probe probe_start(const struct groups *g, uint64_t hash)
{
	return (struct probe){ .mask = g->mask, .unit = hash_h1(hash) & g->mask };
}

static inline void probe_next(struct probe *p)
{
	p->step++;
	p->unit = (p->unit + p->step) & p->mask;
}

/* search.c: what came of a walk for a key. */
struct search {
	struct groups groups;
	struct place at; /* of the key when found, else the group where the walk ended; its array
			    is filled where somebody listens */
	bool found;
	bool has_free;       /* when a new key is to be placed: there is a place, */
	struct place free;   /* this one */
	bool tombstone;      /* and it holds a tombstone */
};

enum search_kind { SEARCH_LOOKUP, SEARCH_ASSIGN, SEARCH_DELETE };

/*
 * Chooses the table, or the group of a small map, and looks for the key in it; for an assignment
 * also for its place.
 */
void search_key(struct map *m, struct search *s, enum search_kind kind, const uint8_t *key,
	uint64_t hash);

/* Map.getWithKey, as a range does it when a table was replaced. */
bool search_again(struct map *m, struct search *s, const uint8_t *key);

/* Matches the control word of a place's group and tells of it. */
slots match_noted(struct map *m, const struct place *at, enum match_kind kind, uint8_t h2);

/* The place's array, for those who listen. */
static inline void number_place(const struct map *m, struct place *at, const struct groups *g)
{
	at->array = swiss_number(m, g->table, g->addr);
}

/* make.c: a new seed, on make, on clear, and when the last key is deleted. */
void swiss_draw_seed(struct map *m);

/* One object of the map, zeroed; 0 with err filled when there is no room. */
static inline uint64_t swiss_alloc(struct map *m, enum swiss_object kind, uint64_t size,
	bool pointers, struct error *err)
{
	return map_alloc(m, kind, size, pointers, err);
}

/* So many entries are gone: the objects that large keys and elems had. */
static inline void lose_objects(struct map *m, uint64_t entries)
{
	const struct maptype *t = m->type;
	unsigned word = t->target->ptrsize;

	if (t->indirect_key)
		heap_lose_bytes(m->heap,
			entries * alloc_size(t->release, word, t->key->size, t->key->pointers));
	if (t->indirect_elem)
		heap_lose_bytes(m->heap,
			entries * alloc_size(t->release, word, t->elem->size, t->elem->pointers));
}

/* newGroups with setEmpty: so many groups; one is a small map's. */
uint64_t new_groups(struct map *m, uint64_t count, struct error *err);

/* newTable; 0 with err filled when there is no room. */
uint64_t new_table(struct map *m, unsigned capacity, int64_t index, unsigned depth,
	struct error *err);

/* A table is garbage, unless a range walks along it. */
void discard_table(struct map *m, uint64_t table);

/* grow.c: growToTable; rehash, which grows the table or splits it. */
bool grow_to_table(struct map *m, struct error *err);
bool rehash(struct map *m, uint64_t table, struct error *err);

/* prune.c: pruneTombstones */
void prune_tombstones(struct map *m, uint64_t table);

#endif
