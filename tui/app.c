/* SPDX-License-Identifier: MIT */
#include "tui/app.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model/command.h"
#include "model/mem.h"
#include "tui/export.h"
#include "tui/find.h"
#include "tui/help.h"
#include "tui/history.h"
#include "tui/layout.h"
#include "tui/term.h"
#include "tui/view.h"
#include "tui/view_layout.h"

/* A page that lies over the picture until a key takes it away. */
enum overlay { OVERLAY_NONE, OVERLAY_HELP, OVERLAY_LAYOUT };

struct app {
	struct session *s;
	const struct config *config;
	struct term *term;
	struct theme theme;
	struct canvas *canvas;
	struct look look;
	struct prompt prompt;
	struct keymap keymap;
	struct screen_state state;
	char message[sizeof((struct error *)0)->msg];
	char *sought;  /* what was last searched for; NULL for nothing yet; owned */
	bool finding;  /* the prompt is that of a search */
	bool playing;
	int play_ms;   /* from one operation to the next */
	enum overlay overlay;
	int overlay_top, overlay_rows;
	bool leave;
	int signal; /* that ended the program, 0 for none */
};

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

static void act(struct app *a, enum action action);

static void say(struct app *a, enum role role, const char *text)
{
	snprintf(a->message, sizeof a->message, "%s", text);
	a->state.message_role = role;
}

/* Tells that the future was forgotten, which is what one would not expect. */
static void tell_future(struct app *a)
{
	char text[160];

	if (!a->s->forgot_future)
		return;
	snprintf(text, sizeof text, "a new future begins at op %llu; what came after it is gone",
		(unsigned long long)a->s->now);
	say(a, ROLE_WARNING, text);
	a->s->forgot_future = false;
}

/*
 * Before its first operation, and between `map` and the `make` that follows, there is no map to
 * look at: on the way along the timeline such points are stepped over, never written over.
 */
static bool step_over_nothing(struct session *s, uint64_t before, struct error *err)
{
	uint64_t from = s->now;

	if (s->inside)
		return true;
	while (!s->map.hmap && s->now > 0 && s->now < before)
		if (!session_goto(s, s->now - 1, err))
			return false;
	while (!s->map.hmap && s->now < s->total)
		if (!session_goto(s, s->now + 1, err))
			return false;
	if (s->now != from && s->now == before)
		return fail(err, "this is the beginning");
	return session_ensure_map(s, err);
}

/* Runs a command line and looks at what it did. */
static bool run_line(struct app *a, const char *line, struct error *err)
{
	uint64_t before = a->s->now;
	bool ok = session_run(a->s, line, err) && step_over_nothing(a->s, before, err);

	if (a->s->now != before || a->s->probe_label)
		look_follow(&a->look);
	look_refresh(&a->look);
	tell_future(a);
	return ok;
}

static void run_now(struct app *a, const char *line)
{
	struct error err;

	if (!run_line(a, line, &err))
		say(a, ROLE_ERROR, err.msg);
}

static bool is_command(const char *line, const char *name)
{
	struct error unused;
	const char *args;
	const struct command *c = command_find(line, &args, &unused);

	return c && strcmp(c->name, name) == 0;
}

/* An export needs a file here: standard output is the screen. */
static bool check_export(const char *line, struct error *err)
{
	struct error unused;
	const char *args;
	size_t n;

	if (!command_find(line, &args, &unused))
		return true;
	n = strcspn(args, " \t#");
	if (args[n + strspn(args + n, " \t")] && args[n + strspn(args + n, " \t")] != '#')
		return true;
	return fail(err, "export: a file name is missing: export FORMAT FILE");
}

static void find(struct app *a, bool back)
{
	struct error err;

	if (!a->sought)
		say(a, ROLE_WARNING, "nothing was searched for yet");
	else if (!find_next(&a->look, a->sought, back, &err))
		say(a, ROLE_WARNING, err.msg);
}

