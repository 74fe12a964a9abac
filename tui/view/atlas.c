/* SPDX-License-Identifier: MIT */
/* A whole side as a map of heat: a bar is a unit, or as many of them as it takes. */
#include <inttypes.h>

#include "tui/canvas/glyph.h"
#include "tui/canvas/wrap.h"
#include "tui/view/design.h"
#include "tui/view/view.h"

/* Units that are looked at, of a cell and in all. */
enum { SAMPLES = 4, SAMPLES_MOST = 16384 };

/* So many of the units of one cell. */
static uint64_t samples_of(uint64_t cells, uint64_t per)
{
	uint64_t samples = per < SAMPLES ? per : SAMPLES;

	while (samples > 1 && samples * cells > SAMPLES_MOST)
		samples /= 2;
	return samples;
}

const char *atlas_metric_name(const struct look *l, enum heat_metric metric)
{
	static const char *const names[METRICS] = { "fill", NULL, "tombstones", "moved" };

	if (!names[metric])
		return look_design(l)->units->reach.name;
	return names[metric];
}

/* Bars come first. */
static bool has_legend(const struct pane *p)
{
	return p->h > ATLAS_LEGEND;
}

struct grid atlas_grid(const struct look *l, const struct pane *p, bool aside)
{
	return grid_of(l->units.all[aside], p->w, has_legend(p) ? p->h - ATLAS_LEGEND : p->h);
}

/* The lowest and the highest of the scale in words. */
static const char *const scales[METRICS][2] = {
	[METRIC_FILL] = { "no live cell", "8 or more" },
	[METRIC_CHAIN] = { NULL, "4 or more" },
	[METRIC_DEAD] = { "no tombstone", "8 or more" },
};

/* What of a bar is looked at, with its unit where that fits. */
static void add_samples(struct text *words, const struct pane *p, const char *how, uint64_t samples,
	const char *word)
{
	size_t figures;

	text_printf(words, ", %s of %" PRIu64, how, samples);
	figures = words->len;
	text_printf(words, " %s%s", word, samples == 1 ? "" : "s");
	if (text_width(p->canvas, words->s) > p->w)
		words->s[words->len = figures] = '\0';
}

/* What is measured, what a cell is, the scale, and the unit under the cursor; returns the row
   behind. */
static int put_legend(const struct look *l, const struct pane *p, bool aside, uint64_t per,
	uint64_t samples)
{
	const char *word = look_unit_word(l);
	struct text words = { 0 };
	int x = 0, y = p->h - ATLAS_LEGEND;

	text_printf(&words, "%s · a bar is %" PRIu64 " %s%s", atlas_metric_name(l, l->metric), per,
		word, per == 1 ? "" : "s");
	if (per > 1)
		add_samples(&words, p, heat_is_most(l->metric) ? "most" : "mean", samples, word);
	wrap_item(p, &x, &y, 2, ROLE_VALUE, text_str(&words));
	text_clear(&words);
	if (l->metric == METRIC_MOVED)
		text_printf(&words,
			units_both(&l->units) ? "· waits  █ %s" : "no growth is under way",
			aside ? "moved" : "arrived");
	else
		text_printf(&words, "· %s  ▁▄█ up to %s",
			scales[l->metric][0] ? scales[l->metric][0]
					     : look_design(l)->units->reach.none,
			scales[l->metric][1]);
	wrap_item(p, &x, &y, 2, ROLE_LEGEND, text_str(&words));
	text_clear(&words);
	if (l->cursor.array == aside && l->cursor.unit < l->units.all[aside] && !l->no_cursor &&
		l->metric != METRIC_MOVED)
		text_printf(&words, "%s %" PRIu64 ": %u", word, l->cursor.unit,
			heat_count(&l->units, l->cursor.array, l->cursor.unit, l->metric));
	if (words.len && (x + text_width(p->canvas, text_str(&words)) <= p->w || y + 1 < p->h))
		wrap_item(p, &x, &y, 2, ROLE_NOTE, text_str(&words));
	text_free(&words);
	return y + 1;
}

