/* SPDX-License-Identifier: MIT */
#include "tui/screen/help.h"

#include <string.h>

#include "model/session/command.h"
#include "tui/canvas/wrap.h"

enum { KEYS_WIDTH = 16, MARKS_WIDTH = 12, COMMAND_WIDTH = 28 };

/* Words beside what they explain, over as many rows as they take; returns them. */
static int put_words(const struct pane *p, int x, int y, const char *words)
{
	struct pane right = pane_sub(p, x, y, p->w - x, p->h - y);

	return wrap_text(&right, 0, 0, ROLE_HELP_TEXT, words);
}

/* Keys, and what they do beside them; returns the rows. */
static int put_keys(const struct pane *p, int y, const char *keys, const char *words)
{
	struct pane left = pane_sub(p, 1, y, KEYS_WIDTH - 2, p->h - y);
	int rows = wrap_text(&left, 0, 0, ROLE_HELP_KEY, keys),
		of_words = put_words(p, KEYS_WIDTH, y, words);

	return rows > of_words ? rows : of_words;
}

static int draw_topic(const struct keymap *map, const struct own *own, const struct pane *p, int y,
	const struct topic *topic)
{
	char keys[512];

	pane_text(p, 0, y++, ROLE_TITLE, topic->title);
	for (int i = 0; i < ACTIONS_END; i++) {
		if (strcmp(actions[i].topic, topic->name) != 0)
			continue;
		keymap_keys(map, (enum action)i, keys, sizeof keys);
		y += put_keys(p, y, *keys ? keys : "(no key)",
			own_text(own, OWN_KEY, actions[i].name, actions[i].help));
	}
	return y + 1;
}

/* Commands that the configuration gave keys to. */
static int draw_own(const struct keymap *map, const struct pane *p, int y)
{
	char key[KEY_NAME_MAX];
	bool any = false;

	for (size_t i = 0; i < map->count; i++) {
		const struct keymap_entry *e = &map->entries[i];

		if (e->action != ACTIONS_END)
			continue;
		if (!any)
			pane_text(p, 0, y++, ROLE_TITLE, "Commands with keys of your own");
		any = true;
		y += put_keys(p, y, key_name(e->key, key), e->command);
	}
	return y + any;
}

static int put_note(const struct pane *p, int y, const char *sign, const char *words)
{
	pane_text(p, 1, y, ROLE_GROWTH, sign);
	return y + put_words(p, MARKS_WIDTH, y, words);
}

int help_marks(const struct design *d, const struct pane *p, int y)
{
	static const char *const notes[][3] = {
		{ "slot", "▸key 3", "the bytes of the slot under the cursor" },
		{ "padding", "▒▒", "padding, which no field uses" },
		{ "minimap", "·▂▅█",
			"the whole array in one line: how full its buckets are; underlined what is "
			"in sight" },
		{ "timeline", "─┴─G─S─c─●",
			"the timeline: an overflow bucket, a doubling, a same-size growth, a "
			"clear, and now" },
		{ "unknown", "···", "of a very long run: what began there is not kept" },
	};
	const struct marks *marks = d->units->marks;

	pane_text(p, 0, y++, ROLE_TITLE, marks->title);
	for (unsigned i = 0; i < marks->count; i++) {
		mark_put_glyph(&marks->list[i], p, 1, y);
		pane_put(p, 5, y, marks->list[i].role, marks->list[i].bar);
		y += put_words(p, MARKS_WIDTH, y, marks->list[i].name);
	}
	for (size_t i = 0; marks->notes[i][0]; i++)
		y = put_note(p, y, marks->notes[i][0], marks->notes[i][1]);
	for (size_t i = 0; i < sizeof notes / sizeof *notes; i++)
		y = put_note(p, y, own_lead(d->own, OWN_SIGN, notes[i][0], notes[i][1]),
			own_text(d->own, OWN_SIGN, notes[i][0], notes[i][2]));
	return y + 1;
}

static int draw_commands(const struct own *own, const struct pane *p, int y)
{
	pane_text(p, 0, y++, ROLE_TITLE, "Commands, at the prompt and in scripts");
	for (unsigned i = 0; command_at(i); i++) {
		const struct command *c = command_at(i);
		const char *args = own_lead(own, OWN_COMMAND, c->name, c->args);
		const char *words = own_text(own, OWN_COMMAND, c->name, c->help);
		int x = 1 + pane_text(p, 1, y, ROLE_HELP_KEY, c->name);

		/* With little room what it does stands below it. */
		if (p->w < 2 * COMMAND_WIDTH) {
			pane_textn(p, x + 1, y++, p->w - x - 1, ROLE_VALUE, args);
			y += put_words(p, 4, y, words);
			continue;
		}
		pane_textn(p, x + 1, y, COMMAND_WIDTH - x - 2, ROLE_VALUE, args);
		y += put_words(p, COMMAND_WIDTH, y, words);
	}
	return y + 1;
}

int help_draw(const struct keymap *map, const struct design *d, const struct pane *p)
{
	int y = 0;

	for (int i = 0; i < TOPICS; i++)
		y = draw_topic(map, d->own, p, y, &topics[i]);
	y = draw_own(map, p, y);
	y = help_marks(d, p, y);
	return draw_commands(d->own, p, y);
}