static void finish_find(struct app *a)
{
	struct error err;

	free(a->sought);
	a->sought = xstrdup(text_str(&a->prompt.line));
	if (find_next(&a->look, a->sought, false, &err))
		prompt_close(&a->prompt);
	else
		a->prompt.error = err;
}

/* An action may be typed by its name, too. */
static bool run_action(struct app *a, const char *line)
{
	int i = 0;

	while (i < ACTIONS_END && (actions[i].command || strcmp(actions[i].name, line) != 0))
		i++;
	if (i == ACTIONS_END)
		return false;
	prompt_close(&a->prompt);
	act(a, (enum action)i);
	return true;
}

static void finish_prompt(struct app *a)
{
	char *line = xstrdup(text_str(&a->prompt.line));
	bool export = is_command(line, "export");
	struct error err;

	prompt_remember(&a->prompt);
	if (strcmp(line, "q") == 0) {
		a->leave = true;
	} else if (run_action(a, line)) {
		look_refresh(&a->look);
	} else if ((!export || check_export(line, &err)) && run_line(a, line, &err)) {
		prompt_close(&a->prompt);
		if (export)
			say(a, ROLE_MESSAGE, "written");
	} else {
		a->prompt.error = err;
	}
	free(line);
}

/* The literal of the key under the cursor; "" when there is none. */
static void key_under_cursor(const struct app *a, struct text *out)
{
	const struct place *c = &a->look.cursor;
	const struct map *m = &a->s->map;

	if (m->hmap && c->addr && map_at(m, c->addr)[c->slot] >= MIN_TOPHASH)
		value_format(m->heap, m->type->key, map_key(m, c->addr, c->slot), out, 0);
}

/* The cursor stays with its key, not with the place it had. */
static void toggle_arch(struct app *a)
{
	const char *other = a->s->target->ptrsize == 8 ? "386" : "amd64";
	struct error err;
	struct text key = { 0 };
	char text[64];

	key_under_cursor(a, &key);
	if (!session_set_arch(a->s, other, &err)) {
		text_free(&key);
		say(a, ROLE_ERROR, err.msg);
		return;
	}
	look_refresh(&a->look);
	if (key.len)
		find_next(&a->look, text_str(&key), false, &err);
	text_free(&key);
	snprintf(text, sizeof text, "now %s: all was run again", other);
	say(a, ROLE_MESSAGE, text);
}

/* Where the picture is not the one that programs really have, that is the first thing to say. */
static void tell_hash(struct app *a)
{
	const char *note = target_hash_note(a->s->target, a->s->family);
	char text[256];

	if (!note)
		return;
	snprintf(text, sizeof text, "%s: %s", a->s->target->name, note);
	say(a, ROLE_WARNING, text);
}

static bool go(struct session *s, uint64_t to, struct error *err)
{
	uint64_t before = s->now;

	return session_goto(s, to, err) && step_over_nothing(s, before, err);
}

static void step_event(struct app *a, bool forth)
{
	uint64_t before = a->s->now;
	struct error err;

	if (!session_step_event(a->s, forth, &err) || !step_over_nothing(a->s, before, &err))
		say(a, ROLE_WARNING, err.msg);
	look_follow(&a->look);
}

/* Whether the operation of the present point began something that one would go to. */
static bool is_landmark(const struct session *s)
{
	size_t n;
	const struct trace_event *e = session_trace(s, &n);

	for (size_t i = 0; i < n; i++)
		if (e[i].kind == TRACE_GROW || e[i].kind == TRACE_LINK || e[i].kind == TRACE_CLEAR ||
			e[i].kind == TRACE_GROWN)
			return true;
	return false;
}

static void jump(struct app *a, bool forth)
{
	struct session *s = a->s;
	struct error err;

	do {
		uint64_t to = forth ? s->now + 1 : s->now - 1;

		if (s->now == (forth ? s->total : 0)) {
			say(a, ROLE_WARNING, forth ? "nothing more up to the end"
						   : "nothing more back to the beginning");
			break;
		}
		if (!go(s, to, &err)) {
			say(a, ROLE_WARNING, err.msg);
			break;
		}
	} while (!is_landmark(s) && !term_wants_end(a->term));
	look_follow(&a->look);
}

