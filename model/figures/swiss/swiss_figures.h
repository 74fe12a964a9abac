/* SPDX-License-Identifier: MIT */
/* What is counted of the Swiss map: groups, tables, the directory. */
#ifndef MODEL_FIGURES_SWISS_SWISS_FIGURES_H
#define MODEL_FIGURES_SWISS_SWISS_FIGURES_H

#include "model/figures/figures.h"

extern const struct figures swiss_figures;
extern const struct bookkeeping swiss_bookkeeping;

#endif
