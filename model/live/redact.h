/* SPDX-License-Identifier: MIT */
/*
 * What a captured map holds, made unreadable: keys, elems and what they point to become others of
 * the same type and length, equal ones equal ones, those that differ others that differ; what is
 * stale too. Which bytes stand for which depends on a number that nobody keeps. Structure, counts
 * and sizes stay; how the keys were hashed is known no more.
 */
#ifndef MODEL_LIVE_REDACT_H
#define MODEL_LIVE_REDACT_H

#include "model/map/map.h"

void redact_map(struct map *m, uint64_t secret);

#endif
