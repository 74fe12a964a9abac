/* SPDX-License-Identifier: MIT */
/*
 * The hashes of all keys of a map, to be kept where the keys are not: live ones, and those that are
 * stale. Written they are lines, one for each unit in their order, of a word for each slot: the
 * hash in hexadecimal digits, or "-" where there is none.
 */
#ifndef MODEL_FIGURES_HASHES_H
#define MODEL_FIGURES_HASHES_H

#include "model/base/text.h"
#include "model/map/map.h"
#include "model/map/told.h"

/* As the map hashes them. */
void hashes_take(struct told_hashes *t, const struct map *m);

/* Those that the map is told. */
void hashes_write(const struct map *m, struct text *out);

/* Of lines that were written of this map. False when a live key has none in them. */
bool hashes_read(struct told_hashes *t, const struct map *m, const char *lines);

#endif
