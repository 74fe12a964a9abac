/* SPDX-License-Identifier: MIT */
#include "tui/screen/plan.h"

#include "tui/canvas/wrap.h"

enum {
	WIDE = LEFT_WIDTH + SIDE_WIDTH + 2,  /* from here on the header has a panel */
	ARRAYS_LEAST = 6,                    /* rows above a closer look */
	SLOT_ROWS = 18, /* for a slot, its hash, and what is to be said of it */
	BESIDE_WIDTH = SLOT_WIDTH + 80,      /* bytes and slot side by side */
	EXPLAIN_COLUMNS = 330,               /* of words that explain something */
};

/* Rows of the caption, as far as there is room for words; an explanation takes it. */
static int caption_rows(const struct look *l, const struct pane *p)
{
	const char *caption = l->asks ? l->asks : session_caption(l->session);
	struct pane measure = pane_sub(p, 1, 0, p->w - 2, 0);
	int most = p->h >= 9 ? l->asks ? p->h / 2 - 1 : 3 : p->h >= 6, rows;

	if (l->explain && p->h < 20)
		return 0;
	rows = caption ? wrap_text(&measure, 0, 0, ROLE_CAPTION, caption) : 0;
	return rows < most ? rows : most;
}

/* An explanation is asked for to be read. */
static int story_rows(const struct look *l, const struct pane *p)
{
	int rows = EXPLAIN_COLUMNS / (p->w > 2 ? p->w - 2 : 1) + 1;

	if (l->explain && p->h >= 9)
		return rows > p->h / 2 - 1 ? p->h / 2 - 1 : rows;
	/* Inside an operation each step is a sentence. */
	if (l->session->shown.inside && p->h >= 9 && p->h < 16)
		return 2;
	return p->h >= 30 ? 3 : p->h >= 16 ? 2 : p->h >= 5 ? 1 : 0;
}

bool plan_side_by_side(int width)
{
	return width >= 2 * SIDE_WIDTH;
}

/*
 * Rows that the arrays take with their frames, as far as they matter. There is room for a few
 * linked units that may come, so that one more does not move every panel.
 */
static int arrays_rows(const struct look *l, int width, int most)
{
	int rows = 0;

	for (int side = 0; side < SIDES; side++) {
		uint64_t units = l->units.all[side];
		int used = view_rows_count(l, side, most), room = 2;

		if (units == 0)
			continue;
		while ((uint64_t)used > units + (uint64_t)room)
			room = 2 * room + 2;
		used = (int)units < most ? (int)units + room + 2 : most;
		if (!plan_side_by_side(width))
			rows += used;
		else if (used > rows)
			rows = used;
	}
	return rows < most ? rows : most;
}

bool plan_header_alone(const struct look *l, const struct plan *plan)
{
	return l->in_header && !plan->left;
}

/* How the body beside the header is shared: what one looks at closely comes first. */
static void plan_zoom(const struct look *l, int width, struct plan *plan)
{
	int inner = width - 4, bytes = view_bytes_rows(l, inner) + 2;
	int least = SLOT_ROWS + 2 > bytes ? SLOT_ROWS + 2 : bytes;
	int arrays = arrays_rows(l, width, plan->body);

	plan->arrays = plan->body;
	if (l->zoom == ZOOM_ATLAS || plan_header_alone(l, plan) || !l->cursor.addr)
		return;
	plan->detail = l->zoom == ZOOM_SLOT ? DETAIL_SLOT : DETAIL_BYTES;
	plan->beside = width >= BESIDE_WIDTH;
	if (arrays + least <= plan->body)
		plan->arrays = arrays;
	else if (l->zoom == ZOOM_ROWS)
		plan->detail = plan->body >= 15 || arrays + UNIT_ROWS <= plan->body ? DETAIL_BRIEF
			: DETAIL_NONE;
	else
		plan->arrays = plan->body - least >= ARRAYS_LEAST ? plan->body - least : 0;
	if (plan->detail == DETAIL_BRIEF)
		plan->arrays = plan->body - UNIT_ROWS;
	plan->below = plan->body - plan->arrays;
}

/*
 * Whether the header has its panel. A closer look that needs its columns takes them, unless the
 * cursor is in the header; the cursor there is worth more than arrays side by side.
 */
static bool header_fits(const struct look *l, int width, int rows)
{
	const struct map *m = &l->session->world.map;
	int beside = width - LEFT_WIDTH, closer = view_bytes_width(m->type) + 4;

	if (rows < 15 || width < WIDE)
		return false;
	if (l->in_header || !m->header)
		return true;
	if (l->zoom == ZOOM_SLOT && l->cursor.addr)
		return beside >= SLOT_WIDTH;
	if (l->zoom == ZOOM_BYTES && l->cursor.addr)
		return beside >= closer;
	return !units_both(&l->units) || beside >= 2 * SIDE_WIDTH || rows >= 26;
}

struct plan plan_make(const struct look *l, const struct pane *p)
{
	const struct map *m = &l->session->world.map;
	struct plan plan = { 0 };
	int rest = p->h - 2;

	plan.story = story_rows(l, p);
	rest -= plan.story;
	plan.timeline = p->h >= 20;
	rest -= plan.timeline;
	plan.minimap = p->h >= 26 || (p->h >= 18 && m->header && l->units.all[SIDE_MAIN] > 8);
	rest -= plan.minimap;
	plan.caption = caption_rows(l, p);
	rest -= plan.caption;
	plan.left = header_fits(l, p->w, rest);
	plan.headline = !plan.left && rest >= 6;
	rest -= plan.headline;
	plan.body = rest;
	if (m->header && plan.body > 0)
		plan_zoom(l, p->w - (plan.left ? LEFT_WIDTH : 0), &plan);
	return plan;
}
