/* SPDX-License-Identifier: MIT */
/* The list of a live program's maps, as a command line asks for it. */
#ifndef TUI_CLI_LISTING_H
#define TUI_CLI_LISTING_H

#include "tui/cli/options.h"

/* Whether lists are written in the format that the options name. */
bool listing_known(const struct options *o, struct error *err);

/* Writes it. What is missing of a core file is said on standard error. */
bool listing_write(const struct options *o, struct error *err);

#endif
