/* SPDX-License-Identifier: MIT */
/*
 * Gates (model/figures/gate.h) held against the maps of a live program, or against the one map of
 * a session. A map that fails one is a line of text; so is one that a gate names and that nothing
 * leads to. A variable that is nil, or whose map has no memory, has figures of 0.
 */
#ifndef TUI_MAPS_GATES_H
#define TUI_MAPS_GATES_H

#include <stdio.h>

#include "model/figures/gate.h"
#include "model/live/census.h"
#include "model/session/session.h"

/*
 * Whether it holds for all that it means: their number is added to *met. When that is none, one
 * that names a map fails if it is asked to.
 */
bool gates_list(const struct gate *g, struct live *l, const struct census *c, bool needs_one,
	size_t *met, FILE *out);

/* The session's map, which has that name; NULL: none. */
bool gates_map(const struct gate *g, const struct session *s, const char *name, FILE *out);

#endif
