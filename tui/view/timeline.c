/* SPDX-License-Identifier: MIT */
/* The timeline in one line: the past, now, what was undone, and marks where something began. */
#include <stdlib.h>

#include "model/base/mem.h"
#include "tui/view/view.h"

/* What a mark says; higher ones win where several fall on one cell. */
enum { MARK_NONE, MARK_LINK, MARK_CLEAR, MARK_SAME, MARK_GROW };

static uint8_t mark_of(unsigned landmarks)
{
	return landmarks & LANDMARK_GROW ? MARK_GROW : landmarks & LANDMARK_SAME ? MARK_SAME
		: landmarks & LANDMARK_CLEAR ? MARK_CLEAR : landmarks & LANDMARK_LINK ? MARK_LINK
		: MARK_NONE;
}

static int cell_of(const struct session *s, uint64_t point, int width)
{
	return s->time.total ? (int)((double)point / (double)s->time.total * (width - 1) + 0.5) : 0;
}

/* The first point of a cell; of the one behind the last, the one behind the last point. */
static uint64_t first_point(const struct session *s, int cell, int width)
{
	uint64_t low = 0, high = s->time.total + 1;

	while (low < high) {
		uint64_t mid = low + (high - low) / 2;

		if (cell_of(s, mid, width) < cell)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

/* Made anew only when the timeline or the width has changed: a long one has many landmarks. */
static void make_marks(struct timeline_marks *t, const struct session *s, int width)
{
	if (t->cells && t->width == width && t->total == s->time.total &&
		t->edition == s->time.edition && t->reach == s->time.landmarks.reach)
		return;
	free(t->cells);
	*t = (struct timeline_marks){ .width = width, .total = s->time.total,
		.edition = s->time.edition,
		.reach = s->time.landmarks.reach, .cells = xcalloc((size_t)width, 1) };
	for (int x = 0; x < width; x++)
		t->cells[x] = mark_of(landmarks_between(&s->time.landmarks, first_point(s, x,
			width), first_point(s, x + 1, width)));
}

uint64_t timeline_point(const struct session *s, int cell, int width)
{
	if (cell <= 0 || width < 2)
		return 0;
	return (uint64_t)((double)s->time.total * cell / (width - 1) + 0.5);
}

/* Where not all has been run with a history yet, nothing is told. */
static bool is_told(const struct session *s, int x, int width)
{
	return x <= cell_of(s, s->time.landmarks.reach, width);
}

void view_timeline(struct look *l, const struct pane *p)
{
	static const char32_t glyphs[] = { U'─', U'┴', U'c', U'S', U'G' };
	const struct session *s = l->session; /* what is to come is what a quiz asks for */
	int now = cell_of(s, s->time.now, p->w);

	if (p->w < 2)
		return;
	make_marks(&l->marks, s, p->w);
	for (int x = 0; x < p->w; x++) {
		bool known = is_told(s, x, p->w) && !(l->asks && x > now);
		char32_t glyph = known ? glyphs[l->marks.cells[x]] : U'·';

		pane_put(p, x, 0, x == now ? ROLE_TIMELINE_NOW : x < now ? ROLE_TIMELINE
			: ROLE_TIMELINE_NEXT, x == now ? U'●' : glyph);
	}
}
