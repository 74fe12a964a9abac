/* SPDX-License-Identifier: MIT */
/* What keys and the prompt do. */
#include "tui/app_parts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model/mem.h"
#include "tui/find.h"
#include "tui/view.h"

void app_say(struct app *a, enum role role, const char *text)
{
	snprintf(a->message, sizeof a->message, "%s", text);
	a->state.message_role = role;
}

/* Tells that the future was forgotten, which is what one would not expect. */
static void tell_future(struct app *a, uint64_t before)
{
	char text[160];

	if (!a->s->forgot_future)
		return;
	snprintf(text, sizeof text, "a new future begins after op %llu; what came then is gone",
		(unsigned long long)before);
	app_say(a, ROLE_WARNING, text);
	a->s->forgot_future = false;
}

/* Runs a command line and looks at what it did. */
bool app_run_line(struct app *a, const char *line, struct error *err)
{
	uint64_t before = a->s->now;
	bool ok = session_run(a->s, line, err) && app_step_over_nothing(a->s, before, err);

	if (a->s->now != before || a->s->probe_label)
		look_follow(&a->look);
	look_refresh(&a->look);
	tell_future(a, before);
	return ok;
}

void app_run_now(struct app *a, const char *line)
{
	struct error err;

	if (!(app_writes(line) ? app_write(a, line, &err) : app_run_line(a, line, &err)))
		app_say(a, ROLE_ERROR, err.msg);
}

static void find(struct app *a, bool back)
{
	struct error err;

	if (!a->sought)
		app_say(a, ROLE_WARNING, "nothing was searched for yet");
	else if (!find_next(&a->look, a->sought, back, &err))
		app_say(a, ROLE_WARNING, err.msg);
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
		app_say(a, ROLE_ERROR, err.msg);
		return;
	}
	look_refresh(&a->look);
	if (key.len)
		find_next(&a->look, text_str(&key), false, &err);
	text_free(&key);
	snprintf(text, sizeof text, "now %s: all was run again", other);
	app_say(a, ROLE_MESSAGE, text);
}

/* Where the picture is not the one that programs really have, that is the first thing to say. */
void app_tell_hash(struct app *a)
{
	const char *note = target_hash_note(a->s->target, a->s->family);
	char text[256];

	if (!note)
		return;
	snprintf(text, sizeof text, "%s: %s", a->s->target->name, note);
	app_say(a, ROLE_WARNING, text);
}

static void next_theme(struct app *a)
{
	struct share_names list = theme_list();
	struct error err;
	size_t i = 0;
	char text[96];

	while (i < list.count && strcmp(list.names[i], a->theme.name) != 0)
		i++;
	i = i + 1 < list.count ? i + 1 : 0;
	if (list.count && theme_load(&a->theme, list.names[i], &err)) {
		term_set_theme(a->term, &a->theme);
		snprintf(text, sizeof text, "theme %s", a->theme.name);
		app_say(a, ROLE_MESSAGE, text);
	} else if (list.count) {
		app_say(a, ROLE_ERROR, err.msg);
	}
	share_names_free(&list);
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

/* From the mark on all changes are shown, not only those of the last operation. */
static void toggle_mark(struct app *a)
{
	char text[96];

	a->look.marked = !a->look.marked;
	a->look.mark = a->s->now;
	look_refresh(&a->look);
	if (a->look.marked)
		snprintf(text, sizeof text, "all changes since op %llu are shown",
			(unsigned long long)a->s->now);
	else
		snprintf(text, sizeof text, "changes of the last operation are shown");
	app_say(a, ROLE_MESSAGE, text);
}

static void open_overlay(struct app *a, enum overlay overlay)
{
	a->overlay = overlay;
	a->overlay_top = 0;
}

void app_act(struct app *a, enum action action)
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
		a->prompt.sign = '/';
		a->finding = true;
		break;
	case ACTION_FIND_NEXT:
	case ACTION_FIND_BACK:
		find(a, action == ACTION_FIND_BACK);
		break;
	case ACTION_EVENT_BACK:
	case ACTION_EVENT_FORTH:
		app_step_event(a, action == ACTION_EVENT_FORTH);
		break;
	case ACTION_JUMP_BACK:
	case ACTION_JUMP_FORTH:
		app_jump(a, action == ACTION_JUMP_FORTH);
		break;
	case ACTION_PLAY:
		a->playing = !a->playing && a->s->now < a->s->total;
		break;
	case ACTION_FASTER:
	case ACTION_SLOWER:
		app_speed(a, action == ACTION_FASTER);
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
	case ACTION_ENTRIES:
		entries_make(&a->entries, a->s, "");
		open_overlay(a, OVERLAY_ENTRIES);
		break;
	case ACTION_MARK:
		toggle_mark(a);
		break;
	case ACTION_SCENES:
		open_overlay(a, OVERLAY_SCENES);
		break;
	case ACTION_LAYOUT:
		open_overlay(a, OVERLAY_LAYOUT);
		break;
	case ACTION_LEDGER:
		open_overlay(a, OVERLAY_LEDGER);
		break;
	case ACTION_LAWS:
		open_overlay(a, OVERLAY_CHECK);
		break;
	case ACTION_SHAPE:
		open_overlay(a, OVERLAY_SHAPE);
		break;
	case ACTION_LIFE:
		open_overlay(a, OVERLAY_LIFE);
		break;
	case ACTION_DIFFERENCES:
		open_overlay(a, OVERLAY_DIFF);
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
