/* SPDX-License-Identifier: MIT */
/* Pages over the picture; and what is on the screen as a picture to be written. */
#include "tui/app/app_parts.h"

bool app_shows(const struct app *a, enum view_id view)
{
	return a->overlay.view == &page_views[view];
}

/* A list is made meanwhile. */
void app_open_overlay(struct app *a, const struct page_view *view)
{
	a->overlay.view = view;
	a->overlay.top = 0;
	a->selected = 0;
	if (!app_shows(a, VIEW_ENTRIES))
		return;
	entries_begin(&a->entries, a->s, "");
	app_list_on(a);
}

void app_open_page(struct app *a, const char *view)
{
	struct error unused;
	const struct page_view *v = page_view_find(view, &unused);

	if (v && v->title)
		app_open_overlay(a, v);
}

/* What lies over the picture, but for the list of entries; returns its rows. */
static int draw_over(struct app *a, const struct pane *in)
{
	const struct present now = { .session = a->s, .look = &a->look, .to = UINT64_MAX,
		.screen = true, .keys = &a->keymap, .selected = a->selected };

	return page_view_draw(a->overlay.view, &now, in);
}

/* The key of an action and what it does there, if it has one. */
static void add_hint(const struct app *a, enum action action, const char *does, struct text *out)
{
	struct key_text key = keymap_key(&a->keymap, action);

	if (*key.s)
		text_printf(out, "%s%s%s", out->len ? "   " : "", key.s, does);
}

/* Two keys that belong together. */
static void add_pair(const struct app *a, enum action back, enum action forth, const char *does,
	struct text *out)
{
	struct key_text one = keymap_key(&a->keymap, back), two = keymap_key(&a->keymap, forth);

	if (*one.s && *two.s)
		text_printf(out, "%s%s %s%s", out->len ? "   " : "", one.s, two.s, does);
}

/* Where in time the page is, which goes on under it. */
static void add_time(const struct session *s, bool wide, struct text *out)
{
	size_t all, step = session_step(s, &all);

	text_printf(out, "op %s/%s", count_text(s->time.now).s, count_text(s->time.total).s);
	if (wide && s->shown.inside)
		text_printf(out, ", event %zu of %zu", step, all);
}

/* How to leave the page; of those that time goes on under, how to step. */
static void overlay_hint(const struct app *a, int width, struct text *out)
{
	const struct session *s = a->s;
	bool wide = width >= 60;

	if (app_shows_maps(a)) {
		add_hint(a, ACTION_ZOOM_IN, ": open", out);
		add_hint(a, ACTION_FIND, ": filter", out);
		/* A line that has no room is not drawn at all. */
		if (wide)
			add_pair(a, ACTION_LEFT, ACTION_RIGHT, ": sort", out);
		if (width >= 80)
			add_hint(a, ACTION_PANEL, ": by type, path", out);
		if (width >= 100) {
			add_hint(a, ACTION_CAPTURE, ": again", out);
			add_hint(a, ACTION_QUIT, ": quit", out);
		}
		return;
	}
	if (app_shows(a, VIEW_ENTRIES)) {
		add_hint(a, ACTION_ZOOM_IN, ": go there", out);
		add_hint(a, ACTION_FIND, wide ? ": cut the list down" : ": filter", out);
	} else if (app_shows(a, VIEW_SCENES)) {
		add_hint(a, ACTION_ZOOM_IN, ": begin the scene", out);
	} else if (app_shows(a, VIEW_LAYOUT)) {
		add_pair(a, ACTION_LEFT, ACTION_RIGHT, wide ? ": other targets" : ": targets", out);
	} else if (a->overlay.view->flags & VIEW_STAYS) {
		add_time(s, wide, out);
		if (wide)
			add_pair(a, ACTION_UNDO, ACTION_REDO, ": step", out);
	} else {
		text_add(out,
			wide ? "up and down scroll, any other key goes back" : "any key: back");
		return;
	}
	if (wide)
		text_add(out, "   other keys: back");
}

