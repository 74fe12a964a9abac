/* SPDX-License-Identifier: MIT */
/*
 * Files that are written: each appears whole or not at all. What is to be written goes to a
 * new file beside it, which takes its place when all of it has reached the disk; when anything
 * fails, what was there before is still there, and nothing else is.
 *
 * A link stays a link, and a file keeps its rights. What is no regular file, a device or a
 * pipe, is written to as it is.
 */
#ifndef MODEL_BASE_OUTFILE_H
#define MODEL_BASE_OUTFILE_H

#include <stdio.h>

#include "model/base/error.h"

/* Writes the content. When it fails for a reason of its own it says so in err. */
typedef bool outfile_writer(FILE *out, void *data, struct error *err);

/* To a file, or to standard output when file is NULL. What fails is said with the file's name. */
bool outfile_write(const char *file, outfile_writer *writer, void *data, struct error *err);

/* Whether writing would replace something that a regular file holds: on the screen one asks. */
bool outfile_replaces(const char *file);

#endif
