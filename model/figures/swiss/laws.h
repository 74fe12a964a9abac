/* SPDX-License-Identifier: MIT */
/* The laws of the Swiss map. */
#ifndef MODEL_FIGURES_SWISS_LAWS_H
#define MODEL_FIGURES_SWISS_LAWS_H

#include "model/figures/check.h"

/* X(id, name, the law) */
#define SWISS_LAWS_TABLE(X) \
	X(HEADER, "header", "Map, directory, tables and groups lie in the heap") \
	X(WRITING, "writing", "nobody is writing") \
	X(USED, "used", "used is the number of live cells, of the map and of each table") \
	X(SMALL, "small", "a map without directory has one group, and no depth") \
	X(DEPTH, "depth", \
		"dirLen is 2^globalDepth, and globalShift what is left of a hash's bits") \
	X(DIRECTORY, "directory", "a table has 2^(globalDepth - localDepth) entries in a row") \
	X(INDEX, "index", "a table's index is its first entry of the directory") \
	X(CAPACITY, "capacity", \
		"a table has 16 to 1024 slots, a power of two, and lengthMask fits") \
	X(SHARED, "shared", "groups belong to one table") \
	X(GROWTH, "growthLeft", "growthLeft is 7/8 of the slots less live cells and tombstones") \
	X(CONTROL, "control", "a control byte is 80, fe or below 80") \
	X(TOMBSTONES, "tombstones", \
		"no group has tombstones and empty slots, a small map none at all") \
	X(POSSIBLE, "possible", "tombstonePossible is set where there is a tombstone") \
	X(H2, "h2", "a control byte is the low seven bits of its key's hash") \
	X(TABLE, "table", "a key lies in the table that the top bits of its hash lead to") \
	X(PROBE, "probe", "on the way to a key no group before its own has an empty slot") \
	X(TWICE, "twice", "a key is there once") \
	X(POINTERS, "pointers", "what live cells point to lies in the heap") \
	X(STALE, "stale", "a free slot's elem is zero, and its key where that has pointers")

enum swiss_law {
#define X(id, name, law) SWISS_LAW_##id,
	SWISS_LAWS_TABLE(X)
#undef X
	SWISS_LAWS,
};

extern const struct law_book swiss_laws;

#endif