/* Eighths of a row. Where bars are higher than one, a full one does not touch the one above. */
static int bar_height(const struct grid *g, int heat)
{
	int most = 8 * g->h - (g->h > 1);

	return (heat * most + 7) / 8;
}

/* One line of a row of bars, which fill their cells from below; where there is no heat a dot is. */
static void put_line(const struct pane *p, const struct grid *g, int y, int line,
	const uint8_t *heats, int count)
{
	int w = grid_bar(g), above = 8 * (g->h - 1 - line);
	char32_t glyphs[SLOTS + 1];

	for (int heat = 0; heat <= SLOTS; heat++)
		glyphs[heat] = glyph_level(bar_height(g, heat) - above);
	for (int i = 0; i < count; i++) {
		enum role role = (enum role)(ROLE_HEAT_0 + (heats[i] + 1) / 2);
		int x = g->label + i * g->w;

		for (int end = x + w; heats[i] && x < end; x++)
			pane_put(p, x, y + line, role, glyphs[heats[i]]);
		if (!heats[i] && !above)
			pane_put(p, x + w / 2, y + line, role, U'·');
	}
}

/* Marks a unit's bar; with heats a full one becomes a shade. */
static void put_mark(const struct pane *p, const struct grid *g, uint64_t unit,
	enum cell_flag flag, const uint8_t *heats)
{
	uint64_t cell = unit / g->per;
	int x = g->label + (int)(cell % (uint64_t)g->across) * g->w;
	int y = (int)(cell / (uint64_t)g->across) * g->h;
	struct pane bar = pane_sub(p, x, y, grid_bar(g), g->h);

	if (cell >= g->cells)
		return;
	if (heats && heats[cell] == SLOTS)
		pane_fill(&bar, ROLE_HEAT_4, U'▓');
	pane_flag(&bar, 0, 0, bar.w, bar.h, flag);
}

static void put_grid(const struct pane *p, const struct grid *g, const uint8_t *heats)
{
	uint64_t across = (uint64_t)g->across;
	int y = 0;

	for (uint64_t cell = 0; cell < g->cells; cell += across, y += g->h) {
		uint64_t left = g->cells - cell;

		if (g->label)
			pane_printf(p, 0, y + g->h - 1, ROLE_INDEX, "%*" PRIu64, g->label - 1,
				cell * g->per);
		for (int line = 0; line < g->h; line++)
			put_line(p, g, y, line, heats + cell, (int)(left < across ? left : across));
	}
	if (!g->cells)
		pane_text(p, 0, 0, ROLE_NOTE, "none yet: the first insert allocates one");
}

/*
 * The cursor; on the other side what its unit's cells come from, or go to. Reversed, a full bar
 * would be as blank as an empty one: so it is a shade there.
 */
static void put_cursor(const struct look *l, const struct pane *p, const struct grid *g, bool aside)
{
	const struct units_growth *growth = &look_design(l)->units->growth;
	uint64_t found[2];
	unsigned n;

	if (l->cursor.array == aside) {
		put_mark(p, g, l->cursor.unit, CELL_CURSOR, l->atlas[aside].list);
		return;
	}
	n = growth->partners ? growth->partners(l, found) : 0;
	for (unsigned i = 0; i < n; i++)
		put_mark(p, g, found[i], CELL_LINKED, NULL);
}

int view_atlas(struct look *l, const struct pane *p, bool aside)
{
	struct grid g = atlas_grid(l, p, aside);
	struct heat_wish wish = { aside, l->metric, g.cells, samples_of(g.cells, g.per) };

	if (p->w <= 0 || p->h <= 0)
		return 0;
	put_grid(p, &g, g.cells ? heats_of(&l->atlas[aside], &l->units, &wish) : NULL);
	if (g.cells && !l->no_cursor)
		put_cursor(l, p, &g, aside);
	return has_legend(p) ? put_legend(l, p, aside, g.per, wish.samples) : p->h;
}
