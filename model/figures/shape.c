/* SPDX-License-Identifier: MIT */
#include "model/figures/shape.h"

#include "model/figures/figures.h"

const struct shape_form *shape_form(const struct map *m)
{
	return figures_of(m)->shape;
}

void shape_take(const struct map *m, struct shape *s)
{
	*s = (struct shape){ 0 };
	if (m->header)
		figures_of(m)->shape->take(m, s);
}

