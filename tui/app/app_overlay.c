/* SPDX-License-Identifier: MIT */
/* Pages over the picture; and what is on the screen as a picture to be written. */
#include "tui/app/app_parts.h"

#include <string.h>

#include "tui/scenes/scene.h"
#include "tui/screen/help.h"
#include "tui/view/check.h"
#include "tui/view/diff.h"
#include "tui/view/layout.h"
#include "tui/view/ledger.h"
#include "tui/view/life.h"
#include "tui/view/shape.h"

static const char *const titles[] = { [OVERLAY_HELP] = "help", [OVERLAY_LAYOUT] = "layout",
	[OVERLAY_LEDGER] = "ledger", [OVERLAY_ENTRIES] = "entries", [OVERLAY_SCENES] = "scenes",
	[OVERLAY_CHECK] = "check", [OVERLAY_SHAPE] = "shape", [OVERLAY_LIFE] = "lifecycle",
	[OVERLAY_DIFF] = "differences", [OVERLAY_MARKS] = "marks" };

const char *app_page_name(const struct app *a)
{
	return titles[a->overlay];
}

void app_open_overlay(struct app *a, enum overlay overlay)
{
	a->overlay = overlay;
	a->overlay_top = 0;
	a->selected = 0;
}

void app_open_page(struct app *a, const char *view)
{
	if (strcmp(view, "diff") == 0)
		app_open_overlay(a, OVERLAY_DIFF);
	else if (strcmp(view, "layout") == 0)
		app_open_overlay(a, OVERLAY_LAYOUT);
}

/* What lies over the picture, but for the list of entries; returns its rows. */
static int draw_over(struct app *a, const struct pane *in)
{
	switch (a->overlay) {
	case OVERLAY_HELP:
		return help_draw(&a->keymap, in);
	case OVERLAY_LAYOUT:
		return view_layout(a->s, in);
	case OVERLAY_LEDGER:
		return view_ledger(a->s, in);
	case OVERLAY_SCENES:
		return scenes_draw(in, a->selected);
	case OVERLAY_CHECK:
		return view_check(a->s, in);
	case OVERLAY_SHAPE:
		return view_shape(a->s, in);
	case OVERLAY_LIFE:
		return view_life(a->s, in);
	case OVERLAY_DIFF:
		return view_diff(a->s, in);
	case OVERLAY_MARKS:
		return help_marks(in, 0);
	default:
		break;
	}
	return 0;
}

/* The key of an action and what it does there, if it has one. */
static void add_hint(const struct app *a, enum action action, const char *does, struct text *out)
{
	char key[KEY_NAME_MAX];

	keymap_key(&a->keymap, action, key, sizeof key);
	if (*key)
		text_printf(out, "%s%s%s", out->len ? "   " : "", key, does);
}

/* Two keys that belong together. */
static void add_pair(const struct app *a, enum action back, enum action forth, const char *does,
	struct text *out)
{
	char one[KEY_NAME_MAX], two[KEY_NAME_MAX];

	keymap_key(&a->keymap, back, one, sizeof one);
	keymap_key(&a->keymap, forth, two, sizeof two);
	if (*one && *two)
		text_printf(out, "%s%s %s%s", out->len ? "   " : "", one, two, does);
}

/* How to leave the page; of those that time goes on under, how to step. */
static void overlay_hint(const struct app *a, int width, struct text *out)
{
	const struct session *s = a->s;
	bool wide = width >= 60;

	switch (a->overlay) {
	case OVERLAY_ENTRIES:
		add_hint(a, ACTION_ZOOM_IN, ": go there", out);
		add_hint(a, ACTION_FIND, wide ? ": cut the list down" : ": filter", out);
		break;
	case OVERLAY_SCENES:
		add_hint(a, ACTION_ZOOM_IN, ": begin the scene", out);
		break;
	case OVERLAY_LAYOUT:
		add_pair(a, ACTION_LEFT, ACTION_RIGHT, wide ? ": other targets" : ": targets", out);
		break;
	case OVERLAY_LEDGER:
	case OVERLAY_SHAPE:
	case OVERLAY_CHECK:
		text_printf(out, "op %llu/%llu", (unsigned long long)s->time.now,
			(unsigned long long)s->time.total);
		if (wide)
			add_pair(a, ACTION_UNDO, ACTION_REDO, ": step", out);
		break;
	default:
		text_add(out, wide ? "up and down scroll, any other key goes back" : "any key: back");
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
	in = pane_box(&all, ROLE_BORDER_FOCUS, titles[a->overlay], text_str(&hint));
	text_free(&hint);
	int height = in.h;

	if (a->overlay == OVERLAY_ENTRIES) {
		entries_draw(&a->entries, &in);
		return;
	}
	/* Moved up by as many rows as were scrolled: what is above the frame is clipped. */
	in = pane_sub(&in, 0, -a->overlay_top, in.w, in.h + a->overlay_top);
	a->overlay_rows = draw_over(a, &in);
	layout_put_scroll(&all, a->overlay_top, height, a->overlay_rows);
}

/* The page that is open, as long as it is. */
static bool overlay_picture(struct app *a, bool ascii, page_sink *sink, void *sink_data)
{
	struct canvas *canvas = canvas_new(a->canvas->w, 0, ascii);
	struct pane all = canvas_pane(canvas), in = pane_sub(&all, 2, 1, all.w - 4, 0);
	bool ok;

	canvas_resize(canvas, canvas->w, draw_over(a, &in) + 2);
	all = canvas_pane(canvas);
	in = pane_box(&all, ROLE_BORDER, titles[a->overlay], NULL);
	draw_over(a, &in);
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
		in = pane_box(&frame, ROLE_BORDER, first ? titles[OVERLAY_ENTRIES] : NULL, NULL);
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
	if (a->overlay == OVERLAY_ENTRIES)
		return entries_picture(a, ascii, sink, sink_data);
	if (a->overlay)
		return overlay_picture(a, ascii, sink, sink_data);
	return layout_picture(a, ascii, sink, sink_data);
}
