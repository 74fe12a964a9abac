/* SPDX-License-Identifier: MIT */
/* Places in words. */
#include <inttypes.h>

#include "tui/view/design.h"

/* Which array of its side holds a unit; false where a side has but one, or no such unit. */
static bool array_of(const struct units *u, const struct place *at, uint64_t *array, uint64_t *unit)
{
	size_t first = at->array ? u->main : 0, count = at->array ? u->count - u->main : u->main;
	const struct unit_array *a = units_array(u, at->array, at->unit);

	*unit = at->unit;
	if (!a || count < 2)
		return false;
	*array = (uint64_t)(a - u->list) - first;
	*unit = at->unit - a->first;
	return true;
}

void place_words(const struct units *u, const struct place *at, struct text *out)
{
	const struct engine *e = u->map->type->engine;
	uint64_t array, unit;

	if (at->array)
		text_printf(out, "%s ", design_of(u->map)->units->side(u, true));
	if (array_of(u, at, &array, &unit))
		text_printf(out, "table %" PRIu64 ", ", array);
	text_printf(out, "%s %" PRIu64, e->words.unit, unit);
}

void place_literal(const struct units *u, const struct place *at, struct text *out)
{
	uint64_t array, unit;

	text_printf(out, "%s@", at->array ? design_of(u->map)->units->words.aside : "");
	if (array_of(u, at, &array, &unit))
		text_printf(out, "%" PRIu64 ":", array);
	text_printf(out, "%" PRIu64, unit);
	if (at->link)
		text_printf(out, "+%u", at->link);
}

void slot_add_value(const struct map *m, uint64_t addr, unsigned slot, bool elem, size_t most,
	struct text *out)
{
	value_format(m->heap, elem ? m->type->elem : m->type->key,
		elem ? map_elem(m, addr, slot) : map_key(m, addr, slot), out, most);
}
