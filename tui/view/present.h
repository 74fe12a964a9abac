/* SPDX-License-Identifier: MIT */
/* What views are of: a session, and how it is looked at. */
#ifndef TUI_VIEW_PRESENT_H
#define TUI_VIEW_PRESENT_H

#include "tui/canvas/pane.h"
#include "tui/view/look.h"

struct keymap;
struct sheet;

struct present {
	struct session *session;
	struct look *look;
	uint64_t from, to;  /* which units are asked for, both included */
	bool screen;        /* drawn again and again: what takes long is left out */
	const struct keymap *keys; /* of the screen; NULL elsewhere */
	int selected;       /* row of a list on the screen */
};

/* Fills a sheet with a view's figures; false with err filled, and with what could be had. */
typedef bool sheet_filler(const struct present *now, struct sheet *out, struct error *err);

#endif
