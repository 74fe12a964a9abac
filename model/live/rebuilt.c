/* SPDX-License-Identifier: MIT */
#include "model/live/rebuilt.h"

#include "model/live/design.h"

uint64_t rebuilt_bytes(const struct map_type *t, const struct executable *p, uint64_t entries)
{
	return live_design(p->release)->rebuilt(t, p, entries);
}

uint64_t apart_bytes(const struct map_type *t, const struct rtypes *r, uint64_t entries)
{
	struct rtype type;
	uint64_t bytes = 0;

	if (t->map.indirect_key && rtype_read(r, t->type.key, &type))
		bytes += entries * live_taken(r->program, type.size, type.pointers != 0);
	if (t->map.indirect_elem && rtype_read(r, t->type.elem, &type))
		bytes += entries * live_taken(r->program, type.size, type.pointers != 0);
	return bytes;
}
