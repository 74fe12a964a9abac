/* SPDX-License-Identifier: MIT */
/*
 * Who works on which map (model/live/writers.h) as a sheet.
 *
 * JSON is one object, "hmapview-writers/1": "pid" (null of a core file), "exe", "go", "arch",
 * "goroutines" (that were looked at), "untold" (that run, nobody knows where), and "writers", each
 * with "goroutine", "state" ("ended": it found others at work and ended the program, "in" a map
 * function, "last seen" with the map), "work" ("assign", "delete", "clear", "make", "copy", "read",
 * "range"; null: not told), "call" (null of the last), "function", "file", "line", "map" (its
 * address; null: not told), "writing", "name" and "type" (null: not known).
 */
#ifndef TUI_MAPS_WRITTEN_H
#define TUI_MAPS_WRITTEN_H

#include "model/live/writers.h"
#include "tui/sheet/sheet.h"

/* It borrows both. */
struct sheet *written_sheet(const struct writers *w, const struct live *l);

#endif
