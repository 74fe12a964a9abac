/* SPDX-License-Identifier: MIT */
/*
 * Lint: the map types of a program, with what an entry of each takes under a release, and what
 * another key or elem would change: padding in a slot, keys and elems about as large as those that
 * are stored apart.
 */
#ifndef MODEL_LIVE_LINT_H
#define MODEL_LIVE_LINT_H

#include "model/figures/slots.h"
#include "model/live/live.h"

struct lint_type {
	char *name;               /* as the program spells it; owned */
	bool laid_out;            /* what it costs is known: */
	struct slots slots;
	char *says;               /* owned; NULL: nothing to say */
};

struct lint {
	const struct release *release;
	struct lint_type *list;   /* those with something to say first, then the largest; owned */
	size_t count, cap;
};

/* NULL: under the program's own release. */
void lint_take(struct lint *lint, struct live *l, const struct release *release);
void lint_free(struct lint *lint);

#endif
