/* SPDX-License-Identifier: MIT */
#include "model/figures/chance.h"

#include <math.h>

#include "model/map/classic/layout.h"

enum { FILL_MOST = 80 }; /* where loads are below 8, more entries in a chain do not matter */

double chance_fill(uint64_t entries, uint64_t chains, unsigned k)
{
	double n = (double)entries, p;

	if (k > entries)
		return 0;
	if (chains <= 1)
		return k == entries;
	p = 1 / (double)chains;
	return exp(lgamma(n + 1) - lgamma(k + 1.0) - lgamma(n - k + 1) + k * log(p) +
		(n - k) * log1p(-p));
}

double chance_overflow(uint64_t entries, uint64_t chains)
{
	double sum = 0;

	if (entries == 0 || chains == 0)
		return 0;
	if (chains == 1)
		return (double)((entries - 1) / SLOTS);
	for (unsigned k = SLOTS + 1; k <= FILL_MOST; k++)
		sum += chance_fill(entries, chains, k) * ((k - 1) / SLOTS);
	return sum * (double)chains;
}
