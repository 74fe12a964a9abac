/* SPDX-License-Identifier: MIT */
#include "tui/help.h"

#include <string.h>

#include "model/command.h"
#include "tui/mark.h"

enum { KEYS_WIDTH = 16, COMMAND_WIDTH = 28 };

static int draw_topic(const struct keymap *map, const struct pane *p, int y, const struct topic *topic)
{
	char keys[128];

	pane_text(p, 0, y++, ROLE_TITLE, topic->title);
	for (int i = 0; i < ACTIONS_END; i++) {
		if (strcmp(actions[i].topic, topic->name) != 0)
			continue;
		keymap_keys(map, (enum action)i, keys, sizeof keys);
		pane_textn(p, 1, y, KEYS_WIDTH - 2, ROLE_HELP_KEY, *keys ? keys : "(no key)");
		pane_textn(p, KEYS_WIDTH, y++, p->w - KEYS_WIDTH, ROLE_HELP_TEXT, actions[i].help);
	}
	return y + 1;
}

int help_marks(const struct pane *p, int y)
{
	static const char *const notes[][2] = {
		{ "◂ X of 3", "cells came from old bucket 3, the half that keeps its index" },
		{ "◂ Y of 3", "the other half, which goes to 3 and the old bucket count" },
		{ "waits", "its old bucket was not evacuated yet" },
		{ "◂ next", "nevacuate: the old bucket whose turn it is" },
		{ "└▸", "an overflow bucket of the bucket above" },
		{ "▂▅█", "the whole array in one line: how full its buckets are" },
		{ "──┴──G──●", "the timeline: overflow buckets, growths, and now" },
	};

	pane_text(p, 0, y++, ROLE_TITLE, "Marks in a bucket");
	for (int i = 0; i < MARKS; i++, y++) {
		pane_text(p, 1, y, marks[i].role, marks[i].glyph ? marks[i].glyph : "5b");
		pane_textn(p, KEYS_WIDTH, y, p->w - KEYS_WIDTH, ROLE_HELP_TEXT, marks[i].name);
	}
	for (size_t i = 0; i < sizeof notes / sizeof *notes; i++, y++) {
		pane_text(p, 1, y, ROLE_GROWTH, notes[i][0]);
		pane_textn(p, KEYS_WIDTH, y, p->w - KEYS_WIDTH, ROLE_HELP_TEXT, notes[i][1]);
	}
	return y + 1;
}

static int draw_commands(const struct pane *p, int y)
{
	pane_text(p, 0, y++, ROLE_TITLE, "Commands, at the prompt and in scripts");
	for (unsigned i = 0; command_at(i); i++) {
		const struct command *c = command_at(i);
		int x = 1 + pane_text(p, 1, y, ROLE_HELP_KEY, c->name);

		pane_textn(p, x + 1, y, COMMAND_WIDTH - x - 1, ROLE_VALUE, c->args);
		pane_textn(p, COMMAND_WIDTH, y++, p->w - COMMAND_WIDTH, ROLE_HELP_TEXT, c->help);
	}
	return y + 1;
}

int help_draw(const struct keymap *map, const struct pane *p)
{
	int y = 0;

	for (int i = 0; i < TOPICS; i++)
		y = draw_topic(map, p, y, &topics[i]);
	y = help_marks(p, y);
	return draw_commands(p, y);
}
