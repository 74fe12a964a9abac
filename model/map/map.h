/* SPDX-License-Identifier: MIT */
/*
 * Go's map: what every design of it has. The rules of each stand in a folder of its own and are
 * reached by the row of functions that its type names (engine.h).
 *
 * The map is nothing but bytes in the simulated heap. A struct map says where (header) and how to
 * read them (type). Every rule works on the bytes, as the runtime does, and saves what it
 * changes in the heap's journal.
 *
 * Keys and elems are given as pointers to type->key->size and type->elem->size bytes of the
 * host's that hold target memory. Functions that return false fill err: the simulated memory
 * ran out in the middle; bring the journal back to where it was.
 */
#ifndef MODEL_MAP_MAP_H
#define MODEL_MAP_MAP_H

#include "model/map/maptype.h"
#include "model/go/value.h"
#include "model/hash/hash.h"
#include "model/memory/heap.h"
#include "model/map/event.h"
#include "model/map/place.h"
#include "model/map/quick.h"
#include "model/map/told.h"

/* A range loop of the classic map: what the runtime keeps in its hiter. */
struct classic_loop {
	bool wrapped;        /* the end of the array was passed */
	uint8_t offset;      /* the slot that each bucket begins with */
	uint8_t i;           /* slots of `at` that are done, 0..SLOTS */
	uint8_t B;           /* of the array when the loop began */
	uint64_t buckets;    /* that array */
	uint64_t start;      /* the bucket it began with */
	uint64_t bucket;     /* the one that is next, once `at` and its chain are done */
	uint64_t check;      /* only cells that go to this bucket come; UINT64_MAX: all */
	uint64_t clears;     /* of the map when the loop began, where its header counts them */
	uint64_t array;      /* that `at` is in */
	struct place at;     /* the bucket it is in; addr 0 between buckets */
};

/* A range loop of the Swiss map: what the runtime keeps in its Iter. */
struct swiss_loop {
	uint64_t entry, dir; /* entryOffset and dirOffset, as drawn; */
	uint64_t dir_offset; /* the latter as the directory has doubled since */
	uint64_t clear_seq;  /* of the map when the loop began */
	uint64_t small;      /* the group of a map that was small then; 0: it had tables */
	uint64_t dir_idx;    /* entries of the directory that are done */
	uint64_t table;      /* the one it is in; 0 between tables */
	uint64_t entry_idx;  /* slots of it that are done */
	uint32_t array;      /* its number, as of the step under way */
	uint8_t global_depth; /* that dir_idx and dir_offset belong to */
};

/* A range loop. */
struct range_loop {
	bool begun;          /* there was one on this map; all below is nothing else */
	bool over;           /* no more entries come */
	bool left;           /* the program has left it */
	uint64_t yielded;    /* entries that came */
	size_t order;        /* where the session keeps their keys */
	union {              /* the iterator, by the map's design */
		struct classic_loop classic;
		struct swiss_loop swiss;
	};
};

/* What a Swiss map's operation that is half done knows beside the memory. */
struct swiss_half {
	uint64_t fresh[2]; /* tables that are filled and that no directory leads to yet; 0: none */
};

/* A key's hash, and the seed that it was taken with. */
struct hashed {
	uint64_t hash, seed;
};

struct map {
	const struct maptype *type;
	struct heap *heap;
	struct hasher *hasher;
	struct random *random;
	struct trace *trace;   /* NULL when nobody listens */
	bool stays;            /* does not escape: what the compiler can is on the stack */
	const uint8_t *foreseen; /* a key that was hashed before its turn; NULL: none */
	struct hashed hashed;    /* by that, which is good while the seed is the same */
	unsigned landmarks;    /* what happened since it was zeroed: enum landmark, or-ed */
	/* Saved in the journal: */
	uint64_t header;        /* address of the header; 0 for a nil map */
	struct range_loop loop; /* the last one */
	struct swiss_half swiss;
	const char *fixed;      /* why it can be looked at only; NULL for a map to work on */
	bool unhashed;          /* nobody knows how its keys are hashed; it is fixed then */
	/* How each is hashed, where that is told; it is fixed then; or NULL. */
	const struct told_hashes *told;
};

/* Tells of an event, given by its members, to the one who listens; else nothing is worked out. */
#define TELL(m, ...) do { \
	if (MAP_TRACE(m)) \
		trace_add(MAP_TRACE(m), (m)->heap->journal, &(struct map_event){ __VA_ARGS__ }); \
} while (0)

/* The program may go on with the loop: the memory that it walks along is still needed. */
static inline bool map_in_loop(const struct map *m)
{
	return m->loop.begun && !m->loop.over && !m->loop.left;
}

/* make(map[K]V, hint). *hint_ignored says whether the hint was too large to be meant. */
bool map_make(struct map *m, uint64_t hint, struct error *err);

/* m[key] = elem. */
bool map_assign(struct map *m, const uint8_t *key, const uint8_t *elem, struct error *err);

/* _, ok := m[key]; *where, which may be NULL, is filled when it is there. Changes nothing but the
   random state. */
bool map_lookup(struct map *m, const uint8_t *key, struct place *where);

/* The same for who only looks: nothing is told, nothing drawn, nothing changed. */
bool map_find(const struct map *m, const uint8_t *key, struct place *where);

/* delete(m, key); *deleted says whether it was there. */
bool map_delete(struct map *m, const uint8_t *key, bool *deleted, struct error *err);

/* clear(m) */
void map_clear(struct map *m);

/*
 * m = maps.Clone(m), where the release copies the map's memory: release.clones. Else it is what its
 * source says: a new map with len(m) as hint, into which a range inserts all entries.
 */
bool map_clone(struct map *m, struct error *err);

