/* SPDX-License-Identifier: MIT */
/*
 * Files that the program carries inside itself, so that it needs no folder beside it: themes,
 * scenes, the configuration as it is without one, and descriptions of usual terminals. The build
 * makes the list (.package/carry). A path to one begins with CARRIED, which is how messages name
 * it.
 */
#ifndef CONFIG_CARRIED_H
#define CONFIG_CARRIED_H

#include <stddef.h>
#include <stdio.h>

#define CARRIED "hmapview:"

struct carried {
	const char *name; /* as scenes/growth.hm; NULL ends the list */
	const char *text;
	size_t len;
};

extern const struct carried carried_files[];

/* The file that a path leads to; NULL when it leads to none of these. */
const struct carried *carried_find(const char *path);

/* To be read as a file is. */
FILE *carried_open(const struct carried *file);

#endif
