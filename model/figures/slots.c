/* SPDX-License-Identifier: MIT */
#include "model/figures/slots.h"

#include "model/engines/engines.h"
#include "model/figures/figures.h"

/* Keys and elems lie in two runs, or in pairs. */
static uint64_t bytes_of_slot(const struct unit *u)
{
	return u->elems >= u->keys + SLOTS * u->key_step ? (uint64_t)u->key_step + u->elem_step :
		u->key_step;
}

struct slots slots_of_type(const struct maptype *t)
{
	struct pieces p = pieces_make(t, 0);
	struct slots s = { .key = t->key->size, .elem = t->elem->size,
		.slot = bytes_of_slot(&t->unit),
		.padding = p.slot_padding, .unit = t->unit.size,
		.full = figures_of_type(t)->each(t, 1),
		.typical = figures_of_type(t)->each(t, 0.75) };

	pieces_free(&p);
	return s;
}

bool slots_of(const char *type, const struct gotype_scope *scope, struct slots *s,
	struct error *err)
{
	struct maptype *t = maptype_new(type, scope, err);

	if (!t)
		return false;
	*s = slots_of_type(t);
	maptype_free(t);
	return true;
}

uint64_t grown_bytes(const struct maptype *t, uint64_t had, uint64_t entries)
{
	return figures_of_type(t)->grown(t, had, entries);
}
