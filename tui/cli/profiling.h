/* SPDX-License-Identifier: MIT */
/* What of a heap profile is map memory, as a command line asks for it. */
#ifndef TUI_CLI_PROFILING_H
#define TUI_CLI_PROFILING_H

#include "tui/cli/options.h"

/* Whether profiles are written in the format that the options name. */
bool profiling_known(const struct options *o, struct error *err);
bool profiling_write(const struct options *o, struct error *err);

#endif
