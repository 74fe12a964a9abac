/* SPDX-License-Identifier: MIT */
#include "tui/app/app_parts.h"

#include <stdlib.h>

#include "model/base/clock.h"
#include "tui/app/history.h"
#include "tui/export/export.h"
#include "tui/view/follow.h"

static bool known_key(const char *name, struct error *err)
{
	struct key key;

	return key_parse(name, &key, err);
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
	if (theme_load(&theme, c->theme, err))
		return true;
	return c->theme_line ? fail_in(err, "%s:%d: [options]: theme", c->path, c->theme_line)
			     : false;
}

/* Of a terminal of any size no more is drawn than there is memory for. */
static void tell_cut(struct app *a)
{
	int w, h;

	if (term_cut(a->term, &w, &h))
		app_say(a, ROLE_WARNING,
			"the terminal has %d columns, %d rows: %d, %d of them are used", w, h,
			a->canvas->w, a->canvas->h);
}

/* What is to be said of the first picture. */
static void tell_first(struct app *a)
{
	app_tell_hash(a);
	tell_cut(a);
	app_tell_stop(a);
}

static void draw(struct app *a)
{
	int w, h, x = -1, y = -1;

	term_size(a->term, &w, &h);
	if (w != a->canvas->w || h != a->canvas->h) {
		canvas_resize(a->canvas, w, h);
		tell_cut(a);
	} else {
		canvas_clear(a->canvas);
	}
	a->picture.width = w;
	a->picture.view = a->overlay.view ? a->overlay.view->name : NULL;
	a->stopped = false;
	if (a->overlay.view)
		app_draw_overlay(a);
	/* A page whose figures were given up would be made again and again. */
	if (a->overlay.view && a->stopped) {
		a->overlay.view = NULL;
		canvas_clear(a->canvas);
		app_say(a, ROLE_WARNING, "the page was given up");
	}
	if (!a->overlay.view)
		layout_draw(&a->state, a->canvas, &x, &y);
	if (a->overlay.view && (a->prompt.open || *a->message))
		layout_prompt(&a->state, a->canvas, &x, &y);
	term_draw(a->term, a->canvas, x, y);
}

/* A paste is no keys; but it has a place. */
static void tell_paste(struct app *a)
{
	struct key_text key = keymap_key(&a->keymap, ACTION_COMMAND);

	app_say(a, ROLE_WARNING, "paste goes to the prompt: open it first%s%s",
		*key.s ? ", with " : "", key.s);
}

