/* SPDX-License-Identifier: MIT */
/*
 * The views: each draws one aspect of what is looked at into a pane. They decode the map's
 * bytes through the layout's tables; nothing is drawn from a copy.
 */
#ifndef TUI_VIEW_VIEW_H
#define TUI_VIEW_VIEW_H

#include "tui/canvas/pane.h"
#include "tui/view/grid.h"
#include "tui/view/look.h"

struct field; /* model/map/field.h */

/* The one line on top: the map, the target, where in time, whether it grows; on the screen what the
   newest release would take, where none was chosen. */
void view_status(const struct look *l, const struct pane *p, bool screen);

enum { HEADER_WIDTH = 31 }; /* of the header's panel: design.h */
int header_field_at(const struct look *l, int y); /* of look's numbers; -1 where none is drawn */

/* Memory in use. Returns the rows it takes. */
int view_memory(const struct look *l, const struct pane *p);

/* For the designs: the load's figures, in the first row, and what they count where that fits. */
void put_load(const struct pane *p, int x, const char *unit, const char *format, ...)
	__attribute__((format(printf, 4, 5)));

/* A field of the header in row y: offset and name; returns the column of its value. */
int put_field_name(const struct pane *p, int y, const struct field *f, unsigned word);

/* Field `number`, which lies in the struct at that address: what is to be marked of it. */
void mark_field(const struct look *l, const struct pane *p, int y, const struct field *f,
	int number, uint64_t base, bool linked);

/* One of the header's counts in a few rows, its place moved on; a changed one is marked, and has
   room for a bracket beside it. */
void put_count(const struct look *l, const struct pane *p, int *x, int *y, const struct field *f,
	const char *value, const char *of);

/* A bar of `width` cells of which `used` of `all` are full. */
void put_load_bar(const struct pane *p, int x, int y, int width, uint64_t used, uint64_t all);

/*
 * Units of one side, a row for each and for each linked one, from unit `top` on; where the side has
 * several arrays, a row above each. Returns the number of rows that would take without a bound, at
 * most `most`.
 */
enum { ROWS_WIDTH = 33 }; /* index, control bytes and the bar; keys take what is left */
int view_rows(const struct look *l, const struct pane *p, bool aside, uint64_t top, int most);

/* The rows of a whole side, or of one unit, counted up to `most`. */
int view_rows_count(const struct look *l, bool aside, int most);
/* Which array a unit is of that is not its first, in a row; returns the rows, none where a side has
   but one. */
int view_rows_heading(
	const struct look *l, const struct pane *p, int y, bool aside, uint64_t unit);

int view_rows_chain(const struct look *l, bool aside, uint64_t unit, int most);

/* The unit behind the last one that is in sight, of so many rows from unit `top` on. */
uint64_t view_rows_end(const struct look *l, bool aside, uint64_t top, int rows);

/* Puts the cursor on the slot that was drawn at x, y. */
void view_rows_click(struct look *l, const struct pane *p, bool aside, uint64_t top, int x, int y);

/* Scrolls so that the cursor is in sight of a pane of `height` rows. */
void view_rows_scroll(struct look *l, int height);
void view_rows_fill(struct look *l, bool aside, int height);

/* A title for a side: "units 8 × 208 B". */
void view_rows_title(const struct look *l, bool aside, bool wide, struct text *out);

/* The unit under the cursor, decoded; at most p->h rows. */
enum { UNIT_ROWS = 8 };
void view_unit(const struct look *l, const struct pane *p);
void view_unit_title(const struct look *l, struct text *out);

/*
 * The unit under the cursor, every byte of it, and as far as there is room the rest of its
 * chain. The cursor moves by rows of that picture, over the unit's ends to the ones beside it.
 */
void view_bytes(const struct look *l, const struct pane *p);
int view_bytes_rows(const struct look *l, int width);
int view_bytes_width(const struct maptype *t); /* what keys, elems and meaning need in a row */
void view_bytes_move(struct look *l, const struct pane *p, int rows);
void view_bytes_click(struct look *l, const struct pane *p, int x, int y);

/* The slot under the cursor: values, what they lead to, the hash, an explanation. Returns
   the rows. */
int view_slot(const struct look *l, const struct pane *p);

/*
 * The whole array as bars of heat, in a grid.
 */
enum { ATLAS_LEGEND = 2 }; /* rows below the cells */
int view_atlas(struct look *l, const struct pane *p, bool old); /* the row behind what is used */
struct grid atlas_grid(const struct look *l, const struct pane *p, bool old); /* how it lies */
const char *atlas_metric_name(const struct look *l, enum heat_metric metric);

/* The whole array in one line, each cell a heat, the part in sight marked. */
void view_minimap(struct look *l, const struct pane *p);
int minimap_width(const struct look *l, const struct pane *p); /* columns that it takes */
uint64_t minimap_unit(const struct look *l, const struct pane *p, int x);

/*
 * The timeline: where now is, and marks for what began: G growth, S same-size growth, c clear,
 * ┴ a linked unit; dots where they are not known. The point of a cell of a bar of that width.
 */
void view_timeline(struct look *l, const struct pane *p);
uint64_t timeline_point(const struct session *s, int cell, int width);

/* What the marks mean, in a few words each: all of them, and the numbers of a range's entries. */
void view_marks(const struct look *l, const struct pane *p);
int view_marks_rows(const struct look *l);

/* What those marks mean, bits of 1 << number. Returns the rows it takes. */
int view_legend(const struct look *l, const struct pane *p, unsigned seen);

/* The marks in so many rows of a side, from unit `top` on. */
unsigned view_marks_seen(const struct units *u, bool aside, uint64_t top, int rows);

#endif
