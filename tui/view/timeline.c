/* SPDX-License-Identifier: MIT */
/* The timeline in one line: the past, now, what was undone, and marks where something began. */
#include <stdlib.h>
#include <string.h>

#include "model/base/mem.h"
#include "tui/view/view.h"

/* What a mark says; higher ones win where several fall on one cell. */
enum { MARK_NONE, MARK_LINK, MARK_CLEAR, MARK_SAME, MARK_GROW };

static uint8_t mark_of_event(const struct trace_event *e)
{
	switch (e->kind) {
	case TRACE_GROW:
		return e->d ? MARK_SAME : MARK_GROW;
	case TRACE_CLEAR:
		return MARK_CLEAR;
	case TRACE_LINK:
		return MARK_LINK;
	default:
		return MARK_NONE;
	}
}

/* Made anew only when the timeline or the width has changed: a long one has many events. */
static void make_marks(struct timeline_marks *t, const struct session *s, int width)
{
	size_t event = 0;

	if (t->cells && t->width == width && t->total == s->total && t->end == s->window_end &&
		t->start == s->window_start)
		return;
	free(t->cells);
	*t = (struct timeline_marks){ .width = width, .total = s->total, .start = s->window_start,
		.end = s->window_end, .cells = xcalloc((size_t)width, 1) };
	for (size_t i = 0; i < s->npoints; i++) {
		uint64_t p = s->window_start + 1 + i;
		uint8_t *cell = &t->cells[timeline_cell(s, p, width)];

		for (; event < s->points[i].trace; event++)
			if (mark_of_event(&s->trace.list[event]) > *cell)
				*cell = mark_of_event(&s->trace.list[event]);
	}
}

int timeline_cell(const struct session *s, uint64_t point, int width)
{
	return s->total ? (int)((double)point / (double)s->total * (width - 1) + 0.5) : 0;
}

uint64_t timeline_point(const struct session *s, int cell, int width)
{
	if (cell <= 0 || width < 2)
		return 0;
	return (uint64_t)((double)s->total * cell / (width - 1) + 0.5);
}

/* Of a very long run only the steps near now are kept; where the others began nothing is told. */
static bool is_told(const struct session *s, int x, int width)
{
	return x >= timeline_cell(s, s->window_start, width) && x <= timeline_cell(s, s->window_end, width);
}

void view_timeline(struct look *l, const struct pane *p)
{
	static const char32_t glyphs[] = { U'─', U'┴', U'c', U'S', U'G' };
	const struct session *s = l->session;
	int now = timeline_cell(s, s->now, p->w);

	if (p->w < 2)
		return;
	make_marks(&l->marks, s, p->w);
	for (int x = 0; x < p->w; x++) {
		char32_t glyph = is_told(s, x, p->w) ? glyphs[l->marks.cells[x]] : U'·';

		pane_put(p, x, 0, x == now ? ROLE_TIMELINE_NOW : x < now ? ROLE_TIMELINE
			: ROLE_TIMELINE_NEXT, x == now ? U'●' : glyph);
	}
}
