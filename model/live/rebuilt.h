/* SPDX-License-Identifier: MIT */
/* What a new map of the same entries takes, made with a hint: arrays and headers. */
#ifndef MODEL_LIVE_REBUILT_H
#define MODEL_LIVE_REBUILT_H

#include "model/live/fit.h"

uint64_t rebuilt_bytes(const struct map_type *t, const struct executable *p, uint64_t entries);

/* Objects of keys and elems that are stored apart, so many of each. */
uint64_t apart_bytes(const struct map_type *t, const struct rtypes *r, uint64_t entries);

#endif
