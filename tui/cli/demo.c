/* SPDX-License-Identifier: MIT */
#include "tui/cli/demo.h"

#include <stdio.h>
#include <string.h>

/*
 * For the type that is looked at most, elems that say where they belong: keys come, two go and
 * leave tombstones, new ones come until the map has to grow, and it stops while it does.
 */
static bool run_strings(struct session *s, struct error *err)
{
	char line[64];

	for (int i = 0; i < 29; i++) {
		if (i == 26 &&
			(!session_run(s, "delete 9", err).ok || !session_run(s, "delete 17", err).ok))
			return false;
		snprintf(line, sizeof line, "insert %d \"v%d\"", i, i);
		if (!session_run(s, line, err).ok)
			return false;
	}
	return true;
}

bool demo_run(struct session *s, struct error *err)
{
	uint64_t variety = value_variety(s->world.map.type->key);
	char line[64];

	if (strcmp(s->world.map.type->type->name, "map[int]string") == 0)
		return run_strings(s, err);
	if (variety > 29)
		variety = 29;
	snprintf(line, sizeof line, "fill %u", (unsigned)variety);
	return session_run(s, line, err).ok;
}
