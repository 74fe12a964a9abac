/* SPDX-License-Identifier: MIT */
/* A whole side in one line, and the legend. */
#include <string.h>

#include "tui/canvas/glyph.h"
#include "tui/view/design.h"
#include "tui/view/view.h"

enum {
	SAMPLES = 4,    /* of the units that share a cell */
	SIDE_LABEL = 4, /* columns of "old" and a blank */
};

/* The unit behind the last one in sight in the rows; the first one when they are not drawn. */
static uint64_t sight_end(const struct look *l)
{
	bool aside = l->cursor.array;

	return view_rows_end(l, aside, l->top[aside], l->bottom[aside] + l->skip);
}

/* With two of them it says which side it shows; columns that takes. */
static int label_width(const struct look *l)
{
	return units_both(&l->units) ? SIDE_LABEL : 0;
}

static uint64_t cells_of(const struct look *l, const struct pane *p)
{
	uint64_t units = l->units.all[l->cursor.array];
	int room = p->w - label_width(l);

	return room <= 0 ? 0 : units < (uint64_t)room ? units : (uint64_t)room;
}

int minimap_width(const struct look *l, const struct pane *p)
{
	return label_width(l) + (int)cells_of(l, p);
}

void view_minimap(struct look *l, const struct pane *p)
{
	bool aside = l->cursor.array;
	uint64_t units = l->units.all[aside], cells = cells_of(l, p), end = sight_end(l);
	struct heat_wish wish = { aside, METRIC_FILL, cells, SAMPLES };
	const uint8_t *heats = cells ? heats_of(&l->minimap, &l->units, &wish) : NULL;

	if (label_width(l))
		pane_text(p, 0, 0, ROLE_NOTE, look_design(l)->units->side(&l->units, aside));
	for (uint64_t i = 0; i < cells; i++) {
		uint64_t from = units * i / cells, to = units * (i + 1) / cells;
		int x = label_width(l) + (int)i;
		unsigned fill = heats[i];

		pane_put(p, x, 0, (enum role)(ROLE_HEAT_0 + (fill + 1) / 2),
			fill ? glyph_level((int)fill) : U'·');
		if (!l->no_cursor && end > from && l->top[aside] < to)
			pane_flag(p, x, 0, 1, 1, CELL_LINKED);
		if (!l->no_cursor && l->cursor.unit >= from && l->cursor.unit < to)
			pane_flag(p, x, 0, 1, 1, CELL_CURSOR);
	}
}

uint64_t minimap_unit(const struct look *l, const struct pane *p, int x)
{
	uint64_t units = l->units.all[l->cursor.array], cells = cells_of(l, p);

	x -= label_width(l);
	if (cells == 0 || x < 0)
		return 0;
	return (uint64_t)x < cells ? units * (uint64_t)x / cells : units - 1;
}

unsigned view_marks_seen(const struct units *u, bool aside, uint64_t top, int rows)
{
	const struct marks *marks = design_of(u->map)->units->marks;
	unsigned seen = 0, all = (1u << marks->count) - 1;

	for (struct unit_walk w = units_walk(u, aside, top); w.addr && rows > 0 && seen != all;
		unit_walk_next(&w))
		for (uint64_t a = w.addr; a && rows > 0; a = map_link(u->map, a), rows--)
			for (unsigned i = 0; i < SLOTS; i++)
				seen |= 1u << marks->number(map_control(u->map, a, i));
	return seen;
}

/* A line of a legend: the mark, its bar, what it means. */
static void put_mark(const struct pane *p, int y, const struct mark *mark, const char *words)
{
	mark_put_glyph(mark, p, 0, y);
	pane_put(p, 3, y, mark->role, mark->bar);
	pane_textn(p, 6, y, p->w - 6, ROLE_LEGEND, words);
}

static int put_arrivals(const struct look *l, const struct pane *p, int y, const char *words)
{
	if (!l->arrivals.count)
		return y;
	pane_text(p, 0, y, ROLE_PROBE, " 1.");
	pane_textn(p, 6, y, p->w - 6, ROLE_LEGEND, words);
	return y + 1;
}

int view_legend(const struct look *l, const struct pane *p, unsigned seen)
{
	const struct marks *marks = look_marks(l);
	int y = 0;

	for (unsigned i = 0; i < marks->count; i++)
		if (seen & 1u << i)
			put_mark(p, y++, &marks->list[i], marks->list[i].name);
	return put_arrivals(l, p, y, "the entry that came as number 1 of the range");
}

int view_marks_rows(const struct look *l)
{
	return (int)look_marks(l)->count + (look_marks(l)->link != NULL);
}

void view_marks(const struct look *l, const struct pane *p)
{
	const struct marks *marks = look_marks(l);
	int y = 0;

	for (unsigned i = 0; i < marks->count; i++)
		put_mark(p, y++, &marks->list[i], marks->list[i].briefest);
	if (marks->link) {
		pane_text(p, 0, y, ROLE_OVERFLOW, "└▸");
		pane_textn(p, 6, y++, p->w - 6, ROLE_LEGEND, marks->link);
	}
	put_arrivals(l, p, y, "came first in the range");
}
