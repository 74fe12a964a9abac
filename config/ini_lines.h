/* SPDX-License-Identifier: MIT */
/*
 * Where the names of an ini file stand and how they are written, which the parser library does
 * not tell: it makes them lower case, and of a name given twice it takes the last. Here a
 * second time is an error.
 */
#ifndef CONFIG_INI_LINES_H
#define CONFIG_INI_LINES_H

#include <stdbool.h>
#include <stddef.h>

#include "model/base/error.h"
#include "model/base/table.h"

struct ini_line {
	int number;     /* from 1 */
	size_t section; /* which line opened its section, of the list; itself for a section */
	char *name;     /* of a key or a section, as written; owned */
	bool is_section;
	size_t same;    /* the line before it with that hash, from 1; 0: none */
};

struct ini_lines {
	struct ini_line *list;
	size_t count, cap;
	struct table places; /* by a hash of section and name: the last such line, from 1 */
};

/* Of a file that the library takes. lines is filled on success only; ini_lines_free() it then. */
bool ini_lines_read(struct ini_lines *lines, const char *path, struct error *err);
void ini_lines_free(struct ini_lines *lines);

/* The line of a key, or with "" of the section itself; names in lower case. NULL for none. */
const struct ini_line *ini_lines_find(
	const struct ini_lines *lines, const char *section, const char *key);

#endif
