/* SPDX-License-Identifier: MIT */
/*
 * What the files of pages share: page.c (bands), page_map.c (the map and its
 * parts), page_array.c (units, folded), page_place.c (one place), page_list.c (lists). Nobody
 * else needs it.
 *
 * A view asks for room for some rows, draws, and takes as many as it used; what was taken may
 * be handed on when the next asks for room.
 */
#ifndef TUI_PAGE_PAGE_PARTS_H
#define TUI_PAGE_PAGE_PARTS_H

#include "tui/canvas/pane.h"
#include "tui/page/page.h"

struct page {
	const struct page_options *options;
	const struct page_view *view;
	struct present now;
	struct look *look;
	struct canvas *canvas;  /* the band being drawn */
	int y;                  /* rows of it that are taken */
	int blanks;             /* blank rows before it, which count only if something follows */
	page_sink *sink;
	void *data;
	bool stopped;           /* by the sink, or */
	bool given_up;          /* by who watches: */
	struct work work;       /* how far it is */
	unsigned marks;         /* that units shown so far have, for the legend */
};

/* A pane of so many rows, blank, below what was taken. */
struct pane page_room(struct page *pg, int rows);
void page_take(struct page *pg, int rows);
void page_blank(struct page *pg);

/* Tells who watches how far it is; false when it is given up. */
bool page_goes_on(struct page *pg);

/* Draws in whatever height it takes, and returns that. */
typedef int page_drawer(struct page *pg, const struct pane *p);

/* For what tells its height only when it is drawn; framed, with a title, or not (NULL). */
void page_part(struct page *pg, const char *title, page_drawer *draw);

/* The rows of a pane up to the last that shows anything: for what fills what it gets. */
int page_used(const struct pane *p);

/* Words over as many rows as they take, what goes on below set in by `indent` columns. */
void page_words(struct page *pg, int indent, enum role role, const char *text);

/* page_map.c */
void page_title(struct page *pg);
void page_map(struct page *pg);
void page_header(struct page *pg);
void page_minimap(struct page *pg);
void page_story(struct page *pg);
void page_legend(struct page *pg);

/* page_array.c */
void page_arrays(struct page *pg);
bool page_arrays_check(const struct page *pg, struct error *err); /* the units are there */

/* page_place.c */
void page_atlas(struct page *pg);
void page_bucket(struct page *pg);
void page_bytes(struct page *pg);
void page_slot(struct page *pg);
void page_explain(struct page *pg);

/* page_list.c */
void page_entries(struct page *pg);
void page_timeline(struct page *pg);
void page_events(struct page *pg);

/* Adds one step of what is shown, in words; the memory is brought to where it was then. */
void page_step(struct session *s, size_t step, struct text *line);
void page_steps_end(struct session *s, bool inside, size_t step); /* and back to where it was */

#endif