enum { PLAY_FASTEST = 16, PLAY_FIRST = 400, PLAY_SLOWEST = 6400 };

static void set_speed(struct app *a, bool faster)
{
	char text[64];

	if (faster && a->play_ms > PLAY_FASTEST)
		a->play_ms /= 2;
	if (!faster && a->play_ms < PLAY_SLOWEST)
		a->play_ms *= 2;
	snprintf(text, sizeof text, "one operation each %d ms", a->play_ms);
	say(a, ROLE_MESSAGE, text);
}

/* One operation further, until the end. */
static void play_on(struct app *a)
{
	struct error err;

	if (a->s->now == a->s->total || !go(a->s, a->s->now + 1, &err))
		a->playing = false;
	look_follow(&a->look);
}

static void next_theme(struct app *a)
{
	struct theme_names list = theme_list();
	struct error err;
	size_t i = 0;
	char text[96];

	while (i < list.count && strcmp(list.names[i], a->theme.name) != 0)
		i++;
	i = i + 1 < list.count ? i + 1 : 0;
	if (list.count && theme_load(&a->theme, list.names[i], &err)) {
		term_set_theme(a->term, &a->theme);
		snprintf(text, sizeof text, "theme %s", a->theme.name);
		say(a, ROLE_MESSAGE, text);
	} else if (list.count) {
		say(a, ROLE_ERROR, err.msg);
	}
	theme_list_free(&list);
}

/* In the atlas the cursor moves by cells and rows of them, elsewhere by slots and buckets. */
static void move_cells(struct app *a, int64_t by)
{
	struct look *l = &a->look;
	uint64_t per, cells = atlas_cells(l, &a->state.atlas, &per);
	int64_t to = (int64_t)(l->cursor.bucket / per) + by;

	if (cells && to >= 0 && (uint64_t)to < cells)
		look_move_to(l, l->cursor.old, (uint64_t)to * per);
}

static void move_across(struct app *a, int by)
{
	if (a->look.zoom == ZOOM_ATLAS)
		move_cells(a, by);
	else
		look_move_slot(&a->look, by);
}

static void move_along(struct app *a, int by)
{
	if (a->look.zoom == ZOOM_ATLAS)
		move_cells(a, by * (int64_t)a->state.atlas.w);
	else
		look_move_bucket(&a->look, by);
}

static void begin_collide(struct app *a)
{
	char line[64];
	uint64_t bucket = a->look.cursor.bucket;

	snprintf(line, sizeof line, "collide %llu ", (unsigned long long)bucket);
	prompt_open(&a->prompt, line);
}

static void open_overlay(struct app *a, enum overlay overlay)
{
	a->overlay = overlay;
	a->overlay_top = 0;
}

