/* SPDX-License-Identifier: MIT */
/* The designs of Go's map: the one place that knows them all. */
#ifndef MODEL_ENGINES_ENGINES_H
#define MODEL_ENGINES_ENGINES_H

#include "model/map/engine.h"

/* The design of a release's map. */
const struct engine *engine_of(const struct release *r);

/* Reads "map[K]V". NULL with err filled when it is no map type. Borrows target and release. */
struct maptype *maptype_new(const char *text, const struct gotype_scope *scope, struct error *err);

#endif
