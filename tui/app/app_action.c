/* SPDX-License-Identifier: MIT */
/* What keys and the prompt do. */
#include "tui/app/app_parts.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "model/base/utf8.h"
#include "tui/view/find.h"
#include "tui/view/follow.h"
#include "tui/view/view.h"

void app_say(struct app *a, enum role role, const char *format, ...)
{
	char text[sizeof a->message];
	va_list ap;

	va_start(ap, format);
	vsnprintf(text, sizeof text, format, ap);
	va_end(ap);
	utf8_show_all(a->message, sizeof a->message, text);
	a->state.message_role = role;
}

/* Tells that the future was forgotten, which is what one would not expect. */
static void tell_future(struct app *a, const struct session_outcome *o)
{
	if (o->forgot_future)
		app_say(a, ROLE_WARNING,
			"a new future begins after op %" PRIu64 "; what came then is gone",
			o->before);
}

/* What was done up to there stays. */
void app_tell_stop(struct app *a)
{
	if (a->stopped)
		app_say(a, ROLE_WARNING, "stopped at op %s; what was done stays",
			count_text(a->s->time.now).s);
	a->stopped = false;
}

/* Puts the cursor where the line led, and shows the view that it chose something for. */
static void show_outcome(struct app *a, const struct session_outcome *o)
{
	if (o->about_key)
		follow(&a->look);
	else if (a->s->time.now != o->before || a->s->shown.probe_label)
		follow_step(&a->look);
	look_refresh(&a->look);
	if (o->says)
		app_say(a, ROLE_MESSAGE, "%s", o->says);
	if (o->view)
		app_open_page(a, o->view);
	app_tell_written(a, o);
	tell_future(a, o);
	if (o->ok)
		app_tell_stop(a);
}

bool app_run_line(struct app *a, const char *line, struct error *err)
{
	struct session_outcome o = session_run(a->s, line, err);

	if (o.asks) {
		app_ask(a, line, o.asks);
		return true;
	}
	o.ok = o.ok && app_step_over_nothing(a->s, o.before, err);
	if (!o.ok)
		o.says = o.view = NULL;
	show_outcome(a, &o);
	return o.ok;
}

void app_run_now(struct app *a, const char *line)
{
	struct error err;

	if (!app_run_line(a, line, &err))
		app_say(a, ROLE_ERROR, "%s", err.msg);
}

/* Looks for what is sought; where that led is said when one would not expect it. */
bool app_seek(struct app *a, bool back, struct error *err)
{
	enum found found = find_next(&a->look, a->search.sought, back, err);

	if (!found)
		return false;
	if (!a->look.in_header)
		follow_not(&a->look);
	if (found != FOUND)
		app_say(a, ROLE_MESSAGE, "%.80s: %s", a->search.sought,
			found == FOUND_SAME ? "here, and nowhere else"
			: back              ? "on from the end, past the beginning"
					    : "on from the beginning, past the end");
	return true;
}

static void find_again(struct app *a, bool forth)
{
	struct key_text key = keymap_key(&a->keymap, ACTION_FIND);
	struct error err;

	if (!a->search.sought)
		app_say(a, ROLE_WARNING, "nothing was searched for yet%s%s%s", *key.s ? ": " : "",
			key.s, *key.s ? " does" : "");
	else if (!app_seek(a, !forth, &err))
		app_say(a, ROLE_WARNING, "%s", err.msg);
}

typedef bool circumstance_setter(struct session *s, const char *name, struct error *err);

/*
 * Everything is run again for another target or release. The cursor stays with its key even where
 * it follows the steps: all addresses are others now.
 */
static bool run_again(struct app *a, circumstance_setter *set, const char *name)
{
	bool stays = a->look.stays, ok;
	struct error err;

	if (!stays)
		follow_not(&a->look);
	ok = set(a->s, name, &err);
	if (ok)
		follow_step(&a->look);
	else
		app_say(a, ROLE_ERROR, "%s", err.msg);
	if (!stays)
		follow_again(&a->look);
	return ok;
}

static void toggle_arch(struct app *a)
{
	const struct target *own = a->s->given.target, *last = a->last_target;
	const char *other = last && last->ptrsize != own->ptrsize ? last->name
		: own->ptrsize == 8 ? "386" : "amd64";

	if (!run_again(a, session_set_arch, other))
		return;
	a->last_target = own;
	app_say(a, ROLE_MESSAGE, "now %s: all was run again", other);
}

/* Those without an experiment, and the one that it began with. */
static const struct release *next_release(const struct app *a)
{
	const struct release *r;
	unsigned i = 0;

	while (release_at(i) != a->s->given.release)
		i++;
	do
		r = release_at(++i) ? release_at(i) : release_at(i = 0);
	while (r->experiment && r != a->first_release);
	return r;
}

static void turn_release(struct app *a)
{
	const struct release *r;

	if (!a->first_release)
		a->first_release = a->s->given.release;
	r = next_release(a);
	if (run_again(a, session_set_release, r->name))
		app_say(a, ROLE_MESSAGE, "now Go %s: all was run again", r->name);
}

