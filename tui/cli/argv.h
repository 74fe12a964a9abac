/* SPDX-License-Identifier: MIT */
/*
 * A command line in one text: words are parted by blanks; 'quotes' and "quotes" keep theirs, and
 * a backslash makes the next character one as any other, but not within single quotes.
 */
#ifndef TUI_CLI_ARGV_H
#define TUI_CLI_ARGV_H

#include <stdbool.h>
#include <stddef.h>

#include "model/base/error.h"

struct argv {
	char **list;   /* `count` of them, and NULL behind; owned */
	size_t count, cap;
};

void argv_add(struct argv *a, const char *word);
bool argv_split(struct argv *a, const char *text, size_t len, struct error *err);
void argv_free(struct argv *a);

#endif
