/* SPDX-License-Identifier: MIT */
/* Keys and the prompt. */
#include "tui/app/app_parts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model/base/clock.h"
#include "model/base/mem.h"
#include "model/map/engine.h"
#include "tui/app/complete.h"
#include "tui/app/history.h"
#include "tui/scenes/scene.h"
#include "tui/view/follow.h"

enum { LIST_STEP = 512, LIST_MS = 20 }; /* units at a time, and for how long */

static void finish_find(struct app *a)
{
	struct error err;

	history_add(prompt_remember(&a->prompt));
	if (app_shows_maps(a)) {
		maps_list_filter(&a->program.list, text_str(&a->prompt.line));
		prompt_close(&a->prompt);
		return;
	}
	if (app_shows(a, VIEW_ENTRIES)) {
		entries_begin(&a->entries, a->s, text_str(&a->prompt.line));
		app_list_on(a);
		prompt_close(&a->prompt);
		return;
	}
	free(a->search.sought);
	a->search.sought = xstrdup(text_str(&a->prompt.line));
	if (app_seek(a, false, &err))
		prompt_close(&a->prompt);
	else
		prompt_fail(&a->prompt, &err);
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
	app_act(a, (enum action)i);
	return true;
}

static void finish_prompt(struct app *a)
{
	char *line = xstrdup(text_str(&a->prompt.line));
	struct error err;

	history_add(prompt_remember(&a->prompt));
	if (strcmp(line, "q") == 0) {
		a->leave = true;
	} else if (run_action(a, line)) {
		look_refresh(&a->look);
	} else if (app_run_line(a, line, &err)) {
		prompt_close(&a->prompt);
	} else {
		prompt_fail(&a->prompt, &err);
	}
	free(line);
}

/* The folder that all are in, which need not be shown. */
static size_t common_folder(const struct words *w)
{
	size_t n = words_common(w);

	while (n > 0 && w->list[0][n - 1] != '/')
		n--;
	return w->count > 1 ? n : 0;
}

/* As many of them as there is room to keep. */
static void show_words(struct app *a, const struct words *w)
{
	const size_t most = sizeof a->prompt.offer - sizeof "  …", folder = common_folder(w);
	struct text all = { 0 };

	for (size_t i = 0; i < w->count; i++) {
		const char *word = w->list[i] + folder;
		size_t len = strlen(word);
		struct error clean;

		/* A file may be called anything. */
		len -= len && word[len - 1] == ' ';
		fail(&clean, "%.*s", (int)len, word);
		if (all.len + strlen(clean.msg) + 2 > most) {
			text_add(&all, "  …");
			break;
		}
		text_printf(&all, "%s%s", i ? "  " : "", clean.msg);
	}
	snprintf(a->prompt.offer, sizeof a->prompt.offer, "%s", text_str(&all));
	text_free(&all);
}

/* What may stand at a place of the line. */
static void words_at(struct app *a, size_t at, struct words *w)
{
	const char *line = text_str(&a->prompt.line);

	if (a->search.asking)
		complete_find(a->s, line, at, w);
	else
		complete_line(a->s, line, at, w);
}

/* Shows that, without typing any of it. */
static void offer_words(struct app *a, size_t at)
{
	struct words w;

	words_at(a, at, &w);
	show_words(a, &w);
	words_free(&w);
}

/* Over the list of entries it cuts that down: then any text will do. */
void app_begin_find(struct app *a)
{
	prompt_open(&a->prompt, '/', "");
	a->search.asking = true;
	if (!app_shows(a, VIEW_ENTRIES) && !app_shows_maps(a))
		offer_words(a, 0);
}

/* A whole table is moved at once, and that is half shown: it goes on by an event. */
static bool moves_at_once(const struct app *a)
{
	const struct map *m = &a->s->world.map;

	return m->header && session_half_done(a->s) && !m->type->engine->layout.grows_in_parts;
}

