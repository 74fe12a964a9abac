/* SPDX-License-Identifier: MIT */
/*
 * A table of map types for documents: bucket size, padding, bytes for each entry on 64 and on 32
 * bit. Pasteable as markdown, readable as text.
 */
#ifndef TUI_TYPES_H
#define TUI_TYPES_H

#include <stdio.h>

#include "model/session.h"

/* The session's own type first, then types that one meets; under its Go release. */
void types_table(const struct session *s, FILE *out);

#endif
