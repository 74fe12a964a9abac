/* SPDX-License-Identifier: MIT */
/* The table that the cursor is in, and the growth that is half shown. */
#ifndef TUI_VIEW_SWISS_TABLE_H
#define TUI_VIEW_SWISS_TABLE_H

#include "model/map/swiss/control.h"
#include "model/map/swiss/event.h"
#include "model/map/swiss/reading.h"
#include "tui/view/look.h"

/* Tables are numbered from 0 on in the order of the directory; `number` goes on behind them. */
struct under {
	struct groups groups;  /* table 0: a small map's group; addr 0: not even that */
	uint32_t number, tables;
	uint64_t group;        /* the one under the cursor, of the table */
};

struct under table_under(const struct look *l);

/* No directory leads to it: a growth fills it, or only a range still walks along it. */
static inline bool table_aside(const struct under *u)
{
	return u->groups.table && u->number >= u->tables;
}

/* It was replaced, and is there only because a range loop walks along it. */
static inline bool table_replaced(const struct map *m, const struct under *u)
{
	return table_aside(u) && u->groups.table != m->swiss.fresh[0] &&
		u->groups.table != m->swiss.fresh[1];
}

/* "table 1", "the new table", "the new left table", "the replaced table". */
void table_name(const struct map *m, const struct under *u, struct text *out);

/* Puts the cursor on the group at that address, the slot as it is. */
void table_enter(struct look *l, uint64_t group);

/*
 * Inside an operation a growth or a split is half shown: between its beginning and the directory's
 * leading to the new tables.
 */
struct half {
	bool on, splits;
	uint64_t old;          /* the table that is replaced; 0: a small map's group is */
	uint32_t number;       /* of it */
	unsigned moved, all;   /* entries */
	unsigned from, to;     /* slots of the old table, and of a new one */
	unsigned bit;          /* splits: of the hash that decides */
	unsigned group;        /* the last entry moved was in this group; */
	bool within;           /* and more of that group are to come */
};

struct half growth_half(const struct session *s);

#endif
