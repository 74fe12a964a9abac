/* SPDX-License-Identifier: MIT */
/*
 * Where the panels go. With room, the header stands to the left of the arrays and below them
 * the unit under the cursor byte by byte, with its slot beside it; with less, panels fold: the
 * slot, the bytes into a few rows, the minimap into a frame's lower edge, the header into one
 * line, until the rows and one line of words are left. A closer look takes the room that it needs
 * from the arrays, and then from the header.
 */
#ifndef TUI_SCREEN_LAYOUT_H
#define TUI_SCREEN_LAYOUT_H

#include "tui/canvas/pane.h"
#include "tui/screen/action.h"
#include "tui/screen/prompt.h"
#include "tui/view/look.h"
#include "tui/view/story.h"

struct screen_state {
	struct look *look;
	const struct prompt *prompt;
	const struct keymap *keymap;
	const char *message;    /* "" for none */
	enum role message_role;
	int page;               /* set: rows of an array that are in sight */
	struct pane frame; /* set: of the array that has the cursor, or of what is drawn instead */
	struct pane minimap;    /* set: where the minimap is */
	struct pane timeline;   /* set: where the timeline is, for the mouse */
	struct pane atlas[2];   /* set: where the arrays are in the atlas; empty when not shown */
	struct pane header;     /* set: where the header's fields are */
	int header_top;         /* set: its rows above the panel */
	struct pane bytes;      /* set: where the bytes of the unit are */
	struct pane slot;       /* set: where the slot's view is */
	int slot_rows;          /* set: that it takes in all */
	int explain_rows;       /* set: of an explanation that are in sight, and below them */
	int explain_left;
	uint64_t explained;     /* and which one that was */
	struct pane rows[2];    /* set: where the new and the old array's rows are, for the mouse */
};

/* Draws everything. *x, *y: where the terminal's cursor belongs, or -1. */
void layout_draw(struct screen_state *st, struct canvas *canvas, int *x, int *y);

/* The last line alone, over a page. */
void layout_prompt(struct screen_state *st, struct canvas *canvas, int *x, int *y);

/* On a frame's lower edge: which rows of how many are in sight; nothing when all are. */
void layout_put_scroll(const struct pane *frame, int top, int height, int rows);

/* Puts the cursor on the slot at x, y of an array's rows. */
void layout_click(struct look *l, const struct pane *p, bool old, int x, int y);

#endif
