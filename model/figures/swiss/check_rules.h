/* SPDX-License-Identifier: MIT */
/* What the files of the Swiss map's check share: check.c (header, tables), check_cell.c (slots). */
#ifndef MODEL_FIGURES_SWISS_CHECK_RULES_H
#define MODEL_FIGURES_SWISS_CHECK_RULES_H

#include "model/figures/swiss/laws.h"
#include "model/map/swiss/rules.h"

struct checking {
	const struct map *m;
	struct check *c;
	uint64_t live, tombstones; /* of the table at hand */
	uint64_t entry;            /* its first one in the directory */
	struct groups *all;        /* those of all tables that were looked at */
	size_t count, cap;
	bool any_tombstone;
};

/* Where something is; unit UINT64_MAX stands for the table as a whole, slot SLOTS for the group. */
void find_at(struct checking *k, enum swiss_law law, const struct groups *g, uint64_t unit,
	unsigned slot, const char *format, ...) __attribute__((format(printf, 6, 7)));

/* check_cell.c: all slots of a group; counts live cells and tombstones. */
void check_group(struct checking *k, const struct groups *g, uint64_t unit);

#endif
