/* SPDX-License-Identifier: MIT */
/* What is counted of the classic map: buckets, their chains, the old array. */
#ifndef MODEL_FIGURES_CLASSIC_CLASSIC_FIGURES_H
#define MODEL_FIGURES_CLASSIC_CLASSIC_FIGURES_H

#include "model/figures/figures.h"

extern const struct figures classic_figures;
extern const struct bookkeeping classic_bookkeeping;

#endif
