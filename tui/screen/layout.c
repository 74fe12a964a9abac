/* SPDX-License-Identifier: MIT */
#include "tui/screen/layout.h"

#include "tui/canvas/wrap.h"
#include "tui/screen/footer.h"
#include "tui/screen/panels.h"
#include "tui/screen/plan.h"
#include "tui/view/design.h"
#include "tui/view/explain.h"
#include "tui/view/view.h"

enum { LEAST_WIDTH = 24, LEAST_HEIGHT = 6 };

/* Tells one explanation from the next. */
static uint64_t imprint_of(const char *words)
{
	uint64_t imprint = 0;

	for (; *words; words++)
		imprint = imprint * 31 + (unsigned char)*words;
	return imprint;
}

/* What does not fit is read page by page; the key's name says so. Another one is read from its
   beginning. */
static void draw_explanation(struct screen_state *st, const struct pane *p)
{
	struct look *l = st->look;
	struct pane in = pane_sub(p, 1, 0, p->w - 2, p->h), moved = pane_sub(&in, 0, 0, in.w, 0);
	struct text words = { 0 };
	uint64_t imprint;

	explain(l, &words);
	imprint = imprint_of(text_str(&words));
	if (imprint != st->explained ||
		wrap_text(&moved, 0, 0, ROLE_MESSAGE, text_str(&words)) <= l->explain_top)
		l->explain_top = 0;
	st->explained = imprint;
	moved = pane_sub(&in, 0, -l->explain_top, in.w, in.h + l->explain_top);
	st->explain_rows = in.h;
	st->explain_left = wrap_text(&moved, 0, 0, ROLE_MESSAGE, text_str(&words)) - moved.h;
	if (st->explain_left > 0 && in.h > 0)
		pane_put(&in, in.w - 1, in.h - 1, ROLE_MESSAGE, U'…');
	text_free(&words);
}

static void draw_story(struct screen_state *state, const struct pane *p)
{
	const struct look *l = state->look;
	struct pane in = pane_sub(p, 1, 0, p->w - 2, p->h);
	struct story st = { 0 };
	int y = 0;

	if (l->explain) {
		draw_explanation(state, p);
		return;
	}
	story_fit(&st, l->session, &in);
	for (int i = 0; i < st.count; i++) {
		struct pane line = pane_sub(&in, 0, y, in.w, st.rows[i]);
		enum role role = i ? ROLE_TEXT : ROLE_MESSAGE;

		if (st.rows[i] == 1)
			pane_textn(&line, 0, 0, line.w, role, text_str(&st.lines[i]));
		else
			wrap_most(&line, role, text_str(&st.lines[i]));
		y += st.rows[i];
	}
	story_free(&st);
}

void layout_put_scroll(const struct pane *p, int top, int height, int rows)
{
	struct text words = { 0 };

	if (height <= 0 || rows <= height || p->w < 24)
		return;
	text_printf(
		&words, " %d-%d of %d ", top + 1, top + height < rows ? top + height : rows, rows);
	pane_right(p, p->w - 1, p->h - 1, ROLE_NOTE, text_str(&words));
	text_free(&words);
}

void layout_prompt(struct screen_state *st, struct canvas *canvas, int *x, int *y)
{
	struct pane all = canvas_pane(canvas), last = pane_sub(&all, 0, all.h - 1, all.w, 1);

	pane_fill(&last, ROLE_PROMPT, U' ');
	footer_draw(st, &all, x, y);
}

void layout_click(struct look *l, const struct pane *p, bool old, int x, int y)
{
	view_rows_click(l, p, old, l->top[old], x, y);
}

/* The panels that show the map; returns the row behind them. */
static int draw_map(struct screen_state *st, struct plan *plan, const struct pane *all)
{
	struct look *l = st->look;
	int top = 1, left = plan->left ? LEFT_WIDTH : 0;
	struct pane part;

	l->bottom[0] = l->bottom[1] = 0;
	if (plan->headline) {
		part = pane_sub(all, 0, top++, all->w, 1);
		plan->untold = !look_design(l)->header->line(l, &part);
	}
	part = pane_sub(all, 0, top, plan->left ? left : all->w, plan->body);
	if (plan->left || plan_header_alone(l, plan))
		panel_header(st, &part);
	if (plan_header_alone(l, plan))
		st->frame = part;
	part = pane_sub(all, left, top, all->w - left, plan->arrays);
	if (l->zoom == ZOOM_ATLAS && !plan_header_alone(l, plan))
		panel_atlas(st, &part);
	else if (plan->arrays && !plan_header_alone(l, plan))
		panel_arrays(st, &part);
	part = pane_sub(all, left, top + plan->arrays, all->w - left, plan->below);
	if (plan->below)
		panel_below(st, plan, &part);
	top += plan->body;
	if (plan->minimap) {
		st->minimap = pane_sub(all, 1, top++, all->w - 2, 1);
		view_minimap(l, &st->minimap);
	}
	panel_edge(st, plan);
	return top;
}

/* Before the first operation there is none. */
static int draw_no_map(const struct plan *plan, const struct pane *all)
{
	int rows = plan->headline + plan->body + plan->minimap;
	struct pane part = pane_sub(all, 0, 1, all->w, rows);

	pane_textn(&part, 1, rows / 2, part.w - 2, ROLE_NOTE, "there is no map yet");
	return 1 + rows;
}

/* Where not even one row of an array has room, one line says so; the top line stays if it fits. */
static bool draw_too_small(const struct look *l, const struct pane *all)
{
	struct pane first = pane_sub(all, 0, 0, all->w, 1), second = pane_sub(all, 0, 1, all->w, 1);

	if (all->w >= LEAST_WIDTH && all->h >= LEAST_HEIGHT)
		return false;
	if (all->w < LEAST_WIDTH) {
		pane_textn(&first, 0, 0, all->w, ROLE_WARNING, "needs 40×10");
		return true;
	}
	view_status(l, &first, true);
	if (all->h > 2)
		pane_textn(&second, 0, 0, all->w, ROLE_WARNING, "too small: needs 40×10");
	return true;
}

void layout_draw(struct screen_state *st, struct canvas *canvas, int *x, int *y)
{
	struct pane all = canvas_pane(canvas), part;
	struct look *l = st->look;
	bool map = l->session->world.map.header != 0;
	struct plan plan = plan_make(l, &all);
	int top;

	*x = *y = -1;
	st->explain_left = 0;
	st->minimap = st->timeline = st->frame = st->header = st->bytes = pane_sub(
		&all, 0, 0, 0, 0);
	st->atlas[0] = st->atlas[1] = st->rows[0] = st->rows[1] =
		st->slot = pane_sub(&all, 0, 0, 0, 0);
	if (draw_too_small(l, &all)) {
		if (all.h > 1)
			footer_draw(st, &all, x, y);
		return;
	}
	part = pane_sub(&all, 0, 0, all.w, 1);
	view_status(l, &part, true);
	top = map ? draw_map(st, &plan, &all) : draw_no_map(&plan, &all);
	if (plan.timeline) {
		st->timeline = pane_sub(&all, 1, top++, all.w - 2, 1);
		view_timeline(l, &st->timeline);
	}
	if (plan.caption) {
		part = pane_sub(&all, 1, top, all.w - 2, plan.caption);
		wrap_most(&part, ROLE_CAPTION, l->asks ? l->asks : session_caption(l->session));
		top += plan.caption;
	}
	part = pane_sub(&all, 0, top, all.w, plan.story);
	draw_story(st, &part);
	if (all.h > 1)
		footer_draw(st, &all, x, y);
}
