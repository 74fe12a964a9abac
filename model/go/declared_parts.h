/* SPDX-License-Identifier: MIT */
/* Between the files that read declarations. */
#ifndef MODEL_GO_DECLARED_PARTS_H
#define MODEL_GO_DECLARED_PARTS_H

#include "model/go/declared.h"

/* Takes the strings of a declaration. Says whether that makes a difference. */
bool declared_put(struct declared *all, struct declaration d);

/* Behind the comment or quoted text at s; s itself when there is none. */
const char *declared_skip(const char *s, const char *end);

/* gotype_named.c: whether its text is a type, whatever the names in it stand for. */
bool declaration_check(const struct declaration *d, struct error *err);

#endif
