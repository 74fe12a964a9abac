/* SPDX-License-Identifier: MIT */
/*
 * The package variables of a program, by its debugging information: what the walk begins with.
 * Traps: Go writes places as plain blocks (DW_FORM_block1); the runtime type of a DWARF type is an
 * offset from the beginning of the types; types that never become a descriptor have none, and are
 * taken apart here until their parts have one.
 */
#ifndef MODEL_LIVE_VARIABLES_H
#define MODEL_LIVE_VARIABLES_H

#include <elfutils/libdw.h>

#include "model/live/walk.h"

struct variable;

struct variables {
	struct variable *list;   /* owned */
	size_t count, cap;
};

/*
 * All package variables, or those that a selector begins with; of a program without debugging
 * information none. Reads no memory.
 */
void variables_find(struct variables *v, const struct executable *p, const struct module *m,
	const char *selector);
/* One more, of that type at that address; the name is borrowed. */
void variables_put(struct variables *v, const struct module *m, const char *name, uint64_t addr,
	const Dwarf_Die *type);
/* The one that holds addr, by its name; NULL when there is none. */
const char *variables_at(const struct variables *v, const struct module *m,
	const struct heap_view *h, uint64_t addr);
void variables_free(struct variables *v);

/* Makes them roots of the walk. */
void variables_add(const struct variables *v, struct walk *w, struct heap_view *h);

#endif
