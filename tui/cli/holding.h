/* SPDX-License-Identifier: MIT */
/* What holds a map of a live program, as a command line asks for it. */
#ifndef TUI_CLI_HOLDING_H
#define TUI_CLI_HOLDING_H

#include "tui/cli/options.h"

/* Whether it is written in the format that the options name; writes it. */
bool holding_known(const struct options *o, struct error *err);
bool holding_write(const struct options *o, struct error *err);

#endif
