/* SPDX-License-Identifier: MIT */
/*
 * The ledger of a Swiss map.
 *
 *                    groups   tables   apart   stack
 *     live keys        ..                        ..
 *     ...                       ..       ..
 */
#ifndef MODEL_FIGURES_SWISS_ACCOUNTS_H
#define MODEL_FIGURES_SWISS_ACCOUNTS_H

#include "model/figures/ledger.h"
#include "model/figures/swiss/tally.h"

/* X(id, name, one word for scripts, kind, what it is) */
#define SWISS_CAUSES_TABLE(X) \
	X(KEYS, "live keys", "keys", KEY, "keys of live cells, without their padding") \
	X(ELEMS, "live elems", "elems", ELEM, "elems of live cells, without their padding") \
	X(PADDING, "padding in cells", "padding", PADDING, \
		"padding inside the keys and elems of live cells") \
	X(GAPS, "padding in slots", "slot_padding", PADDING, \
		"between and behind the key and elem of all slots, and at a group's end") \
	X(FREE, "free slots", "free", FREE, "slots that hold nothing") \
	X(DEAD, "dead slots", "dead", DEAD, "free slots with stale bytes in them") \
	X(TOMBSTONES, "tombstones", "tombstones", DEAD, \
		"slots of deleted entries that a search goes on behind") \
	X(CONTROL, "control words", "control", CONTROL, "eight bytes in each group") \
	X(KEY_OBJECTS, "key objects", "key_objects", KEY, "keys over 128 bytes, stored apart") \
	X(ELEM_OBJECTS, "elem objects", "elem_objects", ELEM, \
		"elems over 128 bytes, stored apart") \
	X(MAP, "header", "headers", HEADER, "the Map") \
	X(DIRECTORY, "directory", "directory", LINK, "pointers to tables") \
	X(TABLES, "table headers", "tables", HEADER, "what stands in front of a table's groups") \
	X(FILLED, "tables being filled", "filled", HEADER, \
		"groups of tables that a growth fills and no directory leads to yet") \
	X(ROUNDING, "size classes", "rounding", ROUNDING, \
		"what the allocator rounds each object up by")

enum swiss_cause {
#define X(id, name, word, kind, what) SWISS_CAUSE_##id,
	SWISS_CAUSES_TABLE(X)
#undef X
	SWISS_CAUSES,
};

enum swiss_place {
	SWISS_IN_GROUPS,
	SWISS_IN_FRAME,  /* Map, directory, table headers */
	SWISS_APART,     /* objects of keys and elems */
	SWISS_ON_STACK,  /* the Map of a map that does not escape, and its first group */
	SWISS_PLACES,
};

/* What the ledger counts besides; other slots are tombstones, dead ones have stale bytes. */
struct swiss_counts {
	uint64_t tables, groups;
	uint64_t directory;     /* its entries */
};

static inline const struct swiss_counts *swiss_counts(const struct ledger *l)
{
	return (const struct swiss_counts *)(const void *)l->own;
}

extern const struct ledger_form swiss_ledger;

/* From the tallies of all groups together. */
void swiss_make_ledger(const struct map *m, const struct group_tally *t, struct ledger *l);

#endif
