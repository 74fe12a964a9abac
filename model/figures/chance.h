/* SPDX-License-Identifier: MIT */
/*
 * Chance: what a perfect hash makes of entries that only come, each thrown into some chain at
 * random. Averages: a real map is a little above or below.
 */
#ifndef MODEL_FIGURES_CHANCE_H
#define MODEL_FIGURES_CHANCE_H

#include <stdint.h>

/* The probability that k of so many entries are in a certain one of so many chains. */
double chance_fill(uint64_t entries, uint64_t chains, unsigned k);

#endif
