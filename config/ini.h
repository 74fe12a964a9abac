/* SPDX-License-Identifier: MIT */
/*
 * An ini file, read strictly and handed over as a flat list.
 *
 * This is the only place that knows the parser library. Of what the library lets pass in
 * silence, this refuses directories and other things that are not files, files that are too large,
 * NUL bytes, and keys outside of a section. What it cannot see, because it happens inside the
 * library: of a key given twice the last one counts; section and key names are made lower
 * case; an unquoted ; or # ends the value; a \ at the end of a line joins the next one.
 */
#ifndef CONFIG_INI_H
#define CONFIG_INI_H

#include <stdbool.h>
#include <stddef.h>

#include "model/base/error.h"

struct ini_entry {
	char *section;
	char *key;   /* "" for the section itself, which comes before its keys */
	char *value; /* blanks at its ends and one pair of quotes removed; may be "" */
};

struct ini {
	char *path;
	struct ini_entry *entries; /* in the file's order */
	size_t count;
};

/* ini is filled on success only; ini_free() it then. */
bool ini_load(struct ini *ini, const char *path, struct error *err);
void ini_free(struct ini *ini);

/* Reads a value: a whole number in base 10, nothing before or after it, within [low, high]. */
bool ini_number(const char *value, unsigned long long low, unsigned long long high,
	unsigned long long *out);

#endif
