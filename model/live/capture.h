/* SPDX-License-Identifier: MIT */
/*
 * A capture: one map of a live program as a world, at its real addresses, with all that its keys
 * and elems show: strings, slices, values in interfaces. Whole spans of the heap are copied while
 * the program is held, at a moment when nobody writes to the map; all else is done afterwards.
 *
 * The map can be looked at, not worked on: how its keys are hashed is not known. What lies outside
 * of the program's heap, such as constant strings, is put behind what was captured.
 */
#ifndef MODEL_LIVE_CAPTURE_H
#define MODEL_LIVE_CAPTURE_H

#include "model/live/live.h"
#include "model/time/world.h"

/* The map with that header, of that type. False with err filled; else end with capture_free(). */
bool capture_take(struct world *w, struct live *l, uint64_t head, uint64_t type,
	struct error *err);
void capture_free(struct world *w);

#endif