/* A command that still needs something is begun at the prompt, a whole one is run. */
static void run_entry(struct app *a, const struct keymap_entry *e)
{
	size_t n = e->command ? strlen(e->command) : 0;

	if (!e->command)
		app_act(a, e->action);
	else if (e->action == ACTION_EVACUATE && moves_at_once(a))
		app_step_event(a, true);
	else if (n == 0 || e->command[n - 1] == ' ')
		prompt_open(&a->prompt, ':', e->command);
	else
		app_run_now(a, e->command);
	if (e->action == ACTION_EXPORT)
		offer_words(a, strlen("export "));
}

/* Goes on with the list of entries for a moment, so that a large map's can be looked
   at meanwhile. */
void app_list_on(struct app *a)
{
	double start = clock_ms();

	while (entries_work(&a->entries, LIST_STEP) && clock_ms() - start < LIST_MS)
		continue;
}

/* How far an action goes along a list, by pages of so many rows; 0: it is none that does so. */
static int64_t way_of(enum action action, int64_t page, int64_t rows)
{
	switch (action) {
	case ACTION_UP:
		return -1;
	case ACTION_DOWN:
		return 1;
	case ACTION_PAGE_UP:
		return -page;
	case ACTION_PAGE_DOWN:
	case ACTION_FOLLOW:
		return page;
	case ACTION_HOME:
		return -rows - 1;
	case ACTION_END:
		return rows + 1;
	default:
		return 0;
	}
}

static void select_by(size_t *selected, size_t count, int64_t by)
{
	int64_t to = (int64_t)*selected + by, last = (int64_t)count - 1;

	to = to > last ? last : to;
	*selected = to < 0 ? 0 : (size_t)to;
}

/* Another one of a list is selected; false when the action is none that does so. */
bool app_list_move(enum action action, size_t *selected, size_t count, size_t page)
{
	int64_t by = way_of(action, (int64_t)page, (int64_t)count);

	if (by)
		select_by(selected, count, by);
	return by != 0;
}

/* In the list of entries: another one is selected, gone to, or the list is cut down. */
static void entries_key(struct app *a, enum action action)
{
	struct entries *e = &a->entries;
	size_t page = a->canvas->h > 4 ? (size_t)a->canvas->h - 4 : 1;

	if (app_list_move(action, &e->selected, e->count, page))
		return;
	switch (action) {
	case ACTION_FIND:
		app_begin_find(a);
		return;
	case ACTION_ZOOM_IN:
		if (e->count) {
			look_put(&a->look, entries_place(e, e->selected));
			follow_not(&a->look);
		}
		/* fall through */
	default:
		a->overlay.view = NULL;
		entries_free(e);
	}
}

/* Pages of figures stay while time is stepped through, or the map worked on at once. */
static bool page_stays(const struct app *a, const struct keymap_entry *e)
{
	const char *topic;

	if (!(a->overlay.view->flags & VIEW_STAYS) || !e || e->action == ACTIONS_END)
		return false;
	if (e->command && (!*e->command || e->command[strlen(e->command) - 1] == ' '))
		return false;
	topic = actions[e->action].topic;
	return e->action == ACTION_ARCH || e->action == ACTION_REDRAW ||
		strcmp(topic, "time") == 0 || (strcmp(topic, "work") == 0 && e->command);
}

/* Another scene is selected; the page follows it. */
static void select_scene(struct app *a, int by)
{
	int room = a->canvas->h - 2;

	a->selected += by;
	if (a->selected >= a->overlay.rows)
		a->selected = a->overlay.rows - 1;
	if (a->selected < 0)
		a->selected = 0;
	if (a->selected < a->overlay.top)
		a->overlay.top = a->selected;
	if (a->selected >= a->overlay.top + room)
		a->overlay.top = a->selected - room + 1;
}

static void begin_scene(struct app *a)
{
	char *name = scene_at(a->selected);
	char *line = name ? xasprintf("scene %s", name) : NULL;

	a->overlay.view = NULL;
	if (line)
		app_run_now(a, line);
	free(line);
	free(name);
}

