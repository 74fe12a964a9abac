/* SPDX-License-Identifier: MIT */
/* What is counted of the Swiss map: groups, tables, the directory. */
#ifndef MODEL_FIGURES_SWISS_SWISS_FIGURES_H
#define MODEL_FIGURES_SWISS_SWISS_FIGURES_H

#include "model/figures/figures.h"

extern const struct figures swiss_figures;
extern const struct bookkeeping swiss_bookkeeping;
extern const struct foresight swiss_foresight;
extern const struct loads_form swiss_loads;
extern const struct hint_form swiss_hints;

void swiss_judge(struct court *c);
void swiss_past(const struct map *m, uint64_t past[LIFE_PAST]);
const char *swiss_grew(const struct map *m, const uint64_t was[LIFE_PAST],
	const uint64_t is[LIFE_PAST]);
void swiss_take_pieces(const struct maptype *t, uint64_t units, struct pieces *p);
double swiss_each(const struct maptype *t, double part);
uint64_t swiss_grown(const struct maptype *t, uint64_t had, uint64_t entries);
void swiss_each_words(const struct release *r, struct text *out);

#endif
