/* SPDX-License-Identifier: MIT */
/* What is counted of the classic map: buckets, their chains, the old array. */
#ifndef MODEL_FIGURES_CLASSIC_CLASSIC_FIGURES_H
#define MODEL_FIGURES_CLASSIC_CLASSIC_FIGURES_H

#include "model/figures/figures.h"

extern const struct figures classic_figures;
extern const struct bookkeeping classic_bookkeeping;
extern const struct foresight classic_foresight;
extern const struct loads_form classic_loads;
extern const struct hint_form classic_hints;

/* The parts of a hinted map: of its array, and in chains. */
enum { HINT_B, HINT_BUCKETS, HINT_SPARE, HINT_OVERFLOW, HINT_CLASSIC };

void classic_judge(struct court *c);
void classic_past(const struct map *m, uint64_t past[LIFE_PAST]);
const char *classic_grew(const struct map *m, const uint64_t was[LIFE_PAST],
	const uint64_t is[LIFE_PAST]);
void classic_take_pieces(const struct maptype *t, uint64_t units, struct pieces *p);
double classic_each(const struct maptype *t, double part);
uint64_t classic_grown(const struct maptype *t, uint64_t had, uint64_t entries);
void classic_each_words(const struct release *r, struct text *out);

#endif
