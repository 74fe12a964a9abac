/* SPDX-License-Identifier: MIT */
/* What is counted of each design of the map: the one place in model/figures that knows them all. */
#include "model/figures/classic/classic_figures.h"
#include "model/figures/swiss/swiss_figures.h"

static const struct figures *const designs[] = {
	[ENGINE_CLASSIC] = &classic_figures,
	[ENGINE_SWISS] = &swiss_figures,
};

const struct figures *figures_of(const struct map *m)
{
	return figures_of_type(m->type);
}

const struct figures *figures_of_type(const struct maptype *t)
{
	return designs[t->release->engine];
}
