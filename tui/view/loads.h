/* SPDX-License-Identifier: MIT */
/*
 * Why 6.5: the table that stands above the runtime's map code, made anew by filling maps. For
 * each load: chains with overflow buckets, bytes on top of the entries, entries that a hit and a
 * miss look at.
 */
#ifndef TUI_VIEW_LOADS_H
#define TUI_VIEW_LOADS_H

#include <stdio.h>

#include "model/session/session.h"

/* For maps of the session's type, on its target. False when its keys do not suffice. */
bool loads_table(const struct session *s, FILE *out, struct error *err);

#endif
