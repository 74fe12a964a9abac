/* SPDX-License-Identifier: MIT */
/*
 * The heats of a side's cells, 0..8, for a map of heat: each the mean of its units, or what is
 * the most among them, of a few of them where they are many, so that the cost is the
 * screen's and not the map's.
 *
 * They are kept from frame to frame. When memory has changed since, the journal tells where: then
 * only the cells that it changed are measured again. Law: what heats_of() gives is always
 * what measuring all anew would give.
 */
#ifndef TUI_VIEW_HEATS_H
#define TUI_VIEW_HEATS_H

#include "model/figures/touched.h"
#include "model/map/units.h"

/* What a unit is measured by, its whole chain counted. */
enum heat_metric {
	METRIC_FILL,  /* live cells */
	METRIC_CHAIN, /* linked units */
	METRIC_DEAD,  /* tombstones */
	METRIC_MOVED, /* 1 when a growth is done with it */
	METRICS
};

/* Which side is measured how. */
struct heat_wish {
	bool aside;
	enum heat_metric metric;
	uint64_t cells;   /* 1..number of units; these are shared out evenly */
	uint64_t samples; /* at least 1; so many units of a cell are looked at, at most */
};

struct heats {
	uint8_t *list;    /* owned: a heat for each cell */
	size_t cap;
	struct heat_wish wish;
	struct links links;      /* linked units that heats depend on, each with what leads to it */
	/* Of what they were measured. */
	const struct maptype *type;
	uint64_t array, units;   /* address of the first one, and number */
	uint64_t version;        /* of the journal; 0: nothing is measured yet */
	size_t at;               /* where the journal stood */
	uint64_t cost;           /* cells that were measured, since ever */
};

void heats_free(struct heats *h);

/* The heats of now, wish->cells of them; h's own, good until the next call. */
const uint8_t *heats_of(struct heats *h, const struct units *u, const struct heat_wish *wish);

/* Whether some cell has any. */
bool heats_warm(const struct heats *h);

/* Whether a cell tells the most that is found in its units: outliers count there, not means. */
bool heat_is_most(enum heat_metric metric);

/* What a unit is measured by. */
unsigned heat_count(const struct units *u, bool aside, uint64_t unit, enum heat_metric metric);

#endif
