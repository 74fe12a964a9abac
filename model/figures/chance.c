/* SPDX-License-Identifier: MIT */
#include "model/figures/chance.h"

#include <math.h>

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
