/* SPDX-License-Identifier: MIT */
/* What the files share that write lists of maps: maps.c, maps_json.c, metrics.c, rollup.c. */
#ifndef TUI_MAPS_MAPS_PARTS_H
#define TUI_MAPS_MAPS_PARTS_H

#include "tui/maps/maps.h"

/* A table; the roll-up is borrowed. */
void rollup_put(struct sheet *s, const struct rollup *r, const struct under_sum *under,
	enum rollup_by by);

/* The figures of a row, for a table of these columns. */
enum { ROLLUP_COLUMNS = 12 };
extern const struct column rollup_columns[ROLLUP_COLUMNS];
void rollup_put_row(const struct rollup_row *g, struct row *r);

/* Columns of another release that nobody asked for. */
void rollup_hide(struct sheet_table *t, const struct under_sum *under);

/* Which program it is: "exe", "go", "arch" of JSON, null where there is none; in words. */
void maps_put_program(struct sheet *s, const struct executable *p);
void maps_add_program(const struct executable *p, struct text *out);

void maps_write_json(const struct maps_pages *all, int width, FILE *out);

/*
 * The text format of OpenMetrics 1.0. Of a program there is a series for each path and type, for
 * those that hold most; the rest is one more, so that there are never more than so many. Labels
 * are cut to some characters, and whatever is in them is UTF-8 that can be printed.
 */
void maps_write_metrics(const struct maps_pages *all, int width, FILE *out);

#endif
