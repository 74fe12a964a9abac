/* SPDX-License-Identifier: MIT */
/* The whole array as a map of heat: a cell is a bucket, or as many of them as it takes. */
#include <inttypes.h>

#include "tui/glyph.h"
#include "tui/view.h"

/* What a bucket is measured by. */
static unsigned measure(const struct map *m, bool old, uint64_t bucket, enum atlas_metric metric)
{
	uint64_t first = map_bucket(m, old, bucket);
	unsigned live = 0, dead = 0, chain = 0, moved = 0;

	for (uint64_t a = first; a; a = map_overflow(m, a), chain++)
		for (unsigned i = 0; i < SLOTS; i++) {
			uint8_t top = map_at(m, a)[i];

			live += top >= MIN_TOPHASH;
			dead += top == EMPTY_ONE;
			moved += top > EMPTY_ONE && top < MIN_TOPHASH;
		}
	switch (metric) {
	case METRIC_FILL:
		return live > SLOTS ? SLOTS : live;
	case METRIC_CHAIN:
		return 2 * (chain - 1) > SLOTS ? SLOTS : 2 * (chain - 1);
	case METRIC_DEAD:
		return dead > SLOTS ? SLOTS : dead;
	case METRIC_MOVED:
		if (!old && map_growing(m)) {
			uint64_t from = bucket & ((1ull << map_old_B(m)) - 1);

			return map_evacuated(m, map_bucket(m, true, from)) ? SLOTS : 0;
		}
		return moved ? SLOTS : 0;
	case METRICS:
		break;
	}
	return 0;
}

const char *atlas_metric_name(enum atlas_metric metric)
{
	static const char *const names[METRICS] = { "fill", "chain length", "tombstones", "moved" };

	return names[metric];
}

uint64_t atlas_cells(const struct look *l, const struct pane *p, uint64_t *per_cell)
{
	uint64_t buckets = look_buckets(&l->session->map, l->cursor.old);
	uint64_t room = p->w > 0 && p->h > 1 ? (uint64_t)p->w * (uint64_t)(p->h - 1) : 1;

	*per_cell = 1;
	while (buckets / *per_cell > room)
		*per_cell *= 2;
	return buckets ? (buckets + *per_cell - 1) / *per_cell : 0;
}

enum { SAMPLES = 8 }; /* of the buckets of one cell: the cost is the screen's, not the map's */

void view_atlas(const struct look *l, const struct pane *p)
{
	const struct map *m = &l->session->map;
	uint64_t per, cells = atlas_cells(l, p, &per);

	if (p->w <= 0 || p->h <= 1)
		return;
	for (uint64_t i = 0; i < cells; i++) {
		uint64_t step = per > SAMPLES ? per / SAMPLES : 1, sum = 0, seen = 0;
		int x = (int)(i % (uint64_t)p->w), y = (int)(i / (uint64_t)p->w);
		bool here = !l->no_cursor && l->cursor.bucket / per == i;
		unsigned heat;

		for (uint64_t b = i * per; b < (i + 1) * per; b += step, seen++)
			sum += measure(m, l->cursor.old, b, l->metric);
		heat = (unsigned)((sum + seen / 2) / seen);
		/* Reversed, a full block would be as blank as an empty one. */
		pane_put(p, x, y, (enum role)(ROLE_HEAT_0 + (heat + 1) / 2),
			heat == 8 && here ? U'▓' : heat ? glyph_level((int)heat) : U'·');
		if (here)
			pane_flag(p, x, y, 1, 1, CELL_CURSOR);
	}
	pane_printf(p, 0, p->h - 1, ROLE_NOTE, "%s · a cell is %" PRIu64 " bucket%s%s",
		atlas_metric_name(l->metric), per, per == 1 ? "" : "s",
		per > SAMPLES ? ", 8 of them looked at" : "");
}
