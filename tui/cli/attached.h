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
	const char *map;         /* its name or address; borrowed */
	const char *type;        /* likewise; NULL: as the program has it */
};

/* What is missing of a core file is said on standard error. */
bool attached_open(struct attached *a, const struct options *o, struct error *err);
void attached_close(struct attached *a);

/* The session, which is fresh, begins with the map as it is now. */
bool attached_begin(struct attached *a, struct session *s, struct error *err);

#endif
