/* SPDX-License-Identifier: MIT */
/* What the files of the Swiss map's header share: header.c, headline.c, explain_field.c. */
#ifndef TUI_VIEW_SWISS_HEADER_PARTS_H
#define TUI_VIEW_SWISS_HEADER_PARTS_H

#include "tui/view/swiss/swiss_design.h"
#include "tui/view/swiss/table.h"

enum { DIRECTORY_LINES = 6 }; /* tables around the one under the cursor */

/* A field of the panel: of Map, of the table under the cursor, or a table of the directory. */
enum header_of { OF_MAP, OF_TABLE, OF_DIRECTORY };

struct header_line {
	enum header_of of;
	int n;               /* enum swiss_field, enum table_field, or of directory_lines() */
};

struct header_line header_line(const struct look *l, const struct under *u, int field);

/* Neighbouring entries of the directory that lead to one table. */
struct directory_line {
	uint64_t table;
	uint32_t number;     /* of it */
	uint64_t entry, entries;
};

/* Those around the table under the cursor; returns how many. */
int directory_lines(const struct look *l, const struct under *u,
	struct directory_line lines[DIRECTORY_LINES]);

#endif
