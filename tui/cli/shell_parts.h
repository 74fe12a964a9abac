/* SPDX-License-Identifier: MIT */
/* What the shells' completions share. */
#ifndef TUI_CLI_SHELL_PARTS_H
#define TUI_CLI_SHELL_PARTS_H

#include <stdbool.h>
#include <stdio.h>

#include "tui/cli/choice.h"
#include "tui/cli/options.h"

/* A shell's own functions, complete.bash and the like: what stands there before the line @, where
   the tables are put, and behind it. */
void shell_begin(FILE *out, const char *shell);
void shell_end(FILE *out, const char *shell);

/* In single quotes. */
void shell_quote(FILE *out, const char *text);

/* Whether option i has an argument to be chosen that no option before it has. */
bool shell_first_use(unsigned i);

#endif
