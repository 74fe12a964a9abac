/* SPDX-License-Identifier: MIT */
/*
 * The roll-up: the maps of a census taken together, by their type, or by the path that leads to
 * them with "[*]" for every index in it, so that 50,000 small maps stand where one large one does.
 * Law: all rows together have the maps, entries and bytes of the census, but that the headers of
 * maps that were never filled, which the census only counts, are among the bytes of a row.
 */
#ifndef MODEL_LIVE_ROLLUP_H
#define MODEL_LIVE_ROLLUP_H

#include "model/live/census.h"

enum rollup_by { ROLLUP_NONE, ROLLUP_TYPE, ROLLUP_PATH, ROLLUPS };

struct rollup_row {
	char *path;              /* owned; NULL: by type, or of maps that have no name */
	char *type;              /* owned; or in words which ones fit */
	uint64_t maps;           /* that have memory */
	uint64_t never;          /* that have none: they were never filled */
	uint64_t vacant;         /* of the maps those without entries */
	uint64_t entries, slots;
	uint64_t bytes, free_bytes, dead_bytes;
	uint64_t saves;          /* that rebuilds give back, where that is known, */
	uint64_t rebuilds;       /* of those maps that are worth it */
	uint64_t under, split;   /* under another release, of those that are known, */
	uint64_t unknown;        /* but for so many */
	bool estimated;          /* these */
	char *verdict;           /* owned; NULL: nothing to say */
};

struct rollup {
	struct rollup_row *list; /* the largest first; owned */
	size_t count, cap;
};

void rollup_make(struct rollup *r, const struct census *c, enum rollup_by by);
void rollup_free(struct rollup *r);

/* Whether that map is one of the row. */
bool rollup_has(const struct rollup_row *row, enum rollup_by by, const struct census_map *m);

/* NULL past the last; ROLLUP_NONE is "map". */
const char *rollup_name(enum rollup_by by);

#endif
