/* SPDX-License-Identifier: MIT */
/*
 * Books: the ledger and the shape of a map, kept up to date as time is stepped through, so that a
 * look at them costs what changed since the last one, however large the map is.
 *
 * Law: they equal ledger_take() and shape_take() at every point. They stand for a position of the
 * journal, its mark. What is kept to come from there to the present is the design's.
 */
#ifndef MODEL_FIGURES_BOOKS_H
#define MODEL_FIGURES_BOOKS_H

#include "model/figures/ledger.h"
#include "model/figures/shape.h"

struct figures;

struct books {
	const struct figures *of;    /* the design that they are kept for */
	void *own;                   /* what it keeps */
	struct ledger ledger;
	struct shape shape;
	bool shape_kept;             /* from the first time on that it was asked for */
	uint64_t walks;              /* of the whole map, or a large part of it */
	unsigned held;               /* times: the map stays as it is; */
	bool taken;                  /* while it does, the ledger is there */
};

/* How a design keeps them. */
struct bookkeeping {
	void *(*open)(void);
	void (*close)(void *own);
	/* Walks the whole map, also for the shape when that is kept. */
	void (*take)(struct books *b, const struct map *m);
	/* From the journal's mark to the present; false when it is too much to follow. */
	bool (*follow)(struct books *b, struct map *m);
	/* Fills the ledger, of which the form is there. There is a map. */
	void (*ledger)(const struct books *b, const struct map *m, struct ledger *l);
};

#endif
