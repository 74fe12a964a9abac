/* SPDX-License-Identifier: MIT */
/*
 * The list of all maps of a live program, as it is written: text, Markdown, JSON, OpenMetrics; or
 * what they come to by type or path. It depends on nothing but what was found.
 *
 * JSON is one object, "hmapview-maps/1": "pid" (null of a core file), "exe", "go", "arch",
 * "ended" (by whom, over a map; null), "memory", "reach", "maps", "empty". The memory is the
 * balance, where of a core file "rss" is null,
 * and so are "heap_idle", "untouched" and "other". A map has "addr", "type" (null: not known, then
 * one of "candidates"), "name", "entries", "bytes", "free_bytes", "dead_bytes", "reached" and
 * "verdict". "reach" is null, or after a mark "sampled", "stacks" (which were found), "live" (bytes
 * of the heap that are reached), "garbage" and "garbage_bytes" (of maps that are not). Under
 * another release the object has "as_go": "release", maps that are "unknown", of the others what
 * they "was" and "bytes" that they would be, "split_bytes" with split groups, what "grow"s and
 * "grow_without_pointers"; and so has a map: null, or "bytes", "split_bytes", "for_entries",
 * "estimated", "pointers", "slot", "padding"; a row of a roll-up those that are summed up.
 * Before "maps", where there are some, stand "tries": "addr" of what holds one, "root", "type" or
 * "candidates", "name", "entries", "nodes", "bytes", "free_bytes", "reached", and "at_least" where
 * there may be more.
 * In place of "maps" a roll-up has "by" and "groups", each with "path", "type", "maps", "never"
 * (filled), "vacant" (without entries), "entries", "slots", "bytes", "free_bytes", "dead_bytes",
 * "saves" and "verdict". Of all processes it is "hmapview-processes/1", the list "processes" of
 * such objects. More may be added, none is renamed.
 */
#ifndef TUI_MAPS_MAPS_H
#define TUI_MAPS_MAPS_H

#include <stdio.h>

#include "model/live/rollup.h"
#include "tui/sheet/sheet.h"

/* What was found of one program. */
struct maps_page {
	int pid;                 /* 0: of a core file */
	char *image, *exe, *go;  /* owned, as is the census */
	const char *arch;
	struct census census;
	enum rollup_by by;
	char *ended;             /* who ended it over a map, writers.h; owned; NULL: nobody did */
};

struct maps_pages {
	struct maps_page *list;  /* owned */
	size_t count, cap;
	bool several;            /* processes were asked for, however many there are */
};

/* Takes the census, and who ended it, if that is known; of the program names are copied. */
void maps_pages_add(struct maps_pages *all, const struct live *l, struct census *c,
	enum rollup_by by, char *ended);
void maps_pages_free(struct maps_pages *all);

struct maps_format {
	const char *name;        /* one of those of -x, */
	const char *help; /* or when there is one, of lists alone: then this is a line on it */
	bool width;              /* it has columns */
	bool by;                 /* it is of maps, or of types or paths; else of both at once */
	void (*write)(const struct maps_pages *all, int width, FILE *out);
};

/* Of its bytes those that are free or dead, in percent. */
double maps_free_part(const struct census_map *m);

/* The next figures: bytes under the other release, the change, bytes with split groups. */
enum { MAPS_UNDER = 3 };
void maps_put_under(const struct census_map *m, struct row *r);

/* What is to be doubted of a census, a sentence each; NULL past the last. */
const char *maps_doubt(const struct census *c, unsigned i);

/* The next figure: its name, or else its address, and its type, or which ones fit. */
void maps_put_name(const struct census_map *m, struct row *r);

/* The i-th format, NULL past the last. */
const struct maps_format *maps_format_at(unsigned i);

/* NULL with err filled when lists are not written in that format. */
const struct maps_format *maps_format_find(const char *name, struct error *err);

#endif
