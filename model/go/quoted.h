/* SPDX-License-Identifier: MIT */
/* Go's quoted literals: "text", `text as it is`, 'c'. */
#ifndef MODEL_GO_QUOTED_H
#define MODEL_GO_QUOTED_H

#include "model/base/error.h"
#include "model/base/text.h"

/*
 * Reads the literal whose quote is at *at, and moves *at behind it. Adds its bytes to out, escapes
 * taken apart: any, a NUL too; for 'c' it does not ask how many there are. Errors begin with
 * what, such as "key".
 */
bool quoted_read(const char **at, struct text *out, const char *what, struct error *err);

#endif
