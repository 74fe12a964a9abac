/* SPDX-License-Identifier: MIT */
/*
 * An ini file, read strictly and handed over as a flat list.
 *
 * This is the only place that knows the parser library. Of what the library lets pass in
 * silence, this refuses directories and other things that are not files, files that are too large
 * or have too many lines, NUL bytes, keys outside of a section, and sections and keys that come a
 * second time. What it cannot see, because it happens inside the library: an unquoted ; or # ends
 * the value; a \ at the end of a line joins the next one.
 */
#ifndef CONFIG_INI_H
#define CONFIG_INI_H

#include <stdbool.h>
#include <stddef.h>

#include "model/base/error.h"

struct ini_entry {
	char *section; /* lower case */
	char *key;     /* lower case; "" for the section itself, which comes before its keys */
	char *written; /* the key, in the letters that it has in the file */
	char *value;   /* blanks at its ends and one pair of quotes removed; may be "" */
	int line;      /* of the file, from 1 */
};

struct ini {
	char *path;
	struct ini_entry *entries; /* in the file's order */
	size_t count;
};

/* ini is filled on success only; ini_free() it then. */
bool ini_load(struct ini *ini, const char *path, struct error *err);
void ini_free(struct ini *ini);

/* Puts in front of an error where the entry stands; returns false. */
bool ini_fail_at(const struct ini *ini, const struct ini_entry *entry, struct error *err);

/* Reads a value: a whole number in base 10, nothing before or after it, within [low, high]. */
bool ini_number(const char *value, unsigned long long low, unsigned long long high,
	unsigned long long *out);

#endif
