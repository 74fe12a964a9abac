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
		figures_of(m)->take_shape(m, s);
}

static void combine(struct shape *s, const struct shape *part, uint64_t sign)
{
	uint64_t *to = (uint64_t *)s;
	const uint64_t *from = (const uint64_t *)part;

	_Static_assert(sizeof *s % sizeof *to == 0, "numbers only");
	for (size_t i = 0; i < sizeof *s / sizeof *to; i++)
		to[i] += sign * from[i];
}

void shape_add(struct shape *s, const struct shape *part)
{
	combine(s, part, 1);
}

void shape_subtract(struct shape *s, const struct shape *part)
{
	combine(s, part, UINT64_MAX);
}
