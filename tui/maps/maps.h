/* SPDX-License-Identifier: MIT */
/*
 * The list of all maps of a live program, as it is written: text, Markdown, JSON. It depends on
 * nothing but what was found.
 *
 * JSON is one object, "hmapview-maps/1": "pid" (null of a core file), "exe", "go", "arch", "maps",
 * "empty". A map has "addr", "type" (null: not known, then one of "candidates"), "name", "entries",
 * "bytes", "free_bytes", "dead_bytes", "reached" and "verdict". More may be added, none is renamed.
 */
#ifndef TUI_MAPS_MAPS_H
#define TUI_MAPS_MAPS_H

#include <stdio.h>

#include "model/live/census.h"
#include "tui/sheet/sheet.h"

struct maps_format {
	const char *name;        /* one of those of -x */
	bool width;              /* it has columns */
	bool (*write)(const struct live *l, const struct census *c, int width, FILE *out);
};

/* Of its bytes those that are free or dead, in percent. */
double maps_free_part(const struct census_map *m);

/* The next figure: its name, or else its address, and its type, or which ones fit. */
void maps_put_name(const struct census_map *m, struct row *r);

/* NULL with err filled when lists are not written in that format. */
const struct maps_format *maps_format_find(const char *name, struct error *err);

#endif
