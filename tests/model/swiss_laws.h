/* SPDX-License-Identifier: MIT */
/* The laws of a Swiss map between two operations, read off its memory. */
#ifndef TESTS_MODEL_SWISS_LAWS_H
#define TESTS_MODEL_SWISS_LAWS_H

#include "model/map/map.h"

/* Whether they hold; says on standard error which one does not. Slow: hashes every key. */
bool swiss_sound(const struct map *m);

#endif
