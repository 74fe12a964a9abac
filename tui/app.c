/* SPDX-License-Identifier: MIT */
#include "tui/app_parts.h"

#include <stdlib.h>
#include <string.h>

#include "tui/export.h"
#include "tui/help.h"
#include "tui/history.h"
#include "tui/scene.h"
#include "tui/view_check.h"
#include "tui/view_diff.h"
#include "tui/view_layout.h"
#include "tui/view_ledger.h"
#include "tui/view_life.h"
#include "tui/view_shape.h"

static bool known_key(const char *name)
{
	struct error unused;
	struct key key;

	return key_parse(name, &key, &unused);
}

const struct config_names *app_names(void)
{
	static const struct config_names names = { .action = action_known, .key = known_key };

	return &names;
}

bool app_check(const struct config *c, struct error *err)
{
	struct keymap map;
	struct theme theme;

	if (!keymap_make(&map, c, err))
		return false;
	keymap_free(&map);
	return theme_load(&theme, c->theme, err);
}

/* What lies over the picture; returns its rows. */
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
		return scenes_draw(in);
	case OVERLAY_CHECK:
		return view_check(a->s, in);
	case OVERLAY_SHAPE:
		return view_shape(a->s, in);
	case OVERLAY_LIFE:
		return view_life(a->s, in);
	case OVERLAY_DIFF:
		return view_diff(a->s, in);
	default:
		break;
	}
	return 0;
}

static void draw_overlay(struct app *a)
{
	static const char *const titles[] = { [OVERLAY_HELP] = "help",
		[OVERLAY_LAYOUT] = "64 and 32 bit", [OVERLAY_LEDGER] = "ledger",
		[OVERLAY_ENTRIES] = "entries", [OVERLAY_SCENES] = "scenes",
		[OVERLAY_CHECK] = "check", [OVERLAY_SHAPE] = "shape",
		[OVERLAY_LIFE] = "lifecycle", [OVERLAY_DIFF] = "differences" };
	struct pane all = canvas_pane(a->canvas);
	struct pane in = pane_box(&all, ROLE_BORDER_FOCUS, titles[a->overlay],
		a->overlay == OVERLAY_ENTRIES ? "Enter goes there, / cuts the list down"
		: all.w < 60 ? "any key: back" : "up and down scroll, any other key goes back");

	if (a->overlay == OVERLAY_ENTRIES) {
		entries_draw(&a->entries, &in);
		return;
	}
	/* Moved up by as many rows as were scrolled: what is above the frame is clipped. */
	in = pane_sub(&in, 0, -a->overlay_top, in.w, in.h + a->overlay_top);
	a->overlay_rows = draw_over(a, &in);
}

static void draw(struct app *a)
{
	int w, h, x = -1, y = -1;

	term_size(a->term, &w, &h);
	if (w != a->canvas->w || h != a->canvas->h)
		canvas_resize(a->canvas, w, h);
	else
		canvas_clear(a->canvas);
	if (a->overlay)
		draw_overlay(a);
	else
		layout_draw(&a->state, a->canvas, &x, &y);
	if (a->overlay && a->prompt.open)
		layout_prompt(&a->state, a->canvas, &x, &y);
	term_draw(a->term, a->canvas, x, y);
}

static void on_event(struct app *a, const struct event *e)
{
	switch (e->type) {
	case EVENT_KEY:
		app_key(a, e->key);
		break;
	case EVENT_MOUSE:
		app_mouse(a, &e->mouse);
		break;
	case EVENT_PASTE:
		if (a->prompt.open)
			prompt_paste(&a->prompt, &e->paste);
		else
			app_say(a, ROLE_WARNING, "paste goes to the prompt: open it first");
		break;
	case EVENT_SIGNAL:
		a->signal = e->signal;
		a->leave = true;
		break;
	case EVENT_HANGUP:
		a->leave = true;
		break;
	default:
		break;
	}
}

static void close_app(struct app *a)
{
	term_close(a->term);
	canvas_free(a->canvas);
	look_free(&a->look);
	prompt_free(&a->prompt);
	free(a->sought);
	entries_free(&a->entries);
	keymap_free(&a->keymap);
}

static bool interrupted(void *term)
{
	return term_wants_end(term);
}

static bool open_app(struct app *a, bool input_taken, struct error *err)
{
	const struct config *c = a->config;
	struct term_options o = {
		.theme = &a->theme, .color = c->color, .charset = c->charset,
		.escape_ms = c->escape_ms, .mouse = c->mouse, .input_taken = input_taken,
	};
	int w, h;

	if (!theme_load(&a->theme, c->theme, err) || !keymap_make(&a->keymap, c, err))
		return false;
	export_set_theme(a->s, &a->theme);
	a->term = term_open(&o, err);
	if (!a->term)
		return false;
	term_size(a->term, &w, &h);
	a->canvas = canvas_new(w, h, term_ascii(a->term));
	look_init(&a->look, a->s);
	look_follow(&a->look);
	a->state = (struct screen_state){ .look = &a->look, .prompt = &a->prompt,
		.keymap = &a->keymap, .message = a->message, .message_role = ROLE_MESSAGE };
	history_load(&a->prompt);
	a->s->interrupt = interrupted;
	a->s->interrupt_data = a->term;
	return true;
}

int app_run(struct session *s, const struct config *c, bool input_taken, struct error *err)
{
	struct app a = { .s = s, .config = c, .play_ms = PLAY_FIRST };
	struct event e;

	if (!open_app(&a, input_taken, err)) {
		keymap_free(&a.keymap);
		return -1;
	}
	app_tell_hash(&a);
	while (!a.leave) {
		draw(&a);
		term_next_event(a.term, a.playing ? a.play_ms : -1, &e);
		if (e.type == EVENT_NONE && a.playing)
			app_play_on(&a);
		else
			on_event(&a, &e);
	}
	s->interrupt = NULL;
	history_save(&a.prompt);
	close_app(&a);
	if (a.signal)
		term_die(a.signal);
	return 0;
}