static void on_event(struct app *a, const struct event *e)
{
	switch (e->type) {
	case EVENT_KEY:
		if (!app_quiz_key(a, e->key))
			app_key(a, e->key);
		break;
	case EVENT_MOUSE:
		app_mouse(a, &e->mouse);
		break;
	case EVENT_PASTE:
		if (a->asked.line)
			app_answer(a, (struct key){ 0 });
		else if ((!a->prompt.open || prompt_is_new(&a->prompt)) &&
			app_ask_script(a, &e->paste))
			break;
		else if (a->prompt.open)
			prompt_paste(&a->prompt, &e->paste);
		else
			tell_paste(a);
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
	app_quiz_after(a);
}

static void close_app(struct app *a)
{
	if (a->term)
		term_close(a->term);
	if (a->canvas)
		canvas_free(a->canvas);
	look_free(&a->look);
	prompt_free(&a->prompt);
	free(a->search.sought);
	free(a->asked.line);
	app_quiz_free(a);
	entries_free(&a->entries);
	maps_list_free(&a->program.list);
	keymap_free(&a->keymap);
}

bool app_open_term(struct app *a, struct error *err)
{
	const struct config *c = a->config;
	struct term_options o = {
		.theme = &a->theme, .color = c->color, .charset = c->charset,
		.escape_ms = c->escape_ms, .mouse = c->mouse, .input_taken = a->input_taken,
	};
	int w, h;

	a->term = term_open(&o, err);
	if (!a->term)
		return false;
	term_size(a->term, &w, &h);
	a->canvas = canvas_new(w, h, term_ascii(a->term));
	return true;
}

/* What the session begins with; the end of the program may come before that of it. */
static bool begin(struct app *a, const struct app_options *o, struct error *err)
{
	struct event e;
	bool ok;

	app_work_begins(a);
	a->s->hooks.watcher = (struct watcher){ app_works, a };
	ok = !o->begin || o->begin(a->s, o->data, err);
	if (a->term && term_wants_end(a->term)) {
		term_next_event(a->term, 0, &e);
		on_event(a, &e);
		return true;
	}
	return ok;
}

void app_take_session(struct app *a)
{
	a->picture = (struct picture_source){ .draw = app_picture, .data = a };
	export_set_screen(a->s, &a->theme, &a->look, &a->picture);
	look_init(&a->look, a->s);
	follow(&a->look);
	a->s->hooks.watcher = (struct watcher){ app_works, a };
	a->s->hooks.replace = app_may_replace;
	a->s->hooks.replace_data = a;
}

static bool open_app(struct app *a, const struct app_options *o, struct error *err)
{
	const struct config *c = a->config;

	if (!theme_load(&a->theme, c->theme, err) || !keymap_make(&a->keymap, c, err) ||
		!begin(a, o, err))
		return false;
	if (a->leave)
		return true;
	if (!a->term && !app_open_term(a, err))
		return false;
	app_take_session(a);
	a->state = (struct screen_state){ .look = &a->look, .prompt = &a->prompt,
		.keymap = &a->keymap, .message = a->message, .message_role = ROLE_MESSAGE };
	history_load(&a->prompt);
	return true;
}

/* How long until the program is looked at again; negative: that waits for a key. */
static int again_wait(const struct app *a)
{
	double left = a->program.again_at - clock_ms();
	bool idle = !a->prompt.open && !a->asked.line && (!a->overlay.view || app_shows_maps(a));

	if (!a->program.again_ms || !a->program.maps || !idle)
		return -1;
	return left < 0 ? 0 : (int)left;
}

/* One look more: in the list at all maps, else at the one, as a point of its time. */
static void look_again(struct app *a)
{
	if (again_wait(a) != 0)
		return;
	if (app_shows_maps(a))
		app_look_at_maps(a);
	else if (a->s->time.now == a->s->time.total)
		app_run_now(a, "capture");
	a->program.again_at = clock_ms() + a->program.again_ms;
}

int app_run(struct session *s, const struct config *c, const struct app_options *o,
	struct error *err)
{
	struct app a = { .s = s, .config = c, .play.ms = PLAY_FIRST, .input_taken = o->input_taken,
		.program = { .maps = o->maps, .again_ms = o->again_ms, .chosen = !o->list } };
	bool opened = open_app(&a, o, err), lists;
	struct event e;

	if (opened && !a.leave)
		tell_first(&a);
	a.program.again_at = clock_ms() + a.program.again_ms;
	if (opened && o->list)
		app_open_maps(&a);
	if (opened && !a.leave && o->quiz)
		app_quiz_begin(&a);
	while (opened && !a.leave) {
		draw(&a);
		lists = app_shows(&a, VIEW_ENTRIES) && !a.entries.done;
		term_next_event(a.term, lists ? 0 : a.play.on ? a.play.ms : again_wait(&a), &e);
		app_work_begins(&a);
		if (e.type == EVENT_NONE && lists)
			app_list_on(&a);
		else if (e.type == EVENT_NONE && a.play.on)
			app_play_on(&a);
		else if (e.type == EVENT_NONE)
			look_again(&a);
		else
			on_event(&a, &e);
	}
	s->hooks.watcher.stops = NULL;
	s->hooks.replace = NULL;
	close_app(&a);
	if (a.signal)
		term_die(a.signal);
	return opened ? 0 : -1;
}
