/* SPDX-License-Identifier: MIT */
/*
 * The variables of packages as symbols tell of them: where they lie and how many bytes they have,
 * not of which type they are. For programs without debugging information that are not stripped.
 */
#ifndef MODEL_LIVE_SYMBOLS_H
#define MODEL_LIVE_SYMBOLS_H

#include "model/live/executable.h"
#include "model/live/module.h"

struct symbol {
	uint64_t addr, size;
	const char *name;         /* the file's */
};

struct symbols {
	struct symbol *list;      /* by address; owned */
	size_t count, cap;
};

/* Those that the module's data have. */
void symbols_find(struct symbols *all, const struct executable *p, const struct module *m);
void symbols_free(struct symbols *all);

/* The one that holds addr, or NULL. */
const struct symbol *symbols_at(const struct symbols *all, uint64_t addr);

#endif
