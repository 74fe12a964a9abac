/* SPDX-License-Identifier: MIT */
/*
 * The program that a command line names by --pid or --core, and the map in it that --map does: what
 * a session begins with, and captures again.
 */
#ifndef TUI_CLI_ATTACHED_H
#define TUI_CLI_ATTACHED_H

#include "model/live/live.h"
#include "model/session/session.h"
#include "tui/cli/options.h"

struct attached {
	struct live live;
	char *map;               /* its name or address; owned; NULL: none is chosen */
	const char *type;        /* borrowed; NULL: as the program has it */
	bool redact;
	const char *as_go;       /* its map is laid anew under this release; NULL: it is not */
	unsigned max_hold_ms;    /* the longest stop */
	bool reach;              /* lists are taken with the mark, */
	struct held *held;       /* and with what holds this map; borrowed; NULL */
	unsigned again_ms;       /* captured again so often, */
	uint64_t again_times;    /* and so often in all */
};

/* What is missing of a core file is said on standard error. */
bool attached_open(struct attached *a, const struct options *o, struct error *err);
/* One of several processes. */
bool attached_open_process(struct attached *a, const struct options *o, int pid,
	struct error *err);
void attached_close(struct attached *a);

struct census;
struct census_map;

/* The list of its maps. */
bool attached_list(struct attached *a, struct census *c, struct error *err);

/* Another map is it from now on. */
void attached_choose(struct attached *a, const struct census_map *m);

/* The session, which is fresh, begins with the map as it is now. */
bool attached_begin(struct attached *a, struct session *s, struct error *err);

#endif
