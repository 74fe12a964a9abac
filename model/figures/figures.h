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
	/* Where the bytes went: ledger.h. There is a map, and all else is zero. */
	const struct ledger_form *ledger;
	void (*take_ledger)(const struct map *m, struct ledger *l);

	/* How the entries lie: shape.h, likewise. */
	const struct shape_form *shape;
	void (*take_shape)(const struct map *m, struct shape *s);

	/* How both are kept along time: books.h. */
	const struct bookkeeping *books;

	/* The laws that its bytes obey: check.h. There is a map. */
	const struct law *laws;
	unsigned nlaws;
	void (*check)(const struct map *m, struct check *c);

	/* What comes next: foretold.h, likewise. */
	void (*foretell)(const struct map *m, const struct ledger *l, struct foretold *f);
	unsigned (*points)(const struct map *m, struct growth_point *list, unsigned most);
	const char *size_word;       /* what growth_point.size is: "B"; */
	const char *points_note;     /* and how exact the points are */

	/* What there is to say: verdict.h. */
	void (*judge)(struct court *c);

	/* What is remembered of a map to tell, after an operation, whether it grew; NULL: no. */
	void (*past)(const struct map *m, uint64_t past[LIFE_PAST]);
	const char *(*grew)(const struct map *m, const uint64_t was[LIFE_PAST],
		const uint64_t is[LIFE_PAST]);

	/* What loads cost: loads.h. */
	const struct loads_form *loads;

	/* What hints are worth: hinted.h; NULL: nothing is said of them. */
	const struct hint_form *hints;

	/* What the map is made of: pieces.h, all zero before. */
	void (*take_pieces)(const struct maptype *t, uint64_t units, struct pieces *p);

	/* Bytes for each entry, about, of a large map that is so full, 1: to where it grows; and a
	   sentence on that. */
	double (*each)(const struct maptype *t, double part);
	void (*each_words)(const struct release *r, struct text *out);
};

/* The row of a map's design: in model/figures/designs. */
const struct figures *figures_of(const struct map *m);
const struct figures *figures_of_type(const struct maptype *t);

#endif
