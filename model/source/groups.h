/* SPDX-License-Identifier: MIT */
/*
 * The part of a snapshot that is of the Swiss map: the fields of Map, its directory, its tables and
 * their groups.
 */
#ifndef MODEL_SOURCE_GROUPS_H
#define MODEL_SOURCE_GROUPS_H

#include "model/source/imprint.h"

struct source_table {
	int64_t index;
	uint64_t local_depth, used, capacity, growth_left;
	struct imprint_array groups;         /* capacity / 8 of them; none linked to others */
};

struct tables {
	uint64_t used, seed, dir_len, global_depth, global_shift, writing, clear_seq;
	bool tombstone_possible;
	bool directory;                      /* there is one: */
	uint64_t *runs; /* for each table, how many of its entries lead to it */
	uint64_t nruns;
	struct source_table *list;           /* owned */
	uint64_t count;
	struct imprint_array group;          /* of a map without: one or none */
	/* What its range loop still walks, though the map does not lead there any more: */
	struct source_table old_table;       /* one that was replaced; */
	struct imprint_array old_group;      /* the one of a map that was small; or neither */
	size_t cap, runs_cap;
};

/* Where its range loop began, and goes on from: see groups_loop.c. */
struct groups_loop {
	uint64_t entry, dir;
	uint64_t depth, clear_seq, passed, offset, done;
	uint64_t table;                      /* that it walks; TABLE_NONE: none of the map's */
};

#define TABLE_NONE UINT64_MAX

void tables_free(struct tables *t);

#endif