static void act(struct app *a, enum action action)
{
	struct look *l = &a->look;
	int64_t page = a->state.page > 1 ? a->state.page - 1 : 1;

	switch (action) {
	case ACTION_LEFT:
	case ACTION_RIGHT:
		move_across(a, action == ACTION_LEFT ? -1 : 1);
		break;
	case ACTION_UP:
	case ACTION_DOWN:
		move_along(a, action == ACTION_UP ? -1 : 1);
		break;
	case ACTION_PAGE_UP:
		look_move_bucket(l, -page);
		break;
	case ACTION_PAGE_DOWN:
		look_move_bucket(l, page);
		break;
	case ACTION_HOME:
		look_move_to(l, l->cursor.old, 0);
		break;
	case ACTION_END:
		look_move_to(l, l->cursor.old, UINT64_MAX);
		break;
	case ACTION_ARRAY:
		look_switch_array(l);
		break;
	case ACTION_FOLLOW:
		look_follow(l);
		break;
	case ACTION_ZOOM_IN:
		l->zoom += l->zoom + 1 < ZOOMS;
		break;
	case ACTION_ZOOM_OUT:
		l->zoom -= l->zoom > 0;
		break;
	case ACTION_METRIC:
		l->metric = (enum atlas_metric)((l->metric + 1) % METRICS);
		break;
	case ACTION_EXPLAIN:
		l->explain = !l->explain;
		break;
	case ACTION_COLLIDE:
		begin_collide(a);
		break;
	case ACTION_FIND:
		prompt_open(&a->prompt, "");
		a->finding = true;
		break;
	case ACTION_FIND_NEXT:
	case ACTION_FIND_BACK:
		find(a, action == ACTION_FIND_BACK);
		break;
	case ACTION_EVENT_BACK:
	case ACTION_EVENT_FORTH:
		step_event(a, action == ACTION_EVENT_FORTH);
		break;
	case ACTION_JUMP_BACK:
	case ACTION_JUMP_FORTH:
		jump(a, action == ACTION_JUMP_FORTH);
		break;
	case ACTION_PLAY:
		a->playing = !a->playing && a->s->now < a->s->total;
		break;
	case ACTION_FASTER:
	case ACTION_SLOWER:
		set_speed(a, action == ACTION_FASTER);
		break;
	case ACTION_ARCH:
		toggle_arch(a);
		break;
	case ACTION_THEME:
		next_theme(a);
		break;
	case ACTION_HELP:
		open_overlay(a, OVERLAY_HELP);
		break;
	case ACTION_LAYOUT:
		open_overlay(a, OVERLAY_LAYOUT);
		break;
	case ACTION_SUSPEND:
		term_suspend(a->term);
		break;
	case ACTION_REDRAW:
		term_redraw(a->term);
		break;
	case ACTION_QUIT:
		a->leave = true;
		break;
	default:
		break;
	}
}

/* A command that still needs something is begun at the prompt, a whole one is run. */
static void run_entry(struct app *a, const struct keymap_entry *e)
{
	size_t n = e->command ? strlen(e->command) : 0;

	if (!e->command)
		act(a, e->action);
	else if (n == 0 || e->command[n - 1] == ' ')
		prompt_open(&a->prompt, e->command);
	else
		run_now(a, e->command);
}

static void overlay_key(struct app *a, struct key key)
{
	const struct keymap_entry *e = keymap_find(&a->keymap, key);
	int page = a->canvas->h > 3 ? a->canvas->h - 3 : 1;
	int by = 0;

	switch (e ? e->action : ACTIONS_END) {
	case ACTION_UP:
		by = -1;
		break;
	case ACTION_DOWN:
		by = 1;
		break;
	case ACTION_PAGE_UP:
		by = -page;
		break;
	case ACTION_PAGE_DOWN:
	case ACTION_FOLLOW:
		by = page;
		break;
	default:
		a->overlay = OVERLAY_NONE;
	}
	a->overlay_top += by;
	if (a->overlay_top > a->overlay_rows - page)
		a->overlay_top = a->overlay_rows - page;
	if (a->overlay_top < 0)
		a->overlay_top = 0;
}

static void on_key(struct app *a, struct key key)
{
	const struct keymap_entry *e;

	if (a->prompt.open) {
		enum prompt_result result = prompt_key(&a->prompt, key);

		if (result == PROMPT_DONE && a->finding)
			finish_find(a);
		else if (result == PROMPT_DONE)
			finish_prompt(a);
		else if (result == PROMPT_CANCELLED)
			prompt_close(&a->prompt);
		a->finding &= a->prompt.open;
		return;
	}
	if (a->overlay) {
		overlay_key(a, key);
		return;
	}
	a->message[0] = '\0';
	e = keymap_find(&a->keymap, key);
	/* Any key but those for the speed stops what plays. */
	if (a->playing && !(e && (e->action == ACTION_FASTER || e->action == ACTION_SLOWER ||
					 e->action == ACTION_PLAY)))
		a->playing = false;
	if (e) {
		run_entry(a, e);
	} else if (key.sym == SYM_CHAR && key.mods == 0) {
		char name[KEY_NAME_MAX], text[96], help[KEY_NAME_MAX];

		keymap_key(&a->keymap, ACTION_HELP, help, sizeof help);
		snprintf(text, sizeof text, "%s has no meaning here; %s lists the keys",
			key_name(key, name), help);
		say(a, ROLE_WARNING, text);
	}
}

