/* SPDX-License-Identifier: MIT */
#include "tui/screen/panels.h"

#include <inttypes.h>

#include "tui/view/design.h"
#include "tui/view/follow.h"
#include "tui/view/view.h"

enum { FOLLOW_MOST = 28, SCROLL_MOST = 16, MINIMAP_LEAST = 10 }; /* columns */

/* The next part of the header's panel, under a title; nothing where it does not fit. */
static bool begin_part(const struct pane *p, const struct pane *in, int *y, int rows,
	const char *title, struct pane *part)
{
	if (*y + 1 + rows > in->h)
		return false;
	pane_split(p, *y + 1, ROLE_BORDER, title);
	++*y;
	*part = pane_sub(in, 0, *y, in->w, in->h - *y);
	return true;
}

/* The array's frame comes first; the others stand in for it. */
static void take_frame(struct screen_state *st, const struct pane *p)
{
	if (st->frame.w == 0)
		st->frame = *p;
}

void panel_header(struct screen_state *st, const struct pane *p)
{
	const struct look *l = st->look;
	struct text title = { 0 }, reason = { 0 };
	struct pane in, part;
	int y, row;

	look_design(l)->header->title(l, &title);
	in = pane_box(p, l->in_header ? ROLE_BORDER_FOCUS : ROLE_BORDER, text_str(&title), NULL);
	text_free(&title);
	st->header = in;
	/* In a low panel the field under the cursor is in sight all the same. */
	row = l->in_header ? look_design(l)->header->row(l, l->field) : 0;
	st->header_top = row >= in.h && l->in_header ? row - in.h + 1 : 0;
	part = pane_sub(&in, 0, -st->header_top, in.w, in.h + st->header_top);
	y = look_design(l)->header->draw(l, &part);
	layout_put_scroll(p, st->header_top, in.h, y);
	if (begin_part(p, &in, &y, 2, "load", &part)) {
		int rows = look_design(l)->header->load(l, &part);

		look_design(l)->growth.reason(l, &reason);
		if (reason.len && y + rows < in.h)
			pane_textn(&part, 0, rows++, part.w, ROLE_NOTE, text_str(&reason));
		text_free(&reason);
		y += rows;
	}
	if (begin_part(p, &in, &y, 1, "memory", &part))
		y += view_memory(l, &part);
	if (begin_part(p, &in, &y, view_marks_rows(l), "marks", &part))
		view_marks(l, &part);
}

/* How the cursor goes on, at the right end of the frame that has it. */
static void put_follow(const struct look *l, const struct pane *p, int title)
{
	struct text words = { 0 };
	int width;

	follow_words(l, &words);
	width = data_width(p->canvas, text_str(&words));
	if (width > FOLLOW_MOST)
		width = FOLLOW_MOST;
	if (title + 5 + width + 3 <= p->w) {
		int x = p->w - width - 2;

		pane_datan(p, x, 0, width, l->lost ? ROLE_WARNING : ROLE_NOTE, text_str(&words));
		pane_put(p, x - 1, 0, ROLE_NOTE, U' ');
		pane_put(p, x + width, 0, ROLE_NOTE, U' ');
	}
	text_free(&words);
}

/* A frame; the one that has the cursor says how it goes on. */
static struct pane draw_frame(const struct look *l, const struct pane *p, const struct text *title,
	bool focus)
{
	struct pane in;

	focus &= !l->in_header;
	in = pane_box(p, focus ? ROLE_BORDER_FOCUS : ROLE_BORDER, text_str(title), NULL);
	if (focus)
		put_follow(l, p, text_width(p->canvas, text_str(title)));
	return in;
}

