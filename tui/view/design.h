/* SPDX-License-Identifier: MIT */
/*
 * One design of Go's map on the screen, as a row of functions: what is drawn and said of it alone.
 * Generic views call the row of the map at hand. The rows stand in tui/view/classic, .., their
 * table in tui/views/designs.c, which alone knows them all.
 */
#ifndef TUI_VIEW_DESIGN_H
#define TUI_VIEW_DESIGN_H

#include "tui/canvas/pane.h"
#include "tui/view/look.h"
#include "tui/view/story.h"
#include "tui/view/summary.h"

struct design {
	/* The header panel. Its fields have numbers from 0 on, in the order in which they stand. */
	void (*header_title)(const struct look *l, struct text *out);
	int (*header)(const struct look *l, const struct pane *p); /* returns the rows it takes */
	int (*fields)(const struct look *l);                   /* how many there are now */
	int (*field_row)(const struct look *l, int field);     /* where one is drawn; -1: nowhere */
	int (*field_instead)(const struct look *l);            /* of one that is there no more */
	bool (*enter_field)(struct look *l);                   /* see look.h */
	uint64_t (*count)(const struct map *m);                /* what len returns */

	/* The header in one line; the load in two; see view.h. */
	bool (*headline)(const struct look *l, const struct pane *p);
	int (*load)(const struct look *l, const struct pane *p);

	/* A growth under way, for the top line, and why it began; nothing where there is none. */
	void (*growing)(const struct look *l, struct text *out);
	void (*growth_reason)(const struct look *l, struct text *out);

	/* Rows of the summary: what stands between the target and the memory. */
	void (*summary)(const struct summary *r, const struct session *s);

	/* Inside a growth: the unit of which some cells are moved, not all; LOOK_NONE. */
	uint64_t (*moving)(const struct session *s);

	/* Where an event of its own kinds was; false where it was nowhere. */
	bool (*event_place)(const struct map_event *e, struct place *at);

	/* The hash of the live key under the cursor, from row y on. Returns the rows. */
	int (*hash)(const struct look *l, const struct pane *p, int y);

	/* What is under the cursor; explain.h. There is a map. */
	void (*explain_field)(const struct look *l, struct text *out);
	void (*explain_unit)(const struct look *l, struct text *out);
	void (*explain_byte)(const struct look *l, struct text *out);
	void (*explain_slot)(const struct look *l, struct text *out);

	/* What an operation did: behind its label, in the lines below, and a step of it; story.h. */
	void (*story_first)(const struct session *s, enum brevity brevity, struct text *out);
	void (*story_below)(const struct session *s, enum story_detail detail, struct story *st);
	story_of_step *story_step;
};

/* The row of a map's design: in tui/views/designs.c. */
const struct design *design_of(const struct map *m);

static inline const struct design *look_design(const struct look *l)
{
	return design_of(&l->session->world.map);
}

#endif
