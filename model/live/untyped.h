/* SPDX-License-Identifier: MIT */
/*
 * What the walk begins with where no debugging information tells of variables: their symbols, and
 * what the memory itself says of types. A variable of one word leads to a map, or to an object that
 * begins with its type; one of two is an interface, when the first is a type; one of three a slice
 * of such words, or of elements whose type their array begins with. Of a larger one what type its
 * fields are nobody tells: a map that it leads to is called by the offset, "main.cfg+8".
 *
 * Objects that begin with their type, and interfaces among the variables, are walked from too:
 * without a name, for the types of the maps that they lead to.
 */
#ifndef MODEL_LIVE_UNTYPED_H
#define MODEL_LIVE_UNTYPED_H

#include "model/live/live.h"
#include "model/live/symbols.h"
#include "model/live/walk.h"

/* The maps are those of the table, by their headers, with the type or 0. Reads memory. */
void untyped_add(const struct symbols *s, struct walk *w, struct live *l, const struct table *maps);

#endif
