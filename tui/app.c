/* SPDX-License-Identifier: MIT */
#include "tui/app.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model/command.h"
#include "model/mem.h"
#include "tui/export.h"
#include "tui/help.h"
#include "tui/layout.h"
#include "tui/term.h"

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
	bool help;
	int help_top, help_rows;
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

	while (!s->map.hmap && s->now > 0 && s->now < before)
		if (!session_goto(s, s->now - 1, err))
			return false;
	while (!s->map.hmap && s->now < s->total)
		if (!session_goto(s, s->now + 1, err))
			return false;
	if (s->now != from && s->now == before)
		return fail(err, "undo: this is the beginning");
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

static void finish_prompt(struct app *a)
{
	char *line = xstrdup(text_str(&a->prompt.line));
	bool export = is_command(line, "export");
	struct error err;

	prompt_remember(&a->prompt);
	if (strcmp(line, "quit") == 0 || strcmp(line, "q") == 0) {
		a->leave = true;
	} else if (strcmp(line, "help") == 0) {
		prompt_close(&a->prompt);
		a->help = true;
	} else if ((!export || check_export(line, &err)) && run_line(a, line, &err)) {
		prompt_close(&a->prompt);
		if (export)
			say(a, ROLE_MESSAGE, "written");
	} else {
		a->prompt.error = err;
	}
	free(line);
}

static void toggle_arch(struct app *a)
{
	const char *other = a->s->target->ptrsize == 8 ? "386" : "amd64";
	struct error err;
	char text[64];

	if (!session_set_arch(a->s, other, &err)) {
		say(a, ROLE_ERROR, err.msg);
		return;
	}
	look_refresh(&a->look);
	snprintf(text, sizeof text, "now %s: all was run again", other);
	say(a, ROLE_MESSAGE, text);
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

static void act(struct app *a, enum action action)
{
	struct look *l = &a->look;
	int64_t page = a->state.page > 1 ? a->state.page - 1 : 1;

	switch (action) {
	case ACTION_LEFT:
		look_move_slot(l, -1);
		break;
	case ACTION_RIGHT:
		look_move_slot(l, 1);
		break;
	case ACTION_UP:
		look_move_bucket(l, -1);
		break;
	case ACTION_DOWN:
		look_move_bucket(l, 1);
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
	case ACTION_ARCH:
		toggle_arch(a);
		break;
	case ACTION_THEME:
		next_theme(a);
		break;
	case ACTION_HELP:
		a->help = true;
		a->help_top = 0;
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

static void help_key(struct app *a, struct key key)
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
		a->help = false;
	}
	a->help_top += by;
	if (a->help_top > a->help_rows - page)
		a->help_top = a->help_rows - page;
	if (a->help_top < 0)
		a->help_top = 0;
}

static void on_key(struct app *a, struct key key)
{
	const struct keymap_entry *e;

	if (a->prompt.open) {
		enum prompt_result result = prompt_key(&a->prompt, key);

		if (result == PROMPT_DONE)
			finish_prompt(a);
		else if (result == PROMPT_CANCELLED)
			prompt_close(&a->prompt);
		return;
	}
	if (a->help) {
		help_key(a, key);
		return;
	}
	a->message[0] = '\0';
	e = keymap_find(&a->keymap, key);
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

/* The wheel moves the cursor; a click puts it on a slot. */
static void on_mouse(struct app *a, const struct mouse *mouse)
{
	if (a->prompt.open || a->help)
		return;
	if (mouse->type == MOUSE_WHEEL)
		look_move_bucket(&a->look, 3 * mouse->wheel);
	if (mouse->type != MOUSE_PRESS || mouse->button != 1)
		return;
	for (int old = 0; old < 2; old++) {
		const struct pane *p = &a->state.rows[old];

		if (mouse->x < p->x || mouse->x >= p->x + p->w || mouse->y < p->y ||
			mouse->y >= p->y + p->h)
			continue;
		layout_click(&a->look, p, old, mouse->x - p->x, mouse->y - p->y);
	}
}

static void draw(struct app *a)
{
	int w, h, x = -1, y = -1;

	term_size(a->term, &w, &h);
	if (w != a->canvas->w || h != a->canvas->h)
		canvas_resize(a->canvas, w, h);
	else
		canvas_clear(a->canvas);
	if (a->help)
		a->help_rows = help_draw(&a->keymap, a->canvas, a->help_top);
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
	a->s->interrupt = interrupted;
	a->s->interrupt_data = a->term;
	return true;
}

int app_run(struct session *s, const struct config *c, bool input_taken, struct error *err)
{
	struct app a = { .s = s, .config = c };
	struct event e;

	if (!open_app(&a, input_taken, err)) {
		keymap_free(&a.keymap);
		return -1;
	}
	while (!a.leave) {
		draw(&a);
		term_next_event(a.term, -1, &e);
		on_event(&a, &e);
	}
	s->interrupt = NULL;
	close_app(&a);
	if (a.signal)
		term_die(a.signal);
	return 0;
}
