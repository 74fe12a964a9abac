/* SPDX-License-Identifier: MIT */
/*
 * A table of map types for documents: bucket size, padding, bytes for each entry on 64 and on 32
 * bit. Pasteable as markdown, readable as text.
 */
#ifndef TUI_VIEW_TYPES_H
#define TUI_VIEW_TYPES_H

#include <stdio.h>

#include "model/session/session.h"

/* What is told of a type on a target. */
struct type_row {
	const char *target;
	uint32_t keysize, elemsize, bucketsize;
	uint64_t padding;      /* inside the key and the elem of one slot */
	double full, typical;  /* about so many bytes for each entry */
};

enum { TYPE_TARGETS = 2 };

/* The i-th type, the session's own first; NULL past the last. Its row; false where it has none. */
const char *types_name(const struct session *s, unsigned i);
bool types_row(const struct session *s, const char *name, unsigned target, struct type_row *row);

/* The session's own type first, then types that one meets; under its Go release. */
void types_table(const struct session *s, FILE *out);

#endif
