/* SPDX-License-Identifier: MIT */
/* Reading the memory of a classic map. */
#ifndef MODEL_MAP_CLASSIC_READING_H
#define MODEL_MAP_CLASSIC_READING_H

#include "model/map/classic/layout.h"
#include "model/map/map.h"

static inline uint64_t map_get(const struct map *m, enum hmap_field f)
{
	const struct field *field = hmap_field(m->type->release, f);
	unsigned word = MAP_TARGET(m)->ptrsize;

	return load_uint(MAP_TARGET(m), map_at(m, m->header) + field_offset(field, word),
		field_size(field, word));
}

static inline uint64_t map_get_extra(const struct map *m, uint64_t extra, enum extra_field f)
{
	return map_load_word(m, extra + field_offset(&extra_fields[f], MAP_TARGET(m)->ptrsize));
}

static inline bool map_growing(const struct map *m)
{
	return map_get(m, HMAP_OLDBUCKETS) != 0;
}

/* How often the map was cleared, where its header counts that; else 0. */
static inline uint64_t map_clears(const struct map *m)
{
	return m->type->release->counts_clears ? map_get(m, HMAP_CLEAR_SEQ) : 0;
}

/* B of the old array while growing. */
static inline unsigned map_old_B(const struct map *m)
{
	unsigned B = (unsigned)map_get(m, HMAP_B);

	return map_get(m, HMAP_FLAGS) & FLAG_SAME_SIZE ? B : B - 1;
}

static inline uint64_t map_overflow(const struct map *m, uint64_t bucket)
{
	return map_load_word(m, bucket + m->type->unit.link);
}

/* The bucket number i of the new or the old array. */
static inline uint64_t map_bucket(const struct map *m, bool old, uint64_t i)
{
	return map_get(m, old ? HMAP_OLDBUCKETS : HMAP_BUCKETS) + i * m->type->unit.size;
}

static inline bool tophash_empty(uint8_t top)
{
	return top <= EMPTY_ONE;
}

/* Whether an old bucket was evacuated; the first tophash tells. */
static inline bool map_evacuated(const struct map *m, uint64_t bucket)
{
	uint8_t top = *map_at(m, bucket);

	return top > EMPTY_ONE && top < MIN_TOPHASH;
}

/* Index in the array of the first spare overflow bucket that is still free; -1 without one. */
int64_t map_next_overflow(const struct map *m);

/* How many more keys fit before an insert starts a growth by load. */
uint64_t map_inserts_left(const struct map *m);

/* The growth that the insert of a new key starts, once none is under way. */
enum growth { GROWTH_NONE, GROWTH_DOUBLES, GROWTH_SAME_SIZE };
enum growth map_growth_due(const struct map *m);

/* The tophash of a hash: its top byte, lifted above the marks. */
static inline uint8_t tophash_of(const struct target *t, uint64_t hash)
{
	uint8_t top = (uint8_t)(hash >> (8 * t->ptrsize - 8));

	return top < MIN_TOPHASH ? (uint8_t)(top + MIN_TOPHASH) : top;
}

#endif