/* Begins a `for range m`, from a bucket and slot on that are drawn when start is NULL. */
bool map_range(struct map *m, const struct place *start, struct error *err);

/* Goes on with it until `most` more entries came or it is over; returns how many came. */
typedef void map_sink(void *data, const struct place *where);
uint64_t map_next(struct map *m, uint64_t most, map_sink *sink, void *data);

/* Does a part of a growth under way, as a write to some other unit would; false, without err
   filled, when none is. */
bool map_work(struct map *m, struct error *err);

/* A key's hash, as the map's operations take it. Not for NaN keys. */
struct hashed map_hash_of(const struct map *m, const uint8_t *key);

/*
 * How long before its turn a key's memory is fetched into the host's cache: each time what the last
 * one has brought leads to more.
 */
enum ahead { AHEAD_FAR, AHEAD_NEAR, AHEAD_NEXT, AHEADS };

/* A function that does nothing else seems to have no effect, and would not be called. */
#define FETCHES __attribute__((always_inline))

/* Fetches what operations on keys with these n hashes will read; changes nothing. */
void map_prefetch(const struct map *m, const struct hashed *list, unsigned n, enum ahead ahead);

/* Whether the rules of quick.h will do: to look something up, and to change the map. */
static inline bool map_looks_quick(const struct map *m)
{
	const struct target *t = m->type->target;

	return !m->trace && t->ptrsize == 8 && !t->big_endian;
}

static inline bool map_is_quick(const struct map *m)
{
	return map_looks_quick(m) && !m->heap->journal->on;
}

/* Reading */

static inline uint8_t *map_at(const struct map *m, uint64_t addr)
{
	return heap_at(m->heap, addr);
}

static inline uint64_t map_load_word(const struct map *m, uint64_t addr)
{
	return load_uint(MAP_TARGET(m), map_at(m, addr), MAP_TARGET(m)->ptrsize);
}

/* A slot's control byte; what it says of a live one. The numbers are those of the design. */
static inline uint8_t map_control(const struct map *m, uint64_t unit, unsigned slot)
{
	return map_at(m, unit)[unit_control(&m->type->unit, slot)];
}

static inline bool control_live(const struct maptype *t, uint8_t control)
{
	return control >= t->live_least && control <= t->live_most;
}

static inline bool map_live(const struct map *m, uint64_t unit, unsigned slot)
{
	return control_live(m->type, map_control(m, unit, slot));
}

/* The live slots of a unit: bit i for slot i. */
static inline unsigned map_live_slots(const struct map *m, uint64_t unit)
{
	unsigned live = 0;

	for (unsigned i = 0; i < SLOTS; i++)
		live |= (unsigned)map_live(m, unit, i) << i;
	return live;
}

/* The unit that is linked to one; 0 for none, and in a design that has no such links. */
static inline uint64_t map_link(const struct map *m, uint64_t unit)
{
	return m->type->unit.link ? map_load_word(m, unit + m->type->unit.link) : 0;
}

/* Behind a slot's pointer; where that is not known, bytes that are said to be unknown. */
static inline uint8_t *map_behind(const struct map *m, uint64_t at, uint64_t size)
{
	uint64_t addr = map_load_word(m, at);

	return map_at(m, heap_holds(m->heap, addr, size) ? addr : heap_unknown(m->heap));
}

/* The key's or elem's own bytes, behind the pointer where the slot holds one. */
static inline uint8_t *map_key(const struct map *m, uint64_t unit, unsigned slot)
{
	uint64_t at = unit + unit_key(&m->type->unit, slot);

	return m->type->indirect_key ? map_behind(m, at, m->type->key->size) : map_at(m, at);
}

static inline uint8_t *map_elem(const struct map *m, uint64_t unit, unsigned slot)
{
	uint64_t at = unit + unit_elem(&m->type->unit, slot);

	return m->type->indirect_elem ? map_behind(m, at, m->type->elem->size) : map_at(m, at);
}

/* What the map's objects take, each with its size class. */
struct account {
	uint64_t objects, bytes;
};

static inline struct account account_less(struct account a, struct account b)
{
	return (struct account){ a.objects - b.objects, a.bytes - b.bytes };
}

/* All that was allocated so far. */
static inline struct account map_allocated(const struct map *m)
{
	return (struct account){ m->heap->state.alloc_objects, m->heap->state.alloc_bytes };
}

/* The header, or the first unit, is on the stack: then it is no object. */
static inline bool map_on_stack(const struct map *m, uint64_t addr)
{
	return heap_on_stack(m->heap, addr);
}

/* The objects that the map still reaches, as a collection would find them. Walks the map. */
struct account map_reached(const struct map *m);

/*
 * What is on the stack of a map that does not escape, as objects were it on the heap: the header,
 * and with `unit` the first bucket or group.
 */
struct account map_stacked(const struct maptype *t, bool unit);

/* Whether make with that hint puts the first unit on the stack, too: cmd/compile, walkMakeMap. */
static inline bool map_stacks_unit(uint64_t hint)
{
	return hint <= SLOTS;
}

/* len(m); 0 without a map. */
uint64_t map_count(const struct map *m);

/* A growth has begun that later operations go on with. */
bool map_moving(const struct map *m);

/* How far the map's arrays reach: another one after each growth. */
struct extent {
	uint64_t array;      /* which array of units, or directory of arrays, it is; 0: none yet */
	uint64_t units;      /* but for those that are linked to them */
	uint64_t arrays;     /* in which they are: tables; */
	uint64_t directory;  /* and entries of the directory that leads to these */
};

struct extent map_extent(const struct map *m);

/* The unit that a search for the key begins with, counted through all arrays. Draws nothing. */
uint64_t map_home(const struct map *m, const uint8_t *key);

#endif
