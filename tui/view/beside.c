/* SPDX-License-Identifier: MIT */
/* One timeline under two releases at once, side by side where there is room. */
#include "tui/view/figures.h"

#include "model/map/engine.h"
#include "model/session/twin.h"
#include "tui/canvas/wrap.h"
#include "tui/sheet/sheet.h"
#include "tui/view/design.h"
#include "tui/view/follow.h"
#include "tui/view/story.h"
#include "tui/view/view.h"

enum {
	SIDE_LEAST = ROWS_WIDTH + 4, /* columns of one side */
	UNITS_MOST = 64,             /* rows of an array that are shown */
};

static void put_title(const struct session *s, struct text *out)
{
	size_t total, step = session_step(s, &total);

	text_printf(out, "Go %s, %s", s->given.release->name, s->world.map.type->engine->name);
	text_printf(out, "  op %s/%s", count_text(s->time.now).s, count_text(s->time.total).s);
	if (s->shown.inside && total)
		text_printf(out, "  event %zu/%zu", step, total);
}

static int draw_array(struct look *l, const struct pane *p, bool aside)
{
	int all = view_rows_count(l, aside, UNITS_MOST + 1);
	int rows = all < UNITS_MOST ? all : UNITS_MOST;
	struct pane frame = pane_sub(p, 0, 0, p->w, rows + 2), in;
	struct text title = { 0 };

	if (all == 0)
		return 0;
	view_rows_title(l, aside, p->w >= 50, &title);
	in = pane_box(&frame, ROLE_BORDER, text_str(&title), NULL);
	text_free(&title);
	view_rows(l, &in, aside, 0, rows);
	if (all > rows)
		pane_text(&frame, 2, rows + 1, ROLE_NOTE, " more below ");
	return rows + 2;
}

static int draw_story(const struct session *s, const struct pane *p)
{
	struct story st = { 0 };
	int y = 0;

	if (!session_point(s) && !s->shown.probe_label)
		return 0;
	story_tell(&st, s);
	for (int i = 0; i < st.count; i++) {
		struct pane rest = pane_sub(p, 0, y, p->w, p->h - y);

		y += wrap_text(&rest, 0, 2, ROLE_MESSAGE, text_str(&st.lines[i]));
	}
	story_free(&st);
	return y;
}

/* One of the two, which may wait for the other; the rows that it takes. */
static int draw_side(struct session *s, bool waits, const struct pane *p)
{
	struct text title = { 0 };
	struct look l;
	struct pane at;
	int y = 2;

	look_init(&l, s);
	follow(&l);
	l.no_cursor = true;
	put_title(s, &title);
	pane_textn(p, 0, 0, p->w, ROLE_TITLE, text_str(&title));
	text_free(&title);
	if (!s->world.map.header) {
		pane_text(p, 0, 1, ROLE_NOTE, "there is no map yet");
	} else {
		at = pane_sub(p, 0, 1, p->w, 1);
		look_design(&l)->header->line(&l, &at);
		for (int side = 0; side < SIDES; side++) {
			at = pane_sub(p, 0, y, p->w, p->h - y);
			y += draw_array(&l, &at, side == SIDE_ASIDE);
		}
		at = pane_sub(p, 0, y, p->w, p->h - y);
		y += waits ? wrap_text(&at, 0, 2, ROLE_NOTE, "nothing to be done here")
			   : draw_story(s, &at);
	}
	look_free(&l);
	return y;
}

int beside_draw(const struct present *now, const struct pane *p)
{
	struct error err;
	struct session *s = now->session, *there = session_twin(s, &err);
	const char *caption = session_caption(s);
	int y = 0, half = (p->w - 2) / 2, rows[2];
	struct pane side;

	if (!there)
		return 0;
	if (caption && now->screen)
		y = wrap_text(p, 0, 0, ROLE_CAPTION, caption);
	if (half < SIDE_LEAST) {
		pane_textn(p, 0, y++, p->w, ROLE_NOTE, "side by side from 76 columns on");
		side = pane_sub(p, 0, y, p->w, p->h - y);
		y += draw_side(s, false, &side) + 1;
		side = pane_sub(p, 0, y, p->w, p->h - y);
		return y + draw_side(there, session_twin_waits(s), &side) + 1;
	}
	for (int i = 0; i < 2; i++) {
		side = pane_sub(p, i * (half + 2), y, half, p->h - y);
		rows[i] = draw_side(i ? there : s, i && session_twin_waits(s), &side);
	}
	return y + (rows[0] > rows[1] ? rows[0] : rows[1]) + 1;
}

static const struct column columns[] = {
	{ "release", "release", "go", .width = 10, .left = true, .role = ROLE_LABEL },
	{ .field = "engine" },
	{ .field = "op" },
	{ "entries", "entries", "entries", .width = 9, .role = ROLE_VALUE },
	{ "units", "buckets, groups", "units", .width = 8, .rank = 2, .role = ROLE_VALUE },
	{ "in use", "bytes in use", "inuse_bytes", .width = 12, .role = ROLE_VALUE },
	{ "objects", "objects in use", "inuse_objects", .width = 9, .rank = 3, .role = ROLE_VALUE },
	{ "allocated", "bytes allocated", "alloc_bytes", .width = 12, .rank = 1,
		.role = ROLE_VALUE },
	{ .title = "what was done", .field = "did" },
};

static void put_row(struct sheet_table *t, const struct session *s, bool waits)
{
	struct account reached = map_reached(&s->world.map);
	struct row *r = table_row(t);
	struct story st = { 0 };

	row_words(r, s->given.release->name);
	row_words(r, s->world.map.type->engine->name);
	row_count(r, s->time.now);
	row_count(r, map_count(&s->world.map));
	row_count(r, map_extent(&s->world.map).units);
	row_count(r, reached.bytes);
	row_count(r, reached.objects);
	row_count(r, s->world.heap.state.alloc_bytes);
	if (session_point(s) || s->shown.probe_label)
		story_tell(&st, s);
	row_words(r, waits ? "nothing to be done here" : st.count ? text_str(&st.lines[0]) : "");
	story_free(&st);
}

bool beside_sheet(const struct present *now, struct sheet *out, struct error *err)
{
	struct session *there = session_twin(now->session, err);
	struct sheet_table *t;

	if (!there)
		return false;
	t = sheet_table(out, "beside", COLUMNS(columns));
	t->plain = true;
	put_row(t, now->session, false);
	put_row(t, there, session_twin_waits(now->session));
	return true;
}
