/* SPDX-License-Identifier: MIT */
/*
 * What the files of the classic map's rules share: make.c, search.c, assign.c,
 * delete.c, range.c, grow.c, overflow.c.
 */
#ifndef MODEL_MAP_CLASSIC_RULES_H
#define MODEL_MAP_CLASSIC_RULES_H

#include "model/map/classic/classic.h"
#include "model/map/classic/event.h"
#include "model/map/classic/object.h"
#include "model/map/classic/reading.h"
#include "model/map/rules.h"

static inline void map_set(struct map *m, enum hmap_field f, uint64_t v)
{
	const struct field *field = hmap_field(m->type->release, f);
	unsigned word = MAP_TARGET(m)->ptrsize;
	uint8_t *p = map_at(m, m->header) + field_offset(field, word);

	save(m, p, field_size(field, word));
	store_uint(MAP_TARGET(m), p, field_size(field, word), v);
}

static inline void map_set_extra(struct map *m, uint64_t extra, enum extra_field f, uint64_t v)
{
	put_word(m, extra + field_offset(&extra_fields[f], MAP_TARGET(m)->ptrsize), v);
}

/* The hash of a key under the map's hash0. */
static inline uint64_t map_hash(const struct map *m, const uint8_t *key)
{
	return map_hash_with(m, key, map_get(m, HMAP_HASH0), NULL);
}

/* As the runtime takes it: a NaN draws. */
static inline uint64_t map_hash_drawn(struct map *m, const uint8_t *key)
{
	return map_hash_with(m, key, map_get(m, HMAP_HASH0), m->random);
}

/* Tells of a key's hash. */
void note_hash(struct map *m, uint64_t hash);

/* Hashes a key and tells of it. */
static inline uint64_t map_hash_noted(struct map *m, const uint8_t *key)
{
	uint64_t hash = map_hash_now(m, key, map_get(m, HMAP_HASH0), m->random);

	if (MAP_TRACE(m))
		note_hash(m, hash);
	return hash;
}

/*
 * An empty map need not hash the key, but for the panic that its hash might be; what a NaN in it
 * draws is drawn all the same (mapaccess1, mapdelete).
 */
static inline void hash_in_vain(struct map *m, const uint8_t *key)
{
	if (m->type->release->hashes_in_vain && !m->told && gotype_hash_may_panic(m->type->key))
		map_hash_with(m, key, 0, m->random);
}

/*
 * The eight tophash bytes as one number, slot 0 lowest, and sets of slots in such a number: the
 * top bit of a slot's byte is set when the slot is in.
 */
#define EACH_BYTE(v) ((v) * 0x0101010101010101u)

static inline uint64_t slots_with(uint64_t tops, uint64_t top)
{
	uint64_t differs = tops ^ EACH_BYTE(top), low = EACH_BYTE(0x7fu);

	return ~(((differs & low) + low) | differs | low);
}

static inline uint64_t slots_before_first(uint64_t slots)
{
	return (slots - 1) & ~slots;
}

static inline unsigned first_slot(uint64_t slots)
{
	return (unsigned)__builtin_ctzll(slots) / 8;
}

/* search.c: what a key is looked for for; SEARCH_AGAIN is a range's mapaccessK. */
enum search_kind { SEARCH_LOOKUP, SEARCH_ASSIGN, SEARCH_DELETE, SEARCH_AGAIN };

struct search {
	struct place at;    /* of the key when found, else the last bucket looked through */
	struct place free;  /* SEARCH_ASSIGN: the first free slot of the chain */
	bool found, has_free;
};

/* Looks through the chain that s->at begins with. */
void search_chain(struct map *m, struct search *s, enum search_kind kind, const uint8_t *key,
	uint8_t top);

/* Chooses the bucket as a lookup does, and looks through its chain. The map is not empty. */
bool search_map(struct map *m, struct search *s, enum search_kind kind, const uint8_t *key);

/* Tells that a bucket was chosen that is for number `wanted` of the present array. */
void note_bucket(struct map *m, const struct place *at, enum bucket_choice why,
	enum array_kind array, uint64_t wanted);

/* Tells that a write chose the bucket. */
static inline void note_write(struct map *m, const struct place *at)
{
	if (MAP_TRACE(m))
		note_bucket(m, at, map_growing(m) ? CHOICE_WRITE : CHOICE_BITS, ARRAY_PRESENT,
			at->unit);
}

/* Tells that a bucket is looked through from its slot on; the slots are added to the event. */
struct map_event *note_visit(struct map *m, const struct place *at, enum array_kind array,
	uint64_t yielded);

/* A new hash0: on make, on clear, and when the last key is deleted. */
void map_draw_hash0(struct map *m);

/* overflow.c: makeBucketArray; *buckets and *next are addresses, *next 0 without spare buckets. */
bool make_bucket_array(struct map *m, unsigned B, uint64_t *buckets, uint64_t *next,
	struct error *err);
void lay_out_spares(struct map *m, unsigned B, uint64_t buckets, uint64_t *next);
bool create_overflow_lists(struct map *m, struct error *err);
bool append_overflow(struct map *m, uint64_t bucket, struct error *err);

/* Gives the bucket at *at an overflow bucket and moves *at on to it. */
bool new_overflow(struct map *m, struct place *at, struct error *err);

/* hmap.extra, allocated if it is not there yet; 0 with err filled when that fails. */
uint64_t need_extra(struct map *m, struct error *err);

/* grow.c */
bool hash_grow(struct map *m, struct error *err);
bool grow_work(struct map *m, uint64_t bucket, struct error *err);

#endif
