/* SPDX-License-Identifier: MIT */
#include "tui/cli/demo.h"

#include <stdio.h>
#include <string.h>

#include "model/map/engine.h"

/*
 * For the type that is looked at most, elems that say where they belong, until the map has to grow,
 * where it stops. Where that takes many operations two keys go before, and new ones come on their
 * tombstones; a Swiss map grows within one insert: before the last key one goes from a
 * full group and leaves a tombstone.
 */
static bool run_strings(struct session *s, bool in_parts, struct error *err)
{
	char line[64];

	for (int i = 0; i < 29; i++) {
		if (in_parts && i == 26 &&
			(!session_run(s, "delete 9", err).ok ||
				!session_run(s, "delete 17", err).ok))
			return false;
		if (!in_parts && i == 28 && !session_run(s, "delete 7", err).ok)
			return false;
		snprintf(line, sizeof line, "insert %d \"v%d\"", i, i);
		if (!session_run(s, line, err).ok)
			return false;
	}
	return true;
}

bool demo_begin(struct session *s)
{
	size_t all, step = session_step(s, &all);

	(void)step;
	if (s->world.map.type->engine->layout.grows_in_parts || all == 0)
		return false;
	session_goto_step(s, all / 2 > 0 ? all / 2 : 1);
	return true;
}

bool demo_run(struct session *s, struct error *err)
{
	uint64_t variety = value_variety(s->world.map.type->key);
	char line[64];

	if (strcmp(s->world.map.type->type->name, "map[int]string") == 0)
		return run_strings(s, s->world.map.type->engine->layout.grows_in_parts, err);
	if (variety > 29)
		variety = 29;
	snprintf(line, sizeof line, "fill %u", (unsigned)variety);
	return session_run(s, line, err).ok;
}
