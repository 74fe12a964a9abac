/* SPDX-License-Identifier: MIT */
/*
 * What is drawn for one size of the screen, and how many rows each part has: the decisions that
 * tui/screen/layout.h tells of, and nothing drawn.
 */
#ifndef TUI_SCREEN_PLAN_H
#define TUI_SCREEN_PLAN_H

#include "tui/canvas/pane.h"
#include "tui/view/look.h"
#include "tui/view/view.h"

enum {
	LEFT_WIDTH = HEADER_WIDTH + 4,       /* the header panel with its frame */
	SIDE_WIDTH = 35,                     /* the least for an array with its frame */
	SLOT_WIDTH = 76,                     /* a slot beside the bytes */
};

/* What the panel below the arrays shows of the unit under the cursor. */
enum detail { DETAIL_NONE, DETAIL_BRIEF, DETAIL_BYTES, DETAIL_SLOT };

/* What is drawn for one size of the screen. */
struct plan {
	bool left, minimap, timeline, headline;
	bool untold; /* set when drawn: the headline had no room for why a growth began */
	int caption, story, body;  /* rows */
	int arrays, below; /* of the body, beside the header: the arrays, what is below them */
	enum detail detail;
	bool beside;               /* bytes and slot side by side */
};

struct plan plan_make(const struct look *l, const struct pane *p);

/* Whether there is room for both arrays beside each other. */
bool plan_side_by_side(int width);

/* The header's panel stands in for the arrays where there is no room for both. */
bool plan_header_alone(const struct look *l, const struct plan *plan);

#endif