void app_draw_overlay(struct app *a)
{
	struct pane all = canvas_pane(a->canvas);
	struct text hint = { 0 };
	struct pane in;

	overlay_hint(a, all.w, &hint);
	in = pane_box(&all, ROLE_BORDER_FOCUS, a->overlay.view->title, text_str(&hint));
	text_free(&hint);
	int height = in.h;

	if (app_shows_maps(a)) {
		maps_list_draw(&a->program.list, &in);
		return;
	}
	if (app_shows(a, VIEW_ENTRIES)) {
		entries_draw(&a->entries, &in);
		return;
	}
	/* Moved up by as many rows as were scrolled: what is above the frame is clipped. */
	in = pane_sub(&in, 0, -a->overlay.top, in.w, in.h + a->overlay.top);
	a->overlay.rows = draw_over(a, &in);
	layout_put_scroll(&all, a->overlay.top, height, a->overlay.rows);
}

/* The page that is open, as long as it is. */
static bool overlay_picture(struct app *a, bool ascii, page_sink *sink, void *sink_data)
{
	struct canvas *canvas = canvas_new(a->canvas->w, 0, ascii);
	struct pane all = canvas_pane(canvas), in = pane_sub(&all, 2, 1, all.w - 4, 0);
	bool ok;

	canvas_resize(canvas, canvas->w, draw_over(a, &in) + 2);
	all = canvas_pane(canvas);
	in = pane_box(&all, ROLE_BORDER, a->overlay.view->title, NULL);
	draw_over(a, &in);
	ok = sink(sink_data, canvas);
	canvas_free(canvas);
	return ok;
}

/* The maps that fit: `-x text --pid N` writes all of them. */
static bool maps_picture(struct app *a, bool ascii, page_sink *sink, void *sink_data)
{
	struct canvas *canvas = canvas_new(a->canvas->w, a->canvas->h, ascii);
	struct pane all = canvas_pane(canvas);
	struct pane in = pane_box(&all, ROLE_BORDER, a->overlay.view->title, NULL);
	bool ok;

	maps_list_draw(&a->program.list, &in);
	ok = sink(sink_data, canvas);
	canvas_free(canvas);
	return ok;
}

/* The list, a band at a time: of a frame that is higher than a band the rest is clipped. */
static bool entries_picture(struct app *a, bool ascii, page_sink *sink, void *sink_data)
{
	enum { BAND = 64 };
	const struct entries *e = &a->entries;
	struct canvas *canvas = canvas_new(a->canvas->w, BAND, ascii);
	int y = 1;
	bool ok = true;

	for (size_t i = 0; ok && i <= e->count; i++, y = 0) {
		struct pane all = canvas_pane(canvas), frame, in;
		bool first = i == 0;

		frame = pane_sub(&all, 0, first ? 0 : -1, all.w, BAND + 2);
		in = pane_box(&frame, ROLE_BORDER, first ? a->overlay.view->title : NULL, NULL);
		if (first)
			entries_put_title(e, &in);
		for (y = first; i < e->count && first + y < BAND; i++, y++)
			entries_put_row(e, &in, y, i, i == e->selected);
		i -= i < e->count;
		canvas->h = first + y;
		ok = sink(sink_data, canvas);
		canvas_resize(canvas, canvas->w, BAND);
	}
	canvas_free(canvas);
	return ok;
}

/* The picture with its panels, but for the line of keys and messages at the bottom. */
static bool layout_picture(struct app *a, bool ascii, page_sink *sink, void *sink_data)
{
	struct canvas *canvas = canvas_new(a->canvas->w, a->canvas->h, ascii);
	struct screen_state state = a->state;
	struct prompt closed = { 0 };
	int x, y;
	bool ok;

	state.prompt = &closed;
	state.message = "";
	layout_draw(&state, canvas, &x, &y);
	canvas->h -= canvas->h > 1;
	ok = sink(sink_data, canvas);
	canvas_free(canvas);
	return ok;
}

bool app_picture(void *app, bool ascii, page_sink *sink, void *sink_data, struct error *err)
{
	struct app *a = app;

	(void)err;
	if (app_shows_maps(a))
		return maps_picture(a, ascii, sink, sink_data);
	if (app_shows(a, VIEW_ENTRIES))
		return entries_picture(a, ascii, sink, sink_data);
	if (a->overlay.view)
		return overlay_picture(a, ascii, sink, sink_data);
	return layout_picture(a, ascii, sink, sink_data);
}
