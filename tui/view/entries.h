/* SPDX-License-Identifier: MIT */
/*
 * All entries of a map as a list: sorted by key, numbers by value, cut down to those whose key or
 * elem contains a text. Made anew when asked for; it does not follow the map.
 */
#ifndef TUI_VIEW_ENTRIES_H
#define TUI_VIEW_ENTRIES_H

#include "tui/canvas/pane.h"
#include "tui/view/look.h"

enum { ENTRIES_MOST = 200000 }; /* a longer list says that it is cut */

struct entry_row {
	struct place at;
	char *key, *elem;    /* literals; owned */
};

struct entries {
	struct entry_row *rows;
	size_t count, cap;
	uint64_t total;      /* entries looked at */
	bool cut;
	size_t selected;
};

/* `filter` may be empty. */
void entries_make(struct entries *e, const struct session *s, const char *filter);
void entries_free(struct entries *e);

/* The title, and one entry in row y. */
void entries_put_title(const struct entries *e, const struct pane *p);
void entries_put_row(const struct entries *e, const struct pane *p, int y, size_t i, bool selected);

/* Draws the rows around the selected one. */
void entries_draw(const struct entries *e, const struct pane *p);

#endif
