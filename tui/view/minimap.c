/* SPDX-License-Identifier: MIT */
/* The whole array in one line, and the legend. */
#include "model/map/classic/layout.h"
#include "model/map/classic/reading.h"
#include "tui/canvas/glyph.h"
#include "tui/view/mark.h"
#include "tui/view/view.h"

enum { SAMPLES = 4 }; /* of the buckets that share a cell */

/* The bucket behind the last one in sight in the rows; the first one when they are not drawn. */
static uint64_t sight_end(const struct look *l)
{
	const struct map *m = &l->session->world.map;
	bool old = l->cursor.array;
	uint64_t b = old ? l->old_top : l->top, buckets = look_buckets(m, old);
	int rows = l->bottom[old] + l->skip;

	for (; b < buckets && rows > 0; b++)
		for (uint64_t a = map_bucket(m, old, b); a && rows > 0; a = map_overflow(m, a))
			rows--;
	return b;
}

/* While growing it says which array it shows; columns that takes. */
static int label_width(const struct look *l)
{
	return map_growing(&l->session->world.map) ? 4 : 0;
}

static uint64_t cells_of(const struct look *l, const struct pane *p)
{
	uint64_t buckets = look_buckets(&l->session->world.map, l->cursor.array);
	int room = p->w - label_width(l);

	return room <= 0 ? 0 : buckets < (uint64_t)room ? buckets : (uint64_t)room;
}

int minimap_width(const struct look *l, const struct pane *p)
{
	return label_width(l) + (int)cells_of(l, p);
}

void view_minimap(struct look *l, const struct pane *p)
{
	const struct map *m = &l->session->world.map;
	bool old = l->cursor.array;
	uint64_t buckets = look_buckets(m, old), cells = cells_of(l, p), end = sight_end(l);
	uint64_t top = old ? l->old_top : l->top;
	struct heat_wish wish = { old, METRIC_FILL, cells, SAMPLES };
	const uint8_t *heats = cells ? heats_of(&l->minimap, m, &wish) : NULL;

	if (label_width(l))
		pane_text(p, 0, 0, ROLE_NOTE, old ? "old" : "new");
	for (uint64_t i = 0; i < cells; i++) {
		uint64_t from = buckets * i / cells, to = buckets * (i + 1) / cells;
		int x = label_width(l) + (int)i;
		unsigned fill = heats[i];

		pane_put(p, x, 0, (enum role)(ROLE_HEAT_0 + (fill + 1) / 2),
			fill ? glyph_level((int)fill) : U'·');
		if (!l->no_cursor && end > from && top < to)
			pane_flag(p, x, 0, 1, 1, CELL_LINKED);
		if (!l->no_cursor && l->cursor.unit >= from && l->cursor.unit < to)
			pane_flag(p, x, 0, 1, 1, CELL_CURSOR);
	}
}

uint64_t minimap_bucket(const struct look *l, const struct pane *p, int x)
{
	uint64_t buckets = look_buckets(&l->session->world.map, l->cursor.array), cells = cells_of(l,
		p);

	x -= label_width(l);
	if (cells == 0 || x < 0)
		return 0;
	return (uint64_t)x < cells ? buckets * (uint64_t)x / cells : buckets - 1;
}

unsigned view_marks_seen(const struct map *m, bool old, uint64_t top, int rows)
{
	uint64_t buckets = look_buckets(m, old);
	unsigned seen = 0, all = (1u << MARKS) - 1;

	for (uint64_t b = top; b < buckets && rows > 0 && seen != all; b++)
		for (uint64_t a = map_bucket(m, old, b); a && rows > 0; a = map_overflow(m, a), rows--)
			for (unsigned i = 0; i < SLOTS; i++)
				seen |= 1u << mark_of(map_at(m, a)[i]);
	return seen;
}

int view_legend(const struct pane *p, unsigned seen, bool arrivals)
{
	int y = 0;

	for (int i = 0; i < MARKS; i++) {
		if (!(seen & 1u << i))
			continue;
		pane_text(p, 0, y, marks[i].role, marks[i].glyph ? marks[i].glyph : "5b");
		pane_put(p, 3, y, marks[i].role, marks[i].bar);
		pane_textn(p, 6, y, p->w - 6, ROLE_LEGEND, marks[i].name);
		y++;
	}
	if (arrivals) {
		pane_text(p, 0, y, ROLE_PROBE, " 1.");
		pane_textn(p, 6, y++, p->w - 6, ROLE_LEGEND, "the entry that came as number 1 of the range");
	}
	return y;
}

void view_marks(const struct pane *p, bool arrivals)
{
	for (int i = 0; i < MARKS; i++) {
		pane_text(p, 0, i, marks[i].role, marks[i].glyph ? marks[i].glyph : "5b");
		pane_put(p, 3, i, marks[i].role, marks[i].bar);
		pane_textn(p, 6, i, p->w - 6, ROLE_LEGEND, marks[i].briefest);
	}
	pane_text(p, 0, MARKS, ROLE_OVERFLOW, "└▸");
	pane_textn(p, 6, MARKS, p->w - 6, ROLE_LEGEND, "overflow bucket");
	if (arrivals) {
		pane_text(p, 0, MARKS + 1, ROLE_PROBE, " 1.");
		pane_textn(p, 6, MARKS + 1, p->w - 6, ROLE_LEGEND, "came first in the range");
	}
}
