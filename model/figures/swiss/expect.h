/* SPDX-License-Identifier: MIT */
/*
 * What a Swiss map comes to before it is built: make(map[K]V, hint), and so many entries that only
 * come. Exact while one table takes them all; with more it is what chance makes of it, since a
 * table grows by its own count and splits at its own 897th entry.
 */
#ifndef MODEL_FIGURES_SWISS_EXPECT_H
#define MODEL_FIGURES_SWISS_EXPECT_H

#include "model/map/swiss/layout.h"
#include "model/map/map.h"

struct expected {
	bool about;              /* by chance */
	double tables, groups;
	uint64_t directory;      /* its entries */
	struct account in_use;
	struct account allocated; /* on the way too */
};

struct expected expect_map(const struct maptype *t, uint64_t hint, uint64_t entries);

/* Bytes of a table with so many slots: its header and its groups. */
uint64_t expect_table_bytes(const struct maptype *t, unsigned capacity);

#endif
