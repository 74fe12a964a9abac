/* SPDX-License-Identifier: MIT */
/* Lists as pages: entries, events, commands, keys. */
#include <inttypes.h>

#include <stdlib.h>

#include "tui/page/page_parts.h"
#include "tui/scenes/scene.h"
#include "tui/screen/action.h"
#include "tui/screen/help.h"
#include "tui/view/design.h"
#include "tui/view/entries.h"
#include "tui/view/story.h"
#include "tui/view/view.h"

enum { ENTRIES_STEP = 1024 }; /* buckets that are looked through at once */

void page_entries(struct page *pg)
{
	struct entries e = { 0 };
	struct pane p;

	entries_begin(&e, pg->look->session, "");
	do
		pg->work = entries_come_to(&e);
	while (page_goes_on(pg) && entries_work(&e, ENTRIES_STEP));
	p = page_room(pg, 1);
	entries_put_title(&e, &p);
	page_take(pg, 1);
	for (size_t i = 0; i < e.count && !pg->stopped; i++) {
		pg->work = (struct work){ "entry", i, e.count, false };
		p = page_room(pg, 1);
		entries_put_row(&e, &p, 0, i, false);
		page_take(pg, 1);
	}
	entries_free(&e);
}

void page_step(struct session *s, size_t step, struct text *line)
{
	size_t n;
	const struct map_event *e = session_events(s, &n);

	session_goto_step(s, step);
	if (s->shown.inside)
		story_step(s, e, s->shown.events, s->shown.slots, line);
	else
		story_step(s, e, n, e[n - 1].looked, line);
}

void page_steps_end(struct session *s, bool inside, size_t step)
{
	if (inside)
		session_goto_step(s, step);
	else
		session_whole(s);
}

/* The story, and below it each event, numbered as they are stepped through. */
void page_events(struct page *pg)
{
	struct session *s = pg->look->session;
	size_t all, last = session_step(s, &all);
	bool inside = s->shown.inside;

	page_story(pg);
	for (size_t i = 1; i <= last && !pg->stopped; i++) {
		struct text line = { 0 };

		text_printf(&line, "%4zu  ", i);
		page_step(s, i, &line);
		page_words(pg, 6, ROLE_TEXT, text_str(&line));
		text_free(&line);
	}
	page_steps_end(s, inside, last);
}

static void put_command(struct page *pg, const struct entry *e, bool past)
{
	struct pane p = page_room(pg, 1);
	enum role role = past ? ROLE_TEXT : ROLE_TIMELINE_NEXT;
	struct text ops = { 0 };
	char *words = entry_words(e);

	if (e->steps > 1)
		text_printf(&ops, "%" PRIu64 "..%" PRIu64, e->first + 1, e->first + e->steps);
	else if (e->steps == 1)
		text_printf(&ops, "%" PRIu64, e->first + 1);
	pane_right(&p, 15, 0, ROLE_INDEX, text_str(&ops));
	pane_datan(&p, 17, 0, p.w - 17, role, words);
	free(words);
	page_take(pg, 1);
	text_free(&ops);
}

void page_timeline(struct page *pg)
{
	struct session *s = pg->look->session;
	struct pane p;

	p = page_room(pg, 1);
	view_timeline(pg->look, &p);
	page_take(pg, 1);
	page_words(pg, 0, ROLE_LEGEND, look_design(pg->look)->units->words.landmarks);
	for (size_t i = 0; i < s->time.nentries && !pg->stopped; i++)
		put_command(pg, &s->time.entries[i], s->time.entries[i].first < s->time.now);
}

int draw_marks(const struct present *now, const struct pane *p)
{
	return help_marks(look_design(now->look), p, 0);
}

/* As they are on the screen; elsewhere as they are by default. */
int draw_keys(const struct present *now, const struct pane *p)
{
	struct keymap keys;
	int rows;

	if (now->keys)
		return help_draw(now->keys, look_design(now->look), p);
	keymap_default(&keys);
	rows = help_draw(&keys, look_design(now->look), p);
	keymap_free(&keys);
	return rows;
}

int draw_scenes(const struct present *now, const struct pane *p)
{
	return scenes_draw(p, now->screen ? now->selected : -1);
}
