/* SPDX-License-Identifier: MIT */
/* The command line: one table that the parser and --help share. */
#ifndef TUI_OPTIONS_H
#define TUI_OPTIONS_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "model/error.h"

struct options {
	const char *type, *arch, *release; /* NULL when not given */
	const char *script;                /* "-" for standard input; NULL for none */
	const char *scene;                 /* its name */
	const char *format, *output, *view;
	const char *theme, *config, *color;
	bool has_fill, has_seed;
	uint64_t fill, hint, seed;
	int width;
	bool help, version, list_scenes;
};

/* Borrows argv. */
bool options_parse(struct options *o, int argc, char **argv, struct error *err);

void options_help(FILE *out);

#endif
