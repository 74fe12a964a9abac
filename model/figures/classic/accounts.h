/* SPDX-License-Identifier: MIT */
/*
 * The ledger of a classic map.
 *
 *                  array   overflow   old array   apart   stack
 *     live keys      ..       ..          ..                ..
 *     ...                                            ..
 */
#ifndef MODEL_FIGURES_CLASSIC_ACCOUNTS_H
#define MODEL_FIGURES_CLASSIC_ACCOUNTS_H

#include "model/figures/classic/tally.h"
#include "model/figures/ledger.h"

/* X(id, name, one word for scripts, kind, what it is) */
#define CLASSIC_CAUSES_TABLE(X) \
	X(KEYS, "live keys", "keys", KEY, "keys of live cells, without their padding") \
	X(ELEMS, "live elems", "elems", ELEM, "elems of live cells, without their padding") \
	X(PADDING, "padding in cells", "padding", PADDING, \
		"padding inside the keys and elems of live cells") \
	X(FREE, "free slots", "free", FREE, "slots that hold nothing") \
	X(DEAD, "dead slots", "dead", DEAD, "tombstones, and free slots with stale bytes in them") \
	X(MOVED, "evacuated slots", "evacuated", MOVED, \
		"slots of old buckets whose cells have moved on") \
	X(TOPHASH, "tophash bytes", "tophash", CONTROL, "eight in each bucket in use") \
	X(LINKS, "overflow pointers", "links", LINK, "one in each bucket in use") \
	X(SPARE, "spare buckets", "spare", SPARE, \
		"overflow buckets that came with the array, unused") \
	X(KEY_OBJECTS, "key objects", "key_objects", KEY, "keys over 128 bytes, stored apart") \
	X(ELEM_OBJECTS, "elem objects", "elem_objects", ELEM, \
		"elems over 128 bytes, stored apart") \
	X(HEADERS, "headers", "headers", HEADER, "hmap and mapextra") \
	X(LISTS, "overflow lists", "lists", LIST, \
		"what keeps overflow buckets without pointers alive") \
	X(ROUNDING, "size classes", "rounding", ROUNDING, \
		"what the allocator rounds each object up by")

enum classic_cause {
#define X(id, name, word, kind, what) LEDGER_##id,
	CLASSIC_CAUSES_TABLE(X)
#undef X
	CLASSIC_CAUSES,
};

enum classic_place {
	PLACE_ARRAY,     /* the array, its spare buckets included */
	PLACE_OVERFLOW,  /* overflow buckets in chains of the array */
	PLACE_OLD,       /* the old array, its overflow buckets and their list, while growing */
	PLACE_APART,     /* headers, lists, objects of keys and elems */
	PLACE_STACK,     /* the header of a map that does not escape, and its first bucket */
	CLASSIC_PLACES,
};

/* What the ledger counts besides; other slots are evacuated ones. */
struct classic_counts {
	uint64_t buckets[BUCKET_USES];    /* of the array */
	uint64_t old[BUCKET_USES];        /* of the old one */
	uint64_t waiting;                 /* old buckets that were not evacuated yet */
};

static inline const struct classic_counts *classic_counts(const struct ledger *l)
{
	return (const struct classic_counts *)(const void *)l->own;
}

extern const struct ledger_form classic_ledger;

/* From the tallies of the array and the old one, and the strays between them. */
void classic_make_ledger(const struct map *m, const struct tally tallies[2],
	const struct strays *strays, struct ledger *l);

#endif