static bool inside(const struct pane *p, const struct mouse *mouse)
{
	return mouse->x >= p->x && mouse->x < p->x + p->w && mouse->y >= p->y &&
		mouse->y < p->y + p->h;
}

/* The timeline is clicked, or drawn along. */
static bool scrub(struct app *a, const struct mouse *mouse)
{
	const struct pane *bar = &a->state.timeline;
	struct error err;

	if (!inside(bar, mouse) || mouse->button != 1 ||
		(mouse->type != MOUSE_PRESS && mouse->type != MOUSE_DRAG))
		return false;
	if (!go(a->s, timeline_point(a->s, mouse->x - bar->x, bar->w), &err))
		say(a, ROLE_WARNING, err.msg);
	look_follow(&a->look);
	return true;
}

static void click_atlas(struct app *a, const struct mouse *mouse)
{
	const struct pane *p = &a->state.atlas;
	uint64_t per, cells = atlas_cells(&a->look, p, &per);
	uint64_t cell = (uint64_t)(mouse->y - p->y) * (uint64_t)p->w + (uint64_t)(mouse->x - p->x);

	if (cell < cells)
		look_move_to(&a->look, a->look.cursor.old, cell * per);
}

/* The wheel moves the cursor; a click puts it on a slot. */
static void on_mouse(struct app *a, const struct mouse *mouse)
{
	if (a->prompt.open || a->overlay)
		return;
	if (mouse->type == MOUSE_WHEEL)
		look_move_bucket(&a->look, 3 * mouse->wheel);
	if (scrub(a, mouse))
		return;
	if (mouse->type != MOUSE_PRESS || mouse->button != 1)
		return;
	if (inside(&a->state.minimap, mouse)) {
		look_move_to(&a->look, false, minimap_bucket(&a->look, &a->state.minimap,
						 mouse->x - a->state.minimap.x));
		return;
	}
	if (inside(&a->state.atlas, mouse)) {
		click_atlas(a, mouse);
		return;
	}
	for (int old = 0; old < 2; old++) {
		const struct pane *p = &a->state.rows[old];

		if (!inside(p, mouse))
			continue;
		layout_click(&a->look, p, old, mouse->x - p->x, mouse->y - p->y);
	}
}

static void draw_overlay(struct app *a)
{
	struct pane all = canvas_pane(a->canvas);
	struct pane in = pane_box(&all, ROLE_BORDER_FOCUS,
		a->overlay == OVERLAY_HELP ? "help" : "64 and 32 bit",
		"up and down scroll, any other key goes back");

	/* Moved up by as many rows as were scrolled: what is above the frame is clipped. */
	in = pane_sub(&in, 0, -a->overlay_top, in.w, in.h + a->overlay_top);
	a->overlay_rows = a->overlay == OVERLAY_HELP ? help_draw(&a->keymap, &in)
						    : view_layout(a->s, &in);
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
	term_draw(a->term, a->canvas, x, y);
}

static void on_event(struct app *a, const struct event *e)
{
	switch (e->type) {
	case EVENT_KEY:
		on_key(a, e->key);
		break;
	case EVENT_MOUSE:
		on_mouse(a, &e->mouse);
		break;
	case EVENT_PASTE:
		if (a->prompt.open)
			prompt_paste(&a->prompt, &e->paste);
		else
			say(a, ROLE_WARNING, "paste goes to the prompt: open it first");
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
	tell_hash(&a);
	while (!a.leave) {
		draw(&a);
		term_next_event(a.term, a.playing ? a.play_ms : -1, &e);
		if (e.type == EVENT_NONE && a.playing)
			play_on(&a);
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
