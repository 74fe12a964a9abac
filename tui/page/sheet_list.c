/* SPDX-License-Identifier: MIT */
/* Lists as figures: events, commands, marks, keys, scenes. */
#include <limits.h>

#include <stdlib.h>

#include "model/session/command.h"
#include "tui/page/page_parts.h"
#include "tui/page/views.h"
#include "tui/scenes/scene.h"
#include "tui/view/design.h"
#include "tui/view/figures.h"
#include "tui/view/story.h"
#include "tui/view/view.h"

static const struct column steps[] = { { .field = "step" }, { .field = "text" } };
static const struct column sentences[] = { { .field = "text" } };

static void put_story(const struct session *s, struct sheet *out)
{
	struct sheet_table *t = sheet_table(out, "story", COLUMNS(sentences));
	struct story st = { 0 };

	if (!session_point(s) && !s->shown.probe_label)
		return;
	story_tell(&st, s);
	for (int i = 0; i < st.count; i++)
		row_data(table_row(t), text_str(&st.lines[i]));
	story_free(&st);
}

bool story_sheet(const struct present *now, struct sheet *out, struct error *err)
{
	struct session *s = now->session;
	size_t all, last = session_step(s, &all);
	bool inside = s->shown.inside;
	struct sheet_table *t;

	(void)err;
	put_story(s, out);
	t = sheet_table(out, "events", COLUMNS(steps));
	for (size_t i = 1; i <= last; i++) {
		struct row *r = table_row(t);

		row_number(r, i);
		page_step(s, i, row_add(r, FIGURE_DATA));
	}
	page_steps_end(s, inside, last);
	return true;
}

static const struct column commands_done[] = {
	{ .title = "op", .left = true }, { .title = "command", .field = "command", .left = true },
	{ .field = "first_op" }, { .field = "last_op" }, { .field = "done" },
};

static void put_entry(void *data, size_t i, struct row *r)
{
	const struct session *s = data;
	const struct entry *e = &s->time.entries[i];
	struct text *ops = row_add(r, FIGURE_WORDS);
	char *words = entry_words(e);

	if (e->steps > 1)
		text_printf(ops, "%s..%s", count_text(e->first + 1).s,
			count_text(e->first + e->steps).s);
	else if (e->steps == 1)
		text_add_count(ops, e->first + 1);
	row_data(r, words);
	free(words);
	if (e->steps) {
		row_count(r, e->first + 1);
		row_count(r, e->first + e->steps);
	} else {
		row_none(r);
		row_none(r);
	}
	row_flag(r, e->first < s->time.now);
}

bool timeline_sheet(const struct present *now, struct sheet *out, struct error *err)
{
	struct session *s = now->session;

	(void)err;
	sheet_count(out, "ops", s->time.total);
	sheet_rows(out, "commands", COLUMNS(commands_done), s->time.nentries, put_entry, s);
	return true;
}

static const struct column marks_columns[] = {
	{ .title = "mark", .field = "mark", .left = true },
	{ .title = "what it means", .field = "text", .left = true },
};

static void put_marks(const struct marks *marks, struct sheet *out, unsigned seen)
{
	struct sheet_table *t = sheet_table(out, "marks", COLUMNS(marks_columns));

	for (unsigned i = 0; i < marks->count; i++) {
		struct row *r;

		if (!(seen & 1u << i))
			continue;
		r = table_row(t);
		row_code(r, mark_glyph(&marks->list[i]));
		row_words(r, marks->list[i].name);
	}
}

bool legend_sheet(const struct present *now, struct sheet *out, struct error *err)
{
	const struct map *m = &now->session->world.map;
	struct units units = { 0 };

	(void)err;
	units_read(&units, m);
	put_marks(design_of(m)->units->marks, out,
		view_marks_seen(&units, false, 0, INT_MAX) |
			view_marks_seen(&units, true, 0, INT_MAX));
	units_free(&units);
	return true;
}

bool marks_sheet(const struct present *now, struct sheet *out, struct error *err)
{
	(void)err;
	put_marks(design_of(&now->session->world.map)->units->marks, out, UINT_MAX);
	return true;
}

static const struct column keys_columns[] = {
	{ .field = "action" },
	{ .title = "keys", .field = "keys", .left = true },
	{ .title = "what they do", .field = "text", .left = true },
};

static const struct column commands_columns[] = {
	{ .title = "command", .field = "command", .left = true },
	{ .title = "arguments", .field = "arguments", .left = true },
	{ .title = "what it does", .field = "text", .left = true },
};

bool keys_sheet(const struct present *now, struct sheet *out, struct error *err)
{
	struct sheet_table *t = sheet_table(out, "keys", COLUMNS(keys_columns));
	const struct own *own = design_of(&now->session->world.map)->own;

	(void)err;
	for (int i = 0; i < ACTIONS_END; i++) {
		struct row *r = table_row(t);

		row_words(r, actions[i].name);
		row_code(r, actions[i].keys);
		row_words(r, own_text(own, OWN_KEY, actions[i].name, actions[i].help));
	}
	t = sheet_table(out, "commands", COLUMNS(commands_columns));
	for (unsigned i = 0; command_at(i); i++) {
		const struct command *c = command_at(i);
		struct row *r = table_row(t);

		row_code(r, c->name);
		row_code(r, own_lead(own, OWN_COMMAND, c->name, c->args));
		row_words(r, own_text(own, OWN_COMMAND, c->name, c->help));
	}
	return true;
}

static const struct column scenes_columns[] = {
	{ .field = "number" },
	{ .title = "scene", .field = "name", .left = true },
	{ .title = "what it is about", .field = "title", .left = true },
};

bool scenes_sheet(const struct present *now, struct sheet *out, struct error *err)
{
	struct sheet_table *t = sheet_table(out, "scenes", COLUMNS(scenes_columns));
	struct scenes scenes = scenes_find();

	(void)now;
	(void)err;
	for (size_t i = 0; i < scenes.count; i++) {
		struct row *r = table_row(t);

		if (scenes.list[i].number == UINT_MAX)
			row_none(r);
		else
			row_number(r, scenes.list[i].number);
		row_data(r, scenes.list[i].name);
		row_data(r, scenes.list[i].title);
	}
	scenes_free(&scenes);
	return true;
}
