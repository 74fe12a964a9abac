/* SPDX-License-Identifier: MIT */
#include "model/session/growths.h"

#include <stdlib.h>

#include "model/base/mem.h"
#include "model/map/unit.h"
#include "model/session/beside.h"

enum { ENTRIES = 1990 }; /* enough for them, in either design */

struct growing {
	struct growth_row *rows;
	unsigned count;
	struct extent extent;
};

static void look(struct session *s, const char *verb, const uint8_t *key, void *data)
{
	struct growing *g = data;
	const struct map *m = &s->world.map;
	struct extent now;

	(void)verb;
	(void)key;
	if (!m->header || map_count(m) == 0)
		return;
	now = map_extent(m);
	/* The end of a growth changes nothing in the extent, but what is in use. */
	if (g->count && now.units == g->extent.units) {
		g->rows[g->count - 1].bytes = map_moving(m) ? 0
			: g->rows[g->count - 1].bytes ? g->rows[g->count - 1].bytes
			: map_reached(m).bytes;
		return;
	}
	g->extent = now;
	if (g->count == GROWTHS_SHOWN)
		return;
	g->rows[g->count++] = (struct growth_row){ map_count(m), now.units * SLOTS,
		map_moving(m) ? 0 : map_reached(m).bytes };
}

bool session_growths(const struct session *s, struct growth_row rows[GROWTHS_SHOWN],
	unsigned *count, struct error *err)
{
	struct entry fill = { .text = xasprintf("fill %d", ENTRIES), .steps = ENTRIES };
	struct course course = { .list = &fill, .count = 1 };
	struct growing g = { .rows = rows };
	struct session beside;
	bool ok = beside_open(s, s->given.release, false, &beside, err);

	if (ok) {
		beside.hooks.watch = look;
		beside.hooks.watch_data = &g;
		ok = beside_run(&beside, &course, err);
		session_close(&beside);
	}
	free(fill.text);
	*count = g.count;
	return ok;
}