static void draw_array(struct screen_state *st, const struct pane *p, bool aside)
{
	struct look *l = st->look;
	bool here = l->cursor.array == aside;
	struct text title = { 0 };
	struct pane in;

	view_rows_title(l, aside, p->w >= 50, &title);
	in = draw_frame(l, p, &title, here && l->zoom == ZOOM_ROWS);
	text_free(&title);
	if (here) {
		take_frame(st, p);
		st->page = in.h;
		view_rows_scroll(l, in.h);
	} else {
		view_rows_fill(l, aside, in.h);
	}
	st->rows[aside] = in;
	l->bottom[aside] = view_rows(l, &in, aside, l->top[aside], in.h);
}

/* The other side follows: what belongs to the units at the cursor comes into sight. */
static void follow_side(struct look *l, int height)
{
	uint64_t *top = &l->top[!l->cursor.array], page = (uint64_t)(height > 0 ? height : 1);
	uint64_t unit;

	if (!units_both(&l->units))
		return;
	unit = look_design(l)->units->growth.beside(l);
	if (unit < *top || unit >= *top + page)
		*top = unit;
}

static void draw_atlas(struct screen_state *st, const struct pane *p, bool aside)
{
	struct look *l = st->look;
	bool here = l->cursor.array == aside;
	struct text title = { 0 };

	view_rows_title(l, aside, p->w >= 50, &title);
	st->atlas[aside] = draw_frame(l, p, &title, here);
	text_free(&title);
	if (here) {
		take_frame(st, p);
		st->page = st->atlas[aside].h;
	}
	view_atlas(l, &st->atlas[aside], aside);
}

/* What is aside has its own panel; with too little room for it false. */
static bool split(const struct look *l, const struct pane *p, int aside_rows, struct pane both[2])
{
	if (!units_both(&l->units))
		return false;
	if (plan_side_by_side(p->w)) {
		both[0] = pane_sub(p, 0, 0, (p->w + 1) / 2, p->h);
		both[1] = pane_sub(p, both[0].w, 0, p->w - both[0].w, p->h);
		return true;
	}
	if (p->h >= 8) {
		/* More for the main side, which is the larger one. */
		int share = 2 * p->h / 5 > 4 ? 2 * p->h / 5 : 4,
			h = aside_rows + 2 < share ? aside_rows + 2 : share;

		both[0] = pane_sub(p, 0, 0, p->w, p->h - h);
		both[1] = pane_sub(p, 0, both[0].h, p->w, h);
		return true;
	}
	return false;
}

void panel_arrays(struct screen_state *st, const struct pane *p)
{
	struct look *l = st->look;
	struct pane both[2];

	if (!split(l, p, view_rows_count(l, true, p->h), both)) {
		draw_array(st, p, l->cursor.array);
		return;
	}
	follow_side(l, both[!l->cursor.array].h - 2);
	draw_array(st, &both[0], false);
	draw_array(st, &both[1], true);
}

void panel_atlas(struct screen_state *st, const struct pane *p)
{
	struct pane both[2];

	if (!split(st->look, p, p->h, both)) {
		draw_atlas(st, p, st->look->cursor.array);
		return;
	}
	draw_atlas(st, &both[0], false);
	draw_atlas(st, &both[1], true);
}

static void draw_slot(struct screen_state *st, const struct pane *p)
{
	struct look *l = st->look;
	struct text title = { 0 };
	struct pane in, moved;
	int rows;

	text_printf(&title, "slot %u · ", l->cursor.slot);
	view_unit_title(l, &title);
	in = draw_frame(l, p, &title, l->zoom == ZOOM_SLOT);
	text_free(&title);
	for (;;) {
		moved = pane_sub(&in, 0, -l->slot_top, in.w, in.h + l->slot_top);
		rows = view_slot(l, &moved);
		if (l->slot_top == 0 || l->slot_top + in.h <= rows)
			break;
		l->slot_top = rows > in.h ? rows - in.h : 0;
		pane_fill(&in, ROLE_TEXT, U' ');
	}
	st->slot = in;
	take_frame(st, p);
	st->slot_rows = rows;
	layout_put_scroll(p, l->slot_top, in.h, rows);
}

