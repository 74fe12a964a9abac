/* SPDX-License-Identifier: MIT */
/*
 * The ledger: where a map's bytes went. Each byte that the map reaches is booked once, under what
 * it is for (cause) and where it lies (place).
 *
 * Law: all entries together are map_reached().bytes. Nothing is estimated.
 *
 *                  array   overflow   old array   apart
 *     live keys      ..       ..          ..
 *     ...                                            ..
 */
#ifndef MODEL_FIGURES_LEDGER_H
#define MODEL_FIGURES_LEDGER_H

#include "model/figures/tally.h"

/* X(id, name, one word for scripts, what it is: for the reader of this table) */
#define LEDGER_CAUSES_TABLE(X) \
	X(KEYS, "live keys", "keys", "keys of live cells, without their padding") \
	X(ELEMS, "live elems", "elems", "elems of live cells, without their padding") \
	X(PADDING, "padding in cells", "padding", "padding inside the keys and elems of live cells") \
	X(FREE, "free slots", "free", "slots that hold nothing") \
	X(DEAD, "dead slots", "dead", "tombstones, and free slots with stale bytes in them") \
	X(MOVED, "evacuated slots", "evacuated", "slots of old buckets whose cells have moved on") \
	X(TOPHASH, "tophash bytes", "tophash", "eight in each bucket in use") \
	X(LINKS, "overflow pointers", "links", "one in each bucket in use") \
	X(SPARE, "spare buckets", "spare", "overflow buckets that came with the array, unused") \
	X(KEY_OBJECTS, "key objects", "key_objects", "keys over 128 bytes, stored apart") \
	X(ELEM_OBJECTS, "elem objects", "elem_objects", "elems over 128 bytes, stored apart") \
	X(HEADERS, "headers", "headers", "hmap and mapextra") \
	X(LISTS, "overflow lists", "lists", "what keeps overflow buckets without pointers alive") \
	X(ROUNDING, "size classes", "rounding", "what the allocator rounds each object up by")

enum ledger_cause {
#define X(id, name, word, what) LEDGER_##id,
	LEDGER_CAUSES_TABLE(X)
#undef X
	LEDGER_CAUSES,
};

enum ledger_place {
	PLACE_ARRAY,     /* the array, its spare buckets included */
	PLACE_OVERFLOW,  /* overflow buckets in chains of the array */
	PLACE_OLD,       /* the old array, its overflow buckets and their list, while growing */
	PLACE_APART,     /* headers, lists, objects of keys and elems */
	LEDGER_PLACES,
};

struct ledger {
	uint64_t bytes[LEDGER_CAUSES][LEDGER_PLACES];
	uint64_t total, objects;          /* as map_reached() has them */
	uint64_t entries;                 /* hmap.count */
	uint64_t live, free, dead, moved; /* slots of buckets in use */
	uint64_t buckets[BUCKET_USES];    /* of the array */
	uint64_t old[BUCKET_USES];        /* of the old one */
	uint64_t waiting;                 /* old buckets that were not evacuated yet */
	uint64_t referred;                /* referred_bytes() of the live cells; not in the total */
};

/* Walks the whole map. (books.h keeps the ledger of a session without that.) */
void ledger_take(const struct map *m, struct ledger *l);

/* From the tallies of the array and the old one, and the strays between them. */
void ledger_make(const struct map *m, const struct tally tallies[2], const struct strays *strays,
	struct ledger *l);

const char *ledger_name(enum ledger_cause cause);
const char *ledger_word(enum ledger_cause cause);

/* Sums of a row and of a column. */
uint64_t ledger_cause_bytes(const struct ledger *l, enum ledger_cause cause);
uint64_t ledger_place_bytes(const struct ledger *l, enum ledger_place place);

#endif