void app_scroll_overlay(struct app *a, int by)
{
	int most = a->overlay.rows - (a->canvas->h - 2);

	if (app_shows(a, VIEW_SCENES)) {
		select_scene(a, by);
	} else if (app_shows_maps(a)) {
		select_by(&a->program.list.selected, a->program.list.count, by);
	} else if (app_shows(a, VIEW_ENTRIES)) {
		select_by(&a->entries.selected, a->entries.count, by);
	} else {
		a->overlay.top += by;
		if (a->overlay.top > most)
			a->overlay.top = most;
		if (a->overlay.top < 0)
			a->overlay.top = 0;
	}
}

/* Another target for the left or the right column of the page of layouts, not that of the other. */
static void next_target(struct app *a, bool right)
{
	const struct target *now = session_layout(a->s, right), *t;
	const struct target *other = session_layout(a->s, !right);
	unsigned i = 0;

	while (target_at(i) && target_at(i) != now)
		i++;
	do {
		t = target_at(++i);
		if (!t)
			t = target_at(i = 0);
	} while (t == other);
	a->s->desk.layout[right] = t;
	a->s->desk.layout[!right] = other;
}

static void overlay_key(struct app *a, struct key key)
{
	const struct keymap_entry *e = keymap_find(&a->keymap, key);
	enum action action = e ? e->action : ACTIONS_END;
	int page = a->canvas->h > 3 ? a->canvas->h - 3 : 1;
	int by = (int)way_of(action, page, a->overlay.rows);

	if (action == ACTION_EXPORT) {
		run_entry(a, e);
	} else if (app_shows_maps(a)) {
		app_maps_key(a, action);
	} else if (app_shows(a, VIEW_ENTRIES)) {
		entries_key(a, action);
	} else if (action == ACTION_ZOOM_IN && app_shows(a, VIEW_SCENES)) {
		begin_scene(a);
	} else {
		if ((action == ACTION_LEFT || action == ACTION_RIGHT) && app_shows(a, VIEW_LAYOUT))
			next_target(a, action == ACTION_RIGHT);
		else if (page_stays(a, e))
			run_entry(a, e);
		else if (!by)
			a->overlay.view = NULL;
		app_scroll_overlay(a, by);
	}
}

/* Types what is certain, and shows what may follow. */
static void complete(struct app *a)
{
	struct words w;

	words_at(a, a->prompt.at, &w);
	prompt_complete(&a->prompt, &w);
	if (w.count > 1)
		show_words(a, &w);
	else
		a->prompt.offer[0] = '\0';
	words_free(&w);
}

void app_key(struct app *a, struct key key)
{
	const struct keymap_entry *e;

	if (a->prompt.open) {
		enum prompt_result result = prompt_key(&a->prompt, key);

		if (result == PROMPT_DONE && a->search.asking)
			finish_find(a);
		else if (result == PROMPT_DONE)
			finish_prompt(a);
		else if (result == PROMPT_CANCELLED)
			prompt_close(&a->prompt);
		else if (result == PROMPT_COMPLETE)
			complete(a);
		a->search.asking &= a->prompt.open;
		return;
	}
	if (a->asked.line) {
		app_answer(a, key);
		return;
	}
	a->message[0] = '\0';
	if (a->overlay.view) {
		overlay_key(a, key);
		return;
	}
	e = keymap_find(&a->keymap, key);
	/* Any key but those for the speed stops what plays. */
	if (a->play.on && !(e && (e->action == ACTION_FASTER || e->action == ACTION_SLOWER ||
					 e->action == ACTION_PLAY)))
		a->play.on = false;
	if (e) {
		run_entry(a, e);
	} else if (key.sym == SYM_CHAR && key.mods == 0) {
		char name[KEY_NAME_MAX];

		app_say(a, ROLE_WARNING, "%s has no meaning here; %s lists the keys",
			key_name(key, name), keymap_key(&a->keymap, ACTION_HELP).s);
	}
}
