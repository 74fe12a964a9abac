/* SPDX-License-Identifier: MIT */
/* The list of a live program's maps, as a command line asks for it. */
#ifndef TUI_CLI_LISTING_H
#define TUI_CLI_LISTING_H

#include "tui/cli/options.h"

/* Whether lists are written in the format that the options name. */
bool listing_known(const struct options *o, struct error *err);

/*
 * Writes it, and holds the gates against it: *held says whether they hold. What does not, and what
 * is missing of a core file, is said on standard error.
 */
bool listing_write(const struct options *o, bool *held, struct error *err);

#endif