static void draw_bytes(struct screen_state *st, const struct pane *p)
{
	struct look *l = st->look;
	struct text title = { 0 };

	view_unit_title(l, &title);
	st->bytes = draw_frame(l, p, &title, l->zoom == ZOOM_BYTES);
	text_free(&title);
	view_bytes(l, &st->bytes);
	take_frame(st, p);
}

void panel_below(struct screen_state *st, const struct plan *plan, const struct pane *p)
{
	struct look *l = st->look;
	struct pane part = *p, in;
	struct text title = { 0 };

	if (plan->detail == DETAIL_BRIEF) {
		view_unit_title(l, &title);
		in = draw_frame(l, p, &title, false);
		text_free(&title);
		view_unit(l, &in);
		return;
	}
	if (plan->beside) {
		part = pane_sub(p, p->w - SLOT_WIDTH, 0, SLOT_WIDTH, p->h);
		draw_slot(st, &part);
		part = pane_sub(p, 0, 0, p->w - SLOT_WIDTH, p->h);
	}
	if (plan->detail == DETAIL_SLOT && !plan->beside)
		draw_slot(st, &part);
	else
		draw_bytes(st, &part);
}

/* Words at the right end of what is left of a frame's lower edge, if there is room for them. */
static bool put_edge_words(const struct pane *p, int *room, const char *words)
{
	int width = text_width(p->canvas, words) + 2;

	if (width > *room)
		return false;
	*room -= width;
	pane_put(p, 1 + *room, p->h - 1, ROLE_NOTE, U' ');
	pane_text(p, 2 + *room, p->h - 1, ROLE_NOTE, words);
	pane_put(p, *room + width, p->h - 1, ROLE_NOTE, U' ');
	return true;
}

/* What the design has to say of the main side's end. */
static void put_edge(const struct look *l, const struct pane *p, int *room)
{
	const struct units_design *d = look_design(l)->units;
	struct text words = { 0 };
	bool linked;

	if (!d->fields.edge)
		return;
	linked = d->fields.edge(l, false, &words) && l->in_header && !l->no_cursor;
	if (text_width(p->canvas, text_str(&words)) + 2 > *room) {
		text_clear(&words);
		d->fields.edge(l, true, &words);
	}
	if (words.len && put_edge_words(p, room, text_str(&words)) && linked)
		pane_flag(p, 2 + *room, p->h - 1, text_width(p->canvas, text_str(&words)), 1,
			CELL_LINKED);
	text_free(&words);
}

static void put_edge_minimap(struct screen_state *st, const struct pane *p, int room)
{
	int width;

	/* Words to the right of it bring their own blank. */
	st->minimap = pane_sub(p, 2, p->h - 1, room - 1 - (room == p->w - 2), 1);
	width = minimap_width(st->look, &st->minimap);
	for (int i = 0; i < width + 2 && i < room; i++)
		pane_put(p, 1 + i, p->h - 1, ROLE_NOTE, U' ');
	view_minimap(st->look, &st->minimap);
}

void panel_edge(struct screen_state *st, const struct plan *plan)
{
	const struct look *l = st->look;
	const struct pane *p = &st->frame;
	struct text reason = { 0 };
	int room = p->w - 2;

	if (p->w == 0 || l->units.all[SIDE_MAIN] == 0)
		return;
	/* There it is told which rows are in sight. */
	if (!plan->arrays || plan_header_alone(l, plan))
		room -= SCROLL_MOST;
	if (plan->untold) {
		look_design(l)->growth.reason(l, &reason);
		put_edge_words(p, &room, text_str(&reason));
		text_free(&reason);
	}
	if (plan->minimap && !l->cursor.array && plan->arrays && l->zoom != ZOOM_ATLAS)
		put_edge(l, p, &room);
	else if (!plan->minimap && l->zoom != ZOOM_ATLAS && room >= MINIMAP_LEAST)
		put_edge_minimap(st, p, room);
}
