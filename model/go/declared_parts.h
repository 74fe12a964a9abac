/* SPDX-License-Identifier: MIT */
/* Between the files that read declarations. */
#ifndef MODEL_GO_DECLARED_PARTS_H
#define MODEL_GO_DECLARED_PARTS_H

#include "model/go/declared.h"

/* Where an item of a list ends. */
const char *declared_item(const char *s, const char *end);

/* Of its strings. */
void declaration_free(struct declaration *d);

/* Takes the strings of a declaration. Says whether that makes a difference. */
bool declared_put(struct declared *all, struct declaration d);

/* gotype_named.c: whether its text is a type, whatever the names in it stand for. */
bool declaration_check(const struct declaration *d, struct error *err);

#endif
