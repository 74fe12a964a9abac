/* SPDX-License-Identifier: MIT */
/* How each design of the map is shown: the one place in tui that knows them all. */
#include "tui/view/classic/classic_design.h"
#include "tui/view/swiss/swiss_design.h"

static const struct design *const designs[] = {
	[ENGINE_CLASSIC] = &classic_design,
	[ENGINE_SWISS] = &swiss_design,
};

const struct design *design_of(const struct map *m)
{
	return designs[m->type->release->engine];
}

const struct design *design_at(unsigned i)
{
	return i < sizeof designs / sizeof *designs ? designs[i] : NULL;
}
