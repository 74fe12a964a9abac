/* SPDX-License-Identifier: MIT */
/*
 * The list of a program's maps as a page of the screen: sorted, cut down to those whose name, type
 * or address contains a text, one of them selected. A new look at the program takes the place of
 * the one before, and says what each map has grown by since.
 */
#ifndef TUI_MAPS_LIST_H
#define TUI_MAPS_LIST_H

#include "model/base/table.h"
#include "model/live/rollup.h"
#include "tui/canvas/pane.h"

enum maps_order { MAPS_BY_BYTES, MAPS_BY_GROWTH, MAPS_BY_CHANGE, MAPS_BY_ENTRIES, MAPS_BY_FREE,
	MAPS_BY_NAME, MAPS_ORDERS };

struct maps_list {
	const struct live *live;  /* borrowed */
	struct census census;     /* owned, as is all below */
	struct table before;      /* bytes at the look before, by address */
	unsigned looks;           /* that were taken */
	enum rollup_by by;        /* it shows not maps but what they come to, */
	struct rollup rollup;     /* which is this */
	struct rollup_row within; /* only maps of that row are shown, when it has a type; */
	enum rollup_by within_by; /* by that */
	size_t *rows;             /* of the census or the roll-up, those that are shown */
	size_t count, selected;
	char *filter;             /* NULL for none */
	enum maps_order order;
};

/* Takes the census. */
void maps_list_take(struct maps_list *l, const struct live *live, struct census *c);
void maps_list_free(struct maps_list *l);

/* "" for none. */
void maps_list_filter(struct maps_list *l, const char *filter);

/* Another order, the next or the one before. */
void maps_list_sort(struct maps_list *l, bool forth);

/* What it shows: maps, what they come to by type, by path, and round. */
void maps_list_roll(struct maps_list *l, bool forth);

/* Of a row of the roll-up, which is selected, the maps; false when it is a map that is. */
bool maps_list_enter(struct maps_list *l);

/* NULL when no map is shown. */
const struct census_map *maps_list_selected(const struct maps_list *l);

void maps_list_draw(const struct maps_list *l, const struct pane *p);

#endif
