/* SPDX-License-Identifier: MIT */
/*
 * What of note an operation did to a Swiss map's tables, told by the objects that it allocated
 * besides those of its key and elem: a group, or a table and its groups, and a directory.
 */
#include "model/figures/cell.h"
#include "model/figures/swiss/swiss_figures.h"
#include "model/map/swiss/reading.h"

enum { PAST_USED, PAST_DIRECTORY, PAST_OBJECTS };

void swiss_past(const struct map *m, uint64_t past[LIFE_PAST])
{
	past[PAST_USED] = swiss_get(m, SWISS_USED);
	past[PAST_DIRECTORY] = swiss_get(m, SWISS_DIR_LEN);
	past[PAST_OBJECTS] = m->heap->state.alloc_objects;
}

const char *swiss_grew(const struct map *m, const uint64_t was[LIFE_PAST],
	const uint64_t is[LIFE_PAST])
{
	uint64_t objects = is[PAST_OBJECTS] - was[PAST_OBJECTS];
	bool doubled = is[PAST_DIRECTORY] != was[PAST_DIRECTORY];

	if (is[PAST_USED] > was[PAST_USED])
		objects -= (is[PAST_USED] - was[PAST_USED]) * cell_apart_objects(m->type);
	if (doubled && was[PAST_DIRECTORY] == 0)
		return "the group becomes a table";
	if (doubled)
		return "a table splits, the directory doubles";
	if (objects >= 4)
		return "a table splits";
	return objects >= 2 ? "a table grows" : NULL;
}
