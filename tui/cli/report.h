/* SPDX-License-Identifier: MIT */
/*
 * What is told of a program in one sheet, as text, Markdown or JSON: its map types, what holds one
 * of its maps, who works on them, what of a heap profile they are.
 */
#ifndef TUI_CLI_REPORT_H
#define TUI_CLI_REPORT_H

#include "tui/cli/options.h"

struct report {
	const char *what;        /* it is of: ".. not written as x" */
	bool (*known)(const struct options *o, struct error *err); /* besides the format; or NULL */
	bool (*write)(const struct options *o, struct error *err);
};

/* The one that the options ask for; NULL: none. */
const struct report *report_asked(const struct options *o);

/* Whether it is written as the options want it. */
bool report_known(const struct report *r, const struct options *o, struct error *err);

#endif
