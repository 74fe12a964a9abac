/* SPDX-License-Identifier: MIT */
/*
 * The mouse. A click puts the cursor on what it points at, two of them look closer; the minimap and
 * the timeline can be drawn along, and keep hold of the mouse until it is let go. The wheel moves
 * what is under it.
 */
#include "tui/app/app_parts.h"

#include "model/base/clock.h"
#include "tui/view/follow.h"
#include "tui/view/view.h"

enum { WHEEL = 3, DOUBLE_MS = 400 }; /* rows at a time; from one click to the next */

static bool inside(const struct pane *p, const struct mouse *mouse)
{
	return mouse->x >= p->x && mouse->x < p->x + p->w && mouse->y >= p->y &&
		mouse->y < p->y + p->h;
}

static void scrub(struct app *a, const struct mouse *mouse)
{
	const struct pane *bar = &a->state.timeline;
	struct error err;

	if (!app_go(a->s, timeline_point(a->s, mouse->x - bar->x, bar->w), &err))
		app_say(a, ROLE_WARNING, "%s", err.msg);
	follow_step(&a->look);
}

static void drag_minimap(struct app *a, const struct mouse *mouse)
{
	struct look *l = &a->look;
	const struct pane *p = &a->state.minimap;

	look_move_to(l, l->cursor.array, minimap_unit(l, p, mouse->x - p->x));
	follow_not(l);
}

/* What is held goes with the mouse, also where it leaves the one row that it was taken in. */
static void hold(struct app *a, const struct mouse *mouse)
{
	if (a->mouse.grab == GRAB_TIMELINE)
		scrub(a, mouse);
	else if (a->mouse.grab == GRAB_MINIMAP)
		drag_minimap(a, mouse);
}

static void click_atlas(struct app *a, const struct mouse *mouse, bool old)
{
	const struct pane *p = &a->state.atlas[old];
	struct grid g = atlas_grid(&a->look, p, old);
	uint64_t cell = grid_cell(&g, mouse->x - p->x, mouse->y - p->y);

	if (cell != UINT64_MAX)
		look_move_to(&a->look, old, cell * g.per);
}

static void click_header(struct app *a, const struct mouse *mouse)
{
	int field = header_field_at(&a->look,
		mouse->y - a->state.header.y + a->state.header_top);

	if (field < 0)
		return;
	a->look.in_header = true;
	a->look.field = field;
}

static void click(struct app *a, const struct mouse *mouse)
{
	struct screen_state *st = &a->state;
	struct look *l = &a->look;

	if (inside(&st->header, mouse)) {
		click_header(a, mouse);
		return;
	}
	for (int old = 0; old < 2; old++)
		if (inside(&st->rows[old], mouse))
			layout_click(l, &st->rows[old], old, mouse->x - st->rows[old].x,
				mouse->y - st->rows[old].y);
		else if (inside(&st->atlas[old], mouse))
			click_atlas(a, mouse, old);
	if (inside(&st->bytes, mouse))
		view_bytes_click(l, &st->bytes, mouse->x - st->bytes.x, mouse->y - st->bytes.y);
	if (!l->in_header)
		follow_not(l);
}

/* The second press on a cell, soon after the first; a third is a first one again. */
static bool is_second(struct click *last, const struct mouse *mouse)
{
	double ms = clock_ms();
	bool second = last->ms > 0 && ms - last->ms <= DOUBLE_MS && last->x == mouse->x &&
		last->y == mouse->y;

	*last = (struct click){ second ? 0 : ms, mouse->x, mouse->y };
	return second;
}

static bool on_something(const struct screen_state *st, const struct mouse *mouse)
{
	return inside(&st->header, mouse) || inside(&st->rows[0], mouse) ||
		inside(&st->rows[1], mouse) || inside(&st->atlas[0], mouse) ||
		inside(&st->atlas[1], mouse) || inside(&st->bytes, mouse);
}

static void press(struct app *a, const struct mouse *mouse)
{
	bool second = is_second(&a->mouse.click, mouse);

	a->mouse.grab = inside(&a->state.timeline, mouse) ? GRAB_TIMELINE
		: inside(&a->state.minimap, mouse) ? GRAB_MINIMAP : GRAB_NONE;
	if (a->mouse.grab)
		hold(a, mouse);
	else
		click(a, mouse);
	if (second && !a->mouse.grab && on_something(&a->state, mouse))
		app_act(a, ACTION_ZOOM_IN);
}

/* Along the timeline the wheel goes by operations. */
static void roll_timeline(struct app *a, int by)
{
	uint64_t now = a->s->time.now;
	struct error err;

	if ((by < 0 && now == 0) || (by > 0 && now == a->s->time.total))
		return;
	if (!app_go(a->s, by < 0 ? now - 1 : now + 1, &err))
		app_say(a, ROLE_WARNING, "%s", err.msg);
	follow_step(&a->look);
}

static void roll_rows(struct app *a, bool old, int by)
{
	struct look *l = &a->look;

	if (l->cursor.array != old)
		look_move_to(l, old, l->top[old]);
	look_move_unit(l, WHEEL * by);
}

static void roll(struct app *a, const struct mouse *mouse)
{
	struct screen_state *st = &a->state;
	struct look *l = &a->look;
	int by = mouse->wheel;

	if (inside(&st->timeline, mouse)) {
		roll_timeline(a, by);
		return;
	}
	if (inside(&st->slot, mouse)) {
		app_scroll_slot(a, by);
		return;
	}
	if (inside(&st->header, mouse)) {
		if (l->in_header)
			look_move_field(l, by);
		return;
	}
	if (inside(&st->atlas[0], mouse) || inside(&st->atlas[1], mouse))
		app_move_rows(a, by);
	else if (inside(&st->bytes, mouse))
		view_bytes_move(l, &st->bytes, WHEEL * by);
	else
		roll_rows(a, inside(&st->rows[1], mouse) ||
			(l->cursor.array && !inside(&st->rows[0], mouse)), by);
	follow_not(l);
}

void app_mouse(struct app *a, const struct mouse *mouse)
{
	if (mouse->type == MOUSE_RELEASE)
		a->mouse.grab = GRAB_NONE;
	if (a->prompt.open)
		return;
	if (a->overlay.view) {
		if (mouse->type == MOUSE_WHEEL)
			app_scroll_overlay(a, WHEEL * mouse->wheel);
		return;
	}
	if (mouse->type == MOUSE_WHEEL)
		roll(a, mouse);
	else if (mouse->type == MOUSE_DRAG)
		hold(a, mouse);
	else if (mouse->type == MOUSE_PRESS && mouse->button == 1)
		press(a, mouse);
}
