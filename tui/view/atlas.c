/* SPDX-License-Identifier: MIT */
/* The whole array as a map of heat: a cell is a bucket, or as many of them as it takes. */
#include <inttypes.h>

#include "tui/canvas/glyph.h"
#include "tui/canvas/wrap.h"
#include "tui/view/view.h"

/* Buckets that are looked at, of a cell and in all: the cost is the screen's, not the map's. */
enum { SAMPLES = 4, SAMPLES_MOST = 16384 };

/* So many of the buckets of one cell. */
static uint64_t samples_of(uint64_t cells, uint64_t per)
{
	uint64_t samples = per < SAMPLES ? per : SAMPLES;

	while (samples > 1 && samples * cells > SAMPLES_MOST)
		samples /= 2;
	return samples;
}

/* What a bucket is measured by: live cells, overflow buckets, tombstones; of a moved one 1. */
static unsigned count(const struct map *m, bool old, uint64_t bucket, enum atlas_metric metric)
{
	uint64_t first = map_bucket(m, old, bucket), from;
	unsigned live = 0, dead = 0, chain = 0;

	for (uint64_t a = first; a; a = map_overflow(m, a), chain++)
		for (unsigned i = 0; i < SLOTS; i++) {
			live += map_at(m, a)[i] >= MIN_TOPHASH;
			dead += map_at(m, a)[i] == EMPTY_ONE;
		}
	switch (metric) {
	case METRIC_FILL:
		return live;
	case METRIC_CHAIN:
		return chain - 1;
	case METRIC_DEAD:
		return dead;
	default:
		break;
	}
	if (!map_growing(m))
		return 0;
	from = old ? bucket : bucket & ((1ull << map_old_B(m)) - 1);
	return map_evacuated(m, map_bucket(m, true, from));
}

/* The same as one of the eight steps of the scale. */
static unsigned measure(const struct map *m, bool old, uint64_t bucket, enum atlas_metric metric)
{
	static const unsigned steps[METRICS] = { [METRIC_FILL] = 1, [METRIC_CHAIN] = 2,
		[METRIC_DEAD] = 1, [METRIC_MOVED] = SLOTS };
	unsigned n = count(m, old, bucket, metric);

	return n > SLOTS / steps[metric] ? SLOTS : n * steps[metric];
}

const char *atlas_metric_name(enum atlas_metric metric)
{
	static const char *const names[METRICS] = { "fill", "chain length", "tombstones", "moved" };

	return names[metric];
}

uint64_t atlas_cells(const struct look *l, const struct pane *p, uint64_t *per_cell)
{
	uint64_t buckets = look_buckets(&l->session->map, l->cursor.old);
	uint64_t room = p->w > 0 && p->h > ATLAS_LEGEND
		? (uint64_t)p->w * (uint64_t)(p->h - ATLAS_LEGEND) : 1;

	*per_cell = 1;
	while (buckets / *per_cell > room)
		*per_cell *= 2;
	return buckets ? (buckets + *per_cell - 1) / *per_cell : 0;
}

/* The lowest and the highest of the scale in words. */
static const char *const scales[METRICS][2] = {
	[METRIC_FILL] = { "no live cell", "8 or more" },
	[METRIC_CHAIN] = { "no overflow bucket", "4 or more" },
	[METRIC_DEAD] = { "no tombstone", "8 or more" },
};

/* What is measured, what a cell is, the scale, and the bucket under the cursor; returns the row
   behind. */
static int put_legend(const struct look *l, const struct pane *p, uint64_t per, uint64_t samples)
{
	const struct map *m = &l->session->map;
	struct text words = { 0 };
	int x = 0, y = p->h - ATLAS_LEGEND;

	text_printf(&words, "%s · a cell is %" PRIu64 " bucket%s", atlas_metric_name(l->metric), per,
		per == 1 ? "" : "s");
	if (per > samples)
		text_printf(&words, ", by %" PRIu64 " of them", samples);
	wrap_item(p, &x, &y, 2, ROLE_VALUE, text_str(&words));
	text_clear(&words);
	if (l->metric == METRIC_MOVED)
		text_add(&words, map_growing(m) ? "· waits  █ moved" : "no growth is under way");
	else
		text_printf(&words, "· %s  ▁▄█ up to %s", scales[l->metric][0], scales[l->metric][1]);
	wrap_item(p, &x, &y, 2, ROLE_LEGEND, text_str(&words));
	text_clear(&words);
	if (l->cursor.addr && !l->no_cursor && l->metric != METRIC_MOVED)
		text_printf(&words, "bucket %" PRIu64 ": %u", l->cursor.bucket,
			count(m, l->cursor.old, l->cursor.bucket, l->metric));
	if (words.len && (x + text_width(p->canvas, text_str(&words)) <= p->w || y + 1 < p->h))
		wrap_item(p, &x, &y, 2, ROLE_NOTE, text_str(&words));
	text_free(&words);
	return y + 1;
}

static void measure_all(struct look *l, uint64_t cells, uint64_t per, uint64_t samples)
{
	const struct map *m = &l->session->map;

	for (uint64_t i = 0; i < cells; i++) {
		uint64_t sum = 0;

		for (uint64_t b = i * per; b < (i + 1) * per; b += per / samples)
			sum += measure(m, l->cursor.old, b, l->metric);
		l->atlas.list[i] = (uint8_t)((sum + samples / 2) / samples);
	}
}

int view_atlas(struct look *l, const struct pane *p)
{
	uint64_t per, cells = atlas_cells(l, p, &per), samples = samples_of(cells, per);
	uint64_t cursor = l->no_cursor ? UINT64_MAX : l->cursor.bucket / per;

	if (p->w <= 0 || p->h <= ATLAS_LEGEND)
		return 0;
	if (!heats_kept(&l->atlas, &l->session->journal, 2 * l->metric + l->cursor.old, cells))
		measure_all(l, cells, per, samples);
	for (uint64_t i = 0; i < cells; i++) {
		int x = (int)(i % (uint64_t)p->w), y = (int)(i / (uint64_t)p->w);
		bool here = i == cursor;
		unsigned heat = l->atlas.list[i];

		/* Reversed, a full block would be as blank as an empty one. */
		pane_put(p, x, y, (enum role)(ROLE_HEAT_0 + (heat + 1) / 2),
			heat == 8 && here ? U'▓' : heat ? glyph_level((int)heat) : U'·');
		if (here)
			pane_flag(p, x, y, 1, 1, CELL_CURSOR);
	}
	return put_legend(l, p, per, samples);
}
