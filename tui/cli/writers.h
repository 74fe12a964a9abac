/* SPDX-License-Identifier: MIT */
/* Who works on which map of a program, as a command line asks for it. */
#ifndef TUI_CLI_WRITERS_H
#define TUI_CLI_WRITERS_H

#include "tui/cli/options.h"

/* Whether they are written in the format that the options name. */
bool writers_known(const struct options *o, struct error *err);
bool writers_write(const struct options *o, struct error *err);

#endif
