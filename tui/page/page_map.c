/* SPDX-License-Identifier: MIT */
/* The map as a page, and its parts. */
#include <limits.h>

#include "tui/page/page_parts.h"
#include "tui/view/design.h"
#include "tui/view/story.h"
#include "tui/view/view.h"

void page_title(struct page *pg)
{
	const struct session *s = pg->look->session;
	const char *note = target_hash_note(s->given.target, s->given.family);
	const char *caption = session_caption(s);
	struct pane p = page_room(pg, 1);

	view_status(pg->look, &p, false);
	page_take(pg, 1);
	if (note) {
		p = page_room(pg, 1);
		pane_printf(&p, 0, 0, ROLE_WARNING, "%s: %s", s->given.target->name, note);
		page_take(pg, 1);
	}
	if (caption)
		page_words(pg, 0, ROLE_CAPTION, caption);
}

void page_header(struct page *pg)
{
	const struct look *l = pg->look;
	bool wide = pg->canvas->w >= 2 * HEADER_WIDTH + 12;
	int rows = look_design(l)->header->row(l, look_fields(l) - 1) + 1, y;
	int height = rows + 2 + (wide ? 0 : 6);
	struct pane frame = page_room(pg, height), in, side;
	struct text title = { 0 };

	look_design(l)->header->title(l, &title);
	in = pane_box(&frame, ROLE_BORDER, text_str(&title), NULL);
	text_free(&title);
	side = wide ? pane_sub(&in, 0, 0, HEADER_WIDTH + 5, in.h) : in;
	look_design(l)->header->draw(l, &side);
	side = wide ? pane_sub(&in, HEADER_WIDTH + 6, 0, in.w - HEADER_WIDTH - 6, in.h)
		    : pane_sub(&in, 0, rows + 1, in.w, 5);
	pane_text(&side, 0, 0, ROLE_TITLE, "load");
	y = 1;
	side = pane_sub(&side, 0, y, side.w, side.h - y);
	y = look_design(l)->header->load(l, &side);
	side = pane_sub(&side, 0, y + wide, side.w, side.h - y);
	if (wide) {
		pane_text(&side, 0, 0, ROLE_TITLE, "memory");
		side = pane_sub(&side, 0, 1, side.w, side.h - 1);
	}
	view_memory(l, &side);
	page_take(pg, height);
}

void page_minimap(struct page *pg)
{
	struct pane p = page_room(pg, 1);

	view_minimap(pg->look, &p);
	if (!page_used(&p))
		pane_textn(&p, 0, 0, p.w, ROLE_NOTE,
			map_count(&pg->look->session->world.map)
			? "too few entries to be seen" : "there are no entries");
	page_take(pg, 1);
}

void page_story(struct page *pg)
{
	const struct session *s = pg->look->session;
	struct story st = { 0 };

	if (pg->options->framed || (!session_point(s) && !s->shown.probe_label))
		return;
	story_tell(&st, s);
	for (int i = 0; i < st.count; i++)
		page_words(pg, 2, ROLE_MESSAGE, text_str(&st.lines[i]));
	story_free(&st);
}

static int draw_legend(struct page *pg, const struct pane *p)
{
	return view_legend(pg->look, p, pg->marks);
}

void page_legend(struct page *pg)
{
	for (int side = 0; side < SIDES; side++)
		pg->marks |= view_marks_seen(&pg->look->units, side, 0, INT_MAX);
	if (pg->marks)
		page_part(pg, NULL, draw_legend);
	else
		page_words(pg, 0, ROLE_NOTE, "nothing is allocated yet, so there are no marks");
}

void page_map(struct page *pg)
{
	page_header(pg);
	page_arrays(pg);
	if (pg->options->framed)
		return;
	page_story(pg);
	page_blank(pg);
	page_part(pg, NULL, draw_legend);
}
