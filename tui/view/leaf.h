/* SPDX-License-Identifier: MIT */
/* Which part of a key or elem a byte is, as Go would write it. */
#ifndef TUI_VIEW_LEAF_H
#define TUI_VIEW_LEAF_H

#include "model/base/text.h"
#include "model/go/gotype.h"

/* A part of a value that has no parts itself, and where in it a byte lies. */
struct leaf {
	const char *what;   /* "the length", .. ; NULL: a value of that type */
	const struct gotype *type; /* NULL: padding */
	uint64_t size, at;
};

/* Whether nothing is in these bytes. */
bool all_zero(const uint8_t *bytes, uint32_t size);

/* Which bits of its number a byte is: "bits 0 to 7 of ". */
void leaf_add_bits(struct text *out, const struct target *t, const struct leaf *leaf);

/* The part that byte `at` of a value belongs to: "bits 0 to 7 of the length of .Name". */
void leaf_add(struct text *out, const struct gotype *t, uint64_t at);

#endif
