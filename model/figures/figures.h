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
};

/* The row of a map's design: in model/figures/designs. */
const struct figures *figures_of(const struct map *m);

#endif
