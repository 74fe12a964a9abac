/* SPDX-License-Identifier: MIT */
/* Types of Go's own library, and a few that many programs have, by release. */
#ifndef MODEL_GO_KNOWN_H
#define MODEL_GO_KNOWN_H

#include "model/go/declared.h"
#include "model/target/release.h"

/*
 * The declaration of package.name as that release has it; NULL when it is none of them. The
 * package is an import path or its last word.
 */
const struct declaration *known_find(const char *package, size_t plen, const char *name,
	size_t len, const struct release *release);

/* The i-th of the table, whatever the release; NULL past the last. */
const struct declaration *known_at(size_t i);

#endif
