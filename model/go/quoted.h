/* SPDX-License-Identifier: MIT */
/* Go's quoted literals: "text", `text as it is`, 'c'. */
#ifndef MODEL_GO_QUOTED_H
#define MODEL_GO_QUOTED_H

#include "model/base/error.h"
#include "model/base/text.h"
#include "model/base/utf8.h"

/*
 * Reads the literal whose quote is at *at, and moves *at behind it. Adds its bytes to out, escapes
 * taken apart: any, a NUL too; for 'c' it does not ask how many there are. Errors begin with
 * what, such as "key".
 */
bool quoted_read(const char **at, struct text *out, const char *what, struct error *err);

/* The one character that was read between ' and '; a byte that is none stands for itself. */
bool quoted_character(const struct text *s, char32_t *c);

#endif
