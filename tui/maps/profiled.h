/* SPDX-License-Identifier: MIT */
/*
 * What of a heap profile is map memory (model/live/profile.h) as a sheet.
 *
 * JSON is one object, "hmapview-profile/1": "profile", "exe" (null: it was not there), "go",
 * "arch", "period" (one allocation of about so many bytes is counted; 0: not told), "in_use",
 * "allocated", "maps_in_use" and "maps_allocated" (null without the executable), each with "bytes",
 * "error" (two standard errors), "objects"; "lines", each with "function", "file", "line", "call"
 * (null: not told), "type" (null: not told), "in_use_bytes", "in_use_error", "in_use_objects",
 * "allocated_bytes", "allocated_error", "allocated_objects", "holds", "hint" and "hinted"
 * (sentences, or null); "sizes", the objects of these lines, each with the number of its "of_line",
 * "size", "in_use_objects", "allocated_objects", "what" (null: not told), "units", "entries_least"
 * and "entries_most".
 */
#ifndef TUI_MAPS_PROFILED_H
#define TUI_MAPS_PROFILED_H

#include "model/live/profile.h"
#include "tui/sheet/sheet.h"

/* It borrows the profile, which has that name. */
struct sheet *profiled_sheet(const struct profile *p, const char *name);

#endif
