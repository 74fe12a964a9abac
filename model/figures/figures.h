/* SPDX-License-Identifier: MIT */
/*
 * What is counted, foretold and checked of one design of Go's map, as a row of tables and
 * functions: figures are made by the row of the map at hand. The rows stand in
 * model/figures/classic and model/figures/swiss, their table in model/figures/designs, which alone
 * knows them all.
 */
#ifndef MODEL_FIGURES_FIGURES_H
#define MODEL_FIGURES_FIGURES_H

#include "model/figures/books.h"
#include "model/figures/check.h"
#include "model/figures/foretold.h"
#include "model/figures/hinted.h"
#include "model/figures/loads.h"
#include "model/figures/pieces.h"
#include "model/figures/verdict.h"

enum { LIFE_PAST = 4 };

struct figures {
	const struct ledger_form *ledger;    /* where the bytes went: ledger.h */
	const struct shape_form *shape;      /* how the entries lie: shape.h */
	const struct bookkeeping *books;     /* how both are kept along time: books.h */
	const struct law_book *laws;         /* that its bytes obey: check.h */
	const struct foresight *foresight;   /* what comes next: foretold.h */
	const struct loads_form *loads;      /* what loads cost: loads.h */
	const struct hint_form *hints;       /* what hints are worth: hinted.h */

	/* What there is to say: verdict.h. */
	void (*judge)(struct court *c);

	/* What is remembered of a map to tell, after an operation, whether it grew; NULL: no. */
	void (*past)(const struct map *m, uint64_t past[LIFE_PAST]);
	const char *(*grew)(const struct map *m, const uint64_t was[LIFE_PAST],
		const uint64_t is[LIFE_PAST]);

	/* What the map is made of: pieces.h, all zero before. */
	void (*take_pieces)(const struct maptype *t, uint64_t units, struct pieces *p);

	/* Bytes for each entry, about, of a large map that is so full, 1: to where it grows; and a
	   sentence on that. */
	double (*each)(const struct maptype *t, double part);
	void (*each_words)(const struct release *r, struct text *out);

	/* What a map takes that came to so many entries one by one, about, when so many are
	   left. */
	uint64_t (*grown)(const struct maptype *t, uint64_t had, uint64_t entries);
};

/* The row of a map's design: in model/figures/designs. */
const struct figures *figures_of(const struct map *m);
const struct figures *figures_of_type(const struct maptype *t);

#endif
