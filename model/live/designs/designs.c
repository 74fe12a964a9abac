/* SPDX-License-Identifier: MIT */
/* How each design of the map lies in a program: the one place in model/live that knows them all. */
#include "model/live/classic/classic_live.h"
#include "model/live/swiss/swiss_live.h"

static const struct live_design *const designs[] = {
	[ENGINE_CLASSIC] = &classic_live,
	[ENGINE_SWISS] = &swiss_live,
};

const struct live_design *live_design(const struct release *r)
{
	return designs[r->engine];
}
