/* SPDX-License-Identifier: MIT */
/* What the program tells about itself with --print: its manual, completion for shells, lists. */
#ifndef TUI_CLI_PRINT_H
#define TUI_CLI_PRINT_H

#include <stdio.h>

#include "model/base/error.h"

struct print {
	const char *name;
	const char *help;  /* one line */
	void (*write)(FILE *out);
};

/* The i-th thing to print, NULL past the last. */
const struct print *print_at(unsigned i);
const struct print *print_find(const char *name, struct error *err);

#endif
