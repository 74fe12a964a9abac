/* SPDX-License-Identifier: MIT */
#include "model/session/stacked.h"

#include "model/map/engine.h"

/* The array that the map began with is there; a growth may be leading away from it. */
static bool first_in_use(const struct map *m)
{
	bool (*same_size)(const struct map *m) = m->type->engine->reading.same_size;
	uint64_t units = map_extent(m).units;

	return units == 1 || (units == 2 && map_moving(m) && !(same_size && same_size(m)));
}

bool session_stacked(const struct session *s, struct stacked *out)
{
	const struct map *m = &s->world.map;
	bool began;

	*out = (struct stacked){ .stays = m->header && map_on_stack(m, m->header) };
	if (!m->header || (s->source && !out->stays) || session_captured(s))
		return false;
	began = map_stacks_unit(s->world.hint) && map_extent(m).array != 0;
	out->unit = began && first_in_use(m);
	out->bytes = m->type->engine->layout.header(m->type) +
		(out->unit ? m->type->unit.size : 0);
	out->in_use = map_reached(m);
	out->allocated = map_allocated(m);
	if (out->stays)
		return true;
	out->in_use = account_less(out->in_use, map_stacked(m->type, out->unit));
	out->allocated = account_less(out->allocated, map_stacked(m->type, began));
	return true;
}