/* Where the picture is not the one that programs really have, that is the first thing to say. */
void app_tell_hash(struct app *a)
{
	const char *note = target_hash_note(a->s->given.target, a->s->given.family);

	if (note)
		app_say(a, ROLE_WARNING, "%s: %s", a->s->given.target->name, note);
}

static void next_theme(struct app *a)
{
	struct share_names list = theme_list();
	struct error err;
	size_t i = 0;

	while (i < list.count && strcmp(list.names[i], a->theme.name) != 0)
		i++;
	i = i + 1 < list.count ? i + 1 : 0;
	if (list.count && theme_load(&a->theme, list.names[i], &err)) {
		term_set_theme(a->term, &a->theme);
		app_say(a, ROLE_MESSAGE, "theme %s%s", a->theme.name,
			term_mono(a->term) ? ", but without colour all look alike" : "");
	} else if (list.count) {
		app_say(a, ROLE_ERROR, "%s", err.msg);
	}
	share_names_free(&list);
}

/* In the atlas the cursor moves by cells and rows of them, elsewhere by slots and units. */
static void move_cells(struct app *a, int64_t by)
{
	struct look *l = &a->look;
	struct grid g = atlas_grid(l, &a->state.atlas[l->cursor.array], l->cursor.array);
	int64_t to = (int64_t)(l->cursor.unit / g.per) + by;

	if (to >= 0 && (uint64_t)to < g.cells)
		look_move_to(l, l->cursor.array, (uint64_t)to * g.per);
}

void app_move_rows(struct app *a, int64_t by)
{
	bool old = a->look.cursor.array;
	struct grid g = atlas_grid(&a->look, &a->state.atlas[old], old);

	move_cells(a, by * g.across);
}

static void move_across(struct app *a, bool forth)
{
	struct look *l = &a->look;
	int by = forth ? 1 : -1;

	if (l->in_header && forth)
		look_next_panel(l, false);
	else if (l->in_header)
		return;
	else if (l->zoom == ZOOM_ATLAS)
		move_cells(a, by);
	else if (l->zoom == ZOOM_BYTES)
		look_move_byte(l, by);
	else
		look_move_slot(l, by);
}

void app_scroll_slot(struct app *a, int by)
{
	int last = a->state.slot_rows - a->state.slot.h, top = a->look.slot_top + by;

	a->look.slot_top = top < 0 || last < 0 ? 0 : top > last ? last : top;
}

/* A page in the atlas is a few of its rows, where bytes are looked at a unit. */
static void move_along(struct app *a, int64_t by, bool page)
{
	struct look *l = &a->look;

	if (l->in_header)
		look_move_field(l, (int)by);
	else if (l->zoom == ZOOM_ATLAS)
		app_move_rows(a, by);
	else if (l->zoom == ZOOM_SLOT && page && a->state.slot_rows > a->state.slot.h)
		app_scroll_slot(a, by < 0 ? -a->state.slot.h : a->state.slot.h);
	else if (l->zoom == ZOOM_BYTES && !page)
		view_bytes_move(l, &a->state.bytes, (int)by);
	else
		look_move_unit(l, l->zoom == ZOOM_ROWS ? by : by > 0 ? 1 : -1);
}

static void move_row(struct app *a, bool forth)
{
	move_along(a, forth ? 1 : -1, false);
}

static void move_page(struct app *a, bool forth)
{
	int64_t page = a->state.page > 1 ? a->state.page - 1 : 1;

	move_along(a, forth ? page : -page, true);
}

static void move_panel(struct app *a, bool forth)
{
	look_next_panel(&a->look, !forth);
}

static void move_to_end(struct app *a, bool end)
{
	struct look *l = &a->look;

	if (l->in_header)
		look_move_field(l, end ? 99 : -99);
	else if (l->zoom == ZOOM_BYTES)
		look_put_offset(l, end ? a->s->world.map.type->unit.size - 1 : 0);
	else
		look_move_to(l, l->cursor.array, end ? UINT64_MAX : 0);
}

/* Closer to what is under the cursor; from a field to what it means. */
static void zoom_in(struct app *a)
{
	struct look *l = &a->look;

	if (!l->in_header)
		l->zoom += l->zoom + 1 < ZOOMS;
	else if (look_enter_field(l))
		follow_not(l);
	else
		app_say(a, ROLE_WARNING, "this field leads to no bucket now");
}

/* Where the atlas is not seen, one is told. */
static void next_metric(struct app *a)
{
	struct look *l = &a->look;

	l->metric = (enum heat_metric)((l->metric + 1) % METRICS);
	if (l->zoom != ZOOM_ATLAS)
		app_say(a, ROLE_MESSAGE, "the atlas shows: %s; %s goes farther, to it",
			atlas_metric_name(l, l->metric),
			keymap_key(&a->keymap, ACTION_ZOOM_OUT).s);
}

