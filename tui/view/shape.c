/* SPDX-License-Identifier: MIT */
#include "tui/view/shape.h"

#include "model/session/books.h"
#include "model/figures/chance.h"
#include "tui/canvas/wrap.h"

enum {
	KEY_WIDTH = 10,
	COUNT_WIDTH = 12,
	IDEAL_WIDTH = 12,
	BARS = KEY_WIDTH + COUNT_WIDTH + IDEAL_WIDTH + 2, /* where bars begin */
	BAR_LEAST = 4,
};

static int bar_room(const struct pane *p)
{
	return p->w - BARS - 1;
}

/* A bar for the count, and a mark where the ideal would end. */
static void put_bars(const struct pane *p, int y, double count, double ideal, double most)
{
	int x = BARS, room = bar_room(p);
	int full, mark;

	if (room < BAR_LEAST || most <= 0)
		return;
	full = (int)(count / most * room + 0.5);
	mark = (int)(ideal / most * room + 0.5);
	for (int i = 0; i < full || (i == 0 && count > 0); i++)
		pane_put(p, x + i, y, ROLE_LOAD, U'█');
	if (mark >= full && ideal >= 0.05)
		pane_put(p, x + mark, y, ROLE_LOAD_LIMIT, U'│');
}

static int draw_fills(const struct pane *p, int y, const struct shape *s)
{
	unsigned last = SHAPE_FILLS;
	double most = 0;

	while (last > 1 && s->fills[last - 1] == 0 && shape_ideal_fill(s, last - 1) < 0.05)
		last--;
	for (unsigned k = 0; k < last; k++) {
		double ideal = shape_ideal_fill(s, k);

		most = most > ideal ? most : ideal;
		most = most > (double)s->fills[k] ? most : (double)s->fills[k];
	}
	pane_right(p, KEY_WIDTH, y, ROLE_LABEL, "entries");
	pane_right(p, KEY_WIDTH + COUNT_WIDTH, y, ROLE_LABEL, "chains");
	pane_right(p, KEY_WIDTH + COUNT_WIDTH + IDEAL_WIDTH, y++, ROLE_LABEL,
		bar_room(p) >= BAR_LEAST ? "│ by chance" : "by chance");
	for (unsigned k = 0; k < last; k++, y++) {
		char text[32];

		snprintf(text, sizeof text, "%u%s", k, k == SHAPE_FILLS - 1 ? "+" : "");
		pane_right(p, KEY_WIDTH, y, ROLE_INDEX, text);
		pane_right(p, KEY_WIDTH + COUNT_WIDTH, y, ROLE_VALUE, count_text(s->fills[k]).s);
		snprintf(text, sizeof text, "%.1f", shape_ideal_fill(s, k));
		pane_right(p, KEY_WIDTH + COUNT_WIDTH + IDEAL_WIDTH, y, ROLE_NOTE, text);
		put_bars(p, y, (double)s->fills[k], shape_ideal_fill(s, k), most);
	}
	return y;
}

static int draw_links(const struct pane *p, int y, const struct shape *s)
{
	pane_right(p, KEY_WIDTH, y, ROLE_LABEL, "overflow");
	pane_right(p, KEY_WIDTH + COUNT_WIDTH, y++, ROLE_LABEL, "chains");
	for (unsigned k = 0; k < SHAPE_LINKS; k++) {
		char text[32];

		if (s->links[k] == 0)
			continue;
		snprintf(text, sizeof text, "%u%s", k, k == SHAPE_LINKS - 1 ? "+" : "");
		pane_right(p, KEY_WIDTH, y, ROLE_INDEX, text);
		pane_right(p, KEY_WIDTH + COUNT_WIDTH, y, ROLE_VALUE, count_text(s->links[k]).s);
		put_bars(p, y++, (double)s->links[k], 0, (double)s->chains);
	}
	return y;
}

int view_shape(struct session *s, const struct pane *p)
{
	const struct shape *shape = session_shape(s);
	int y = 0;

	y += wrap_printf(p, y, ROLE_TITLE, "%s entries in %s chains", count_text(shape->entries).s,
		count_text(shape->chains).s);
	if (!shape->chains)
		return y;
	y = draw_fills(p, y, shape) + 1;
	y = draw_links(p, y, shape) + 1;
	y += wrap_printf(p, y, ROLE_TEXT, "%s overflow buckets, %.1f by chance",
		count_text(shape->overflow).s, chance_overflow(shape->entries, shape->chains));
	if (shape->entries)
		y += wrap_printf(p, y, ROLE_TEXT, "a hit looks at %.2f slots on average",
			(double)shape->hit_probes / (double)shape->entries);
	y += wrap_printf(p, y, ROLE_TEXT, "a miss looks at %.2f",
		(double)shape->miss_probes / (double)shape->chains);
	return y;
}
