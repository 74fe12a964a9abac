/* SPDX-License-Identifier: MIT */
#include "tui/screen/footer.h"

#include <string.h>

#include "tui/canvas/wrap.h"

/* What opens the view that a caption speaks of: the action of that name; ACTIONS_END for none. */
static enum action captioned(const struct screen_state *st)
{
	const char *view = session_caption_view(st->look->session);
	int i = view ? 0 : ACTIONS_END;

	while (i < ACTIONS_END && strcmp(actions[i].name, view) != 0)
		i++;
	return (enum action)i;
}

/* An explanation's key says whether there is more of it; those of a lesson what they lead to. */
static const char *word_of(const struct screen_state *st, enum action action)
{
	if (action == captioned(st))
		return actions[action].name;
	if (action == ACTION_JUMP_FORTH)
		return "on";
	if (action == ACTION_EVENT_BACK)
		return "inside";
	if (action == ACTION_EXPLAIN && st->look->explain)
		return st->explain_left > 0 ? "more" : "done";
	return actions[action].brief;
}

/* Columns of a key and its word in the last line, with the blanks behind; 0 without a key. */
static int key_width(const struct screen_state *st, const struct pane *p, enum action action)
{
	struct key_text key = keymap_key(st->keymap, action);

	if (!*key.s)
		return 0;
	return text_width(p->canvas, key.s) + text_width(p->canvas, word_of(st, action)) + 3;
}

static int put_key(const struct screen_state *st, const struct pane *p, int x, enum action action)
{
	x += pane_text(p, x, 0, ROLE_HELP_KEY, keymap_key(st->keymap, action).s) + 1;
	return x + pane_text(p, x, 0, ROLE_HELP_TEXT, word_of(st, action)) + 2;
}

/* While something is said: on to what is said next, into the step, to the view that is spoken
   of. */
static int put_lesson(const struct screen_state *st, const struct pane *p, int room)
{
	const enum action keys[] = { ACTION_JUMP_FORTH, ACTION_EVENT_BACK, captioned(st) };
	int x = 0;

	if (!session_caption(st->look->session))
		return 0;
	for (int i = 0; i < 3 && keys[i] != ACTIONS_END; i++) {
		int width = key_width(st, p, keys[i]);

		if (width > 0 && x + width <= room)
			x = put_key(st, p, x, keys[i]);
	}
	return x;
}

/* Keys for what one does most, as far as they go; help and quit always. */
static void draw_keys(const struct screen_state *st, const struct pane *p)
{
	static const enum action order[] = { ACTION_INSERT, ACTION_DELETE, ACTION_UNDO, ACTION_REDO,
		ACTION_ZOOM_IN, ACTION_EXPLAIN, ACTION_COMMAND, ACTION_MARKS, ACTION_GROW,
		ACTION_LOOKUP, ACTION_FIND, ACTION_PLAY, ACTION_ARCH, ACTION_FILL, ACTION_EXPORT,
		ACTION_LEDGER, ACTION_HELP, ACTION_QUIT };
	int room = p->w + 2 - key_width(st, p, ACTION_HELP) - key_width(st, p, ACTION_QUIT), x = 0;
	bool first = st->look->explain && key_width(st, p, ACTION_EXPLAIN) > 0;

	if (first)
		x = put_key(st, p, x, ACTION_EXPLAIN);
	else
		x = put_lesson(st, p, room);
	for (size_t i = 0; i < sizeof order / sizeof *order; i++) {
		int width = key_width(st, p, order[i]);

		if (order[i] == ACTION_HELP)
			room = p->w + 2; /* the last blanks need no room */
		else if (x + width > room)
			room = 0; /* what comes later matters less: it does not fill the gap */
		if (width > 0 && x + width <= room && !(first && order[i] == ACTION_EXPLAIN))
			x = put_key(st, p, x, order[i]);
	}
}

/* Words over as many rows as they take, at most so many; the last of them at y. */
static void put_words_up(const struct pane *p, int y, int most, enum role role, const char *words)
{
	struct pane measure = pane_sub(p, 0, 0, p->w, 0), in;
	int rows = wrap_text(&measure, 0, 0, role, words);

	rows = rows > most ? most : rows;
	rows = rows > y ? y : rows;
	rows = rows < 1 ? 1 : rows;
	in = pane_sub(p, 0, y - rows + 1, p->w, rows);
	pane_fill(&in, role, U' ');
	wrap_most(&in, role, words);
}

/* While what comes next is asked for: how to go on, at the right end of the last line. */
static void put_quiz(const struct screen_state *st, const struct pane *last)
{
	const char *words = st->prompt->open ? "Enter: show it   Esc: end"
					     : "Enter: go on   Esc: end";

	if (st->look->asks && text_width(last->canvas, text_str(&st->prompt->line)) +
		text_width(last->canvas, words) + 6 < last->w)
		pane_right(last, last->w, 0, ROLE_HELP_TEXT, words);
}

void footer_draw(struct screen_state *st, const struct pane *p, int *x, int *y)
{
	struct pane last = pane_sub(p, 0, p->h - 1, p->w, 1);

	if (st->prompt->open) {
		prompt_draw(st->prompt, &last, x);
		if (st->prompt->sign == '?')
			put_quiz(st, &last);
		*y = p->h - 1;
		if (*x >= p->w)
			*x = p->w - 1;
		if (st->prompt->error.msg[0])
			put_words_up(p, p->h - 2, p->h, ROLE_ERROR, st->prompt->error.msg);
		else if (st->prompt->offer[0])
			put_words_up(p, p->h - 2, p->h / 3, ROLE_COMPLETION, st->prompt->offer);
	} else if (*st->message) {
		/* What went well needs no room; why something did not is read to its end. */
		put_words_up(p, p->h - 1, st->message_role == ROLE_MESSAGE ? 1 : p->h,
			st->message_role, st->message);
	} else {
		struct pane keys = last;

		if (st->look->asks) {
			put_quiz(st, &last);
			keys.w = last.w > 27 ? last.w - 27 : 0;
		}
		draw_keys(st, &keys);
	}
}
