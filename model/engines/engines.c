/* SPDX-License-Identifier: MIT */
#include "model/engines/engines.h"

#include "model/map/classic/classic.h"
#include "model/map/swiss/swiss.h"

static const struct engine *const engines[] = {
	[ENGINE_CLASSIC] = &classic_engine,
	[ENGINE_SWISS] = &swiss_engine,
};

const struct engine *engine_of(const struct release *r)
{
	return engines[r->engine];
}

struct maptype *maptype_new(const char *text, const struct gotype_scope *scope, struct error *err)
{
	return maptype_make(text, scope, engine_of(scope->release), err);
}
