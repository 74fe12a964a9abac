/* SPDX-License-Identifier: MIT */
/*
 * All entries of a map as a list: sorted by key, numbers by value, cut down to those whose key or
 * elem contains a text. Made anew when asked for; it does not follow the map, which must stay as
 * it is meanwhile.
 *
 * A row is 16 bytes that say where its entry lies; what it shows is read when it is shown. Making
 * the list of a large map goes in steps, between which the screen can be drawn: until the last
 * one the rows stand in the order of the units.
 */
#ifndef TUI_VIEW_ENTRIES_H
#define TUI_VIEW_ENTRIES_H

#include "tui/canvas/pane.h"
#include "tui/view/look.h"

struct entry_row {
	uint64_t order;  /* of the key: see entries_sort.c */
	uint32_t unit;
	uint32_t rest;   /* chain << 4 | slot << 1 | old */
};

struct entries {
	const struct session *session;
	struct units units; /* of its map; owned */
	struct entry_row *rows;
	size_t count, cap;
	uint64_t total;  /* entries looked at */
	uint64_t next;   /* unit to be looked through next, those aside last */
	bool done;       /* all were, and the rows are sorted */
	char *filter;    /* "" for none; owned */
	size_t selected;
};

/* Begins a list, and goes on with it by so many units; true while there is more to do. */
void entries_begin(struct entries *e, const struct session *s, const char *filter);
bool entries_work(struct entries *e, uint64_t units);

/* How far the list is. */
struct work entries_come_to(const struct entries *e);

/* Both at once. */
void entries_make(struct entries *e, const struct session *s, const char *filter);
void entries_free(struct entries *e);

struct place entries_place(const struct entries *e, size_t i);

/* Sorts the rows by their keys. */
void entries_sort(struct entries *e);

/* The first word of a key's order: smaller for a key that comes before. */
uint64_t entries_order(const struct map *m, const uint8_t *key);

/* The title, and one entry in row y. */
void entries_put_title(const struct entries *e, const struct pane *p);
void entries_put_row(const struct entries *e, const struct pane *p, int y, size_t i, bool selected);

/* Draws the rows around the selected one. */
void entries_draw(const struct entries *e, const struct pane *p);

#endif