static void begin_collide(struct app *a)
{
	char line[64];

	snprintf(line, sizeof line, "collide %" PRIu64 " ", a->look.cursor.unit);
	prompt_open(&a->prompt, ':', line);
}

/* The loop that stopped goes on; where none did, one begins. */
static void next_entry(struct app *a)
{
	const struct range_loop *loop = &a->s->world.map.loop;

	app_run_now(a, loop->begun && !loop->left && !loop->over ? "next" : "range 1");
}

/* From the mark on all changes are shown, not only those of the last operation. */
static void toggle_mark(struct app *a)
{
	a->look.marked = !a->look.marked;
	a->look.mark = a->s->time.now;
	look_refresh(&a->look);
	if (a->look.marked)
		app_say(a, ROLE_MESSAGE, "all changes since op %" PRIu64 " are shown",
			a->s->time.now);
	else
		app_say(a, ROLE_MESSAGE, "changes of the last operation are shown");
}

/* The explanation, read on to its end and then put away. */
static void explain_on(struct app *a)
{
	struct look *l = &a->look;

	if (l->explain && a->state.explain_left > 0) {
		l->explain_top += a->state.explain_rows;
		return;
	}
	l->explain = !l->explain;
	l->explain_top = 0;
}

static void zoom_out(struct app *a)
{
	a->look.zoom -= a->look.zoom > 0;
}

static void follow_steps(struct app *a)
{
	a->look.in_header = false;
	follow(&a->look);
}

static void play(struct app *a)
{
	bool end = a->s->time.now == a->s->time.total;

	if (!a->play.on && end)
		app_say(a, ROLE_WARNING, "this is the end: there is nothing more to play");
	a->play.on = !a->play.on && !end;
}

static void suspend(struct app *a)
{
	term_suspend(a->term);
}

static void redraw(struct app *a)
{
	term_redraw(a->term);
}

static void quit(struct app *a)
{
	a->leave = true;
}

/* What an action does; those that are not here open the page of a view, or run a command. */
static const struct act {
	void (*act)(struct app *a);
	void (*go)(struct app *a, bool forth); /* or the way that it says */
	bool forth;
	bool moves;    /* the cursor: from then on it is the user's, and stays where it was put */
} acts[ACTIONS_END] = {
	[ACTION_LEFT] = { .go = move_across, .moves = true },
	[ACTION_RIGHT] = { .go = move_across, .forth = true, .moves = true },
	[ACTION_UP] = { .go = move_row, .moves = true },
	[ACTION_DOWN] = { .go = move_row, .forth = true, .moves = true },
	[ACTION_PAGE_UP] = { .go = move_page, .moves = true },
	[ACTION_PAGE_DOWN] = { .go = move_page, .forth = true, .moves = true },
	[ACTION_HOME] = { .go = move_to_end, .moves = true },
	[ACTION_END] = { .go = move_to_end, .forth = true, .moves = true },
	[ACTION_PANEL] = { .go = move_panel, .forth = true, .moves = true },
	[ACTION_PANEL_BACK] = { .go = move_panel, .moves = true },
	[ACTION_ZOOM_IN] = { .act = zoom_in },
	[ACTION_ZOOM_OUT] = { .act = zoom_out },
	[ACTION_METRIC] = { .act = next_metric },
	[ACTION_EXPLAIN] = { .act = explain_on },
	[ACTION_MARK] = { .act = toggle_mark },
	[ACTION_ARCH] = { .act = toggle_arch },
	[ACTION_RELEASE] = { .act = turn_release },
	[ACTION_THEME] = { .act = next_theme },
	[ACTION_FOLLOW] = { .act = follow_steps },
	[ACTION_FIND] = { .act = app_begin_find },
	[ACTION_FIND_NEXT] = { .go = find_again, .forth = true },
	[ACTION_FIND_BACK] = { .go = find_again },
	[ACTION_EVENT_BACK] = { .go = app_step_event },
	[ACTION_EVENT_FORTH] = { .go = app_step_event, .forth = true },
	[ACTION_JUMP_BACK] = { .go = app_jump },
	[ACTION_JUMP_FORTH] = { .go = app_jump, .forth = true },
	[ACTION_PLAY] = { .act = play },
	[ACTION_FASTER] = { .go = app_speed, .forth = true },
	[ACTION_SLOWER] = { .go = app_speed },
	[ACTION_COLLIDE] = { .act = begin_collide },
	[ACTION_RANGE_NEXT] = { .act = next_entry },
	[ACTION_SUSPEND] = { .act = suspend },
	[ACTION_REDRAW] = { .act = redraw },
	[ACTION_QUIZ] = { .act = app_quiz_begin },
	[ACTION_MAPS] = { .act = app_open_maps },
	[ACTION_QUIT] = { .act = quit },
};

void app_act(struct app *a, enum action action)
{
	const struct act *act = &acts[action];

	if (act->act)
		act->act(a);
	else if (act->go)
		act->go(a, act->forth);
	else if (page_view_of(action))
		app_open_overlay(a, page_view_of(action));
	if (act->moves && !a->look.in_header)
		follow_not(&a->look);
}
