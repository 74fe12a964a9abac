/* SPDX-License-Identifier: MIT */
#include "model/live/aimed.h"

#include "model/live/variables.h"

enum {
	TRIES = 4,      /* a map that is written may look like none for a moment */
	WALK_MS = 250,
};

static bool walk_to(struct live *l, const struct variables *v, const char *name, uint64_t *head,
	uint64_t *type)
{
	struct walk *w = walk_new(&l->view);
	bool found;

	walk_aim(w, name);
	variables_add(v, w, &l->view);
	walk_run(w, WALK_MS);
	found = walk_named(w, name, head, type);
	walk_free(w);
	return found;
}

bool aimed_find(struct live *l, const char *name, uint64_t *head, uint64_t *type)
{
	struct variables v;
	struct error unused;
	bool found = false;

	variables_find(&v, &l->program, &l->module, name);
	for (unsigned i = 0; i < TRIES && v.count && !found; i++)
		found = live_peek(l, &unused) && walk_to(l, &v, name, head, type);
	variables_free(&v);
	return found;
}
