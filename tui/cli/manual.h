/* SPDX-License-Identifier: MIT */
/* The manual page in mdoc(7): what the tables say, and the words around them. */
#ifndef TUI_CLI_MANUAL_H
#define TUI_CLI_MANUAL_H

#include <stdio.h>

void manual_write(FILE *out);

#endif
