/* SPDX-License-Identifier: MIT */
/*
 * Files that are written, all of the program's: each appears whole or not at all. What is to be
 * written goes to a new file in the same folder, which takes its place when all of it is on the
 * disk, and then that is made to last too, but where the folder cannot be read; when anything fails
 * or ends the program, what was there before is still there, and nothing else is (scrap.h).
 *
 * A link stays a link, and one that leads to nothing is followed; a file keeps its rights, and its
 * owner and group where that can be. One that is write-protected is not replaced, nor is one whose
 * folder cannot be written. What is no regular file, a device or a pipe, is written to as it is;
 * a file that is open, such as /dev/stdout, from where it stands.
 *
 * What may be written is access.h's to say.
 */
#ifndef MODEL_BASE_OUTFILE_H
#define MODEL_BASE_OUTFILE_H

#include <stdio.h>

#include "model/base/access.h"
#include "model/base/error.h"

/* Writes the content. When it fails for a reason of its own it says so in err. */
typedef bool outfile_writer(FILE *out, void *data, struct error *err);

/* To a file, or to standard output when file is NULL. What fails is said with the file's name. */
bool outfile_write(const struct access *a, const char *file, outfile_writer *writer, void *data,
	struct error *err);

/* The same of bytes that are there already. */
bool outfile_write_bytes(const struct access *a, const char *file, const char *bytes, size_t len,
	struct error *err);

/* Whether it would be allowed; nothing is written. */
bool outfile_check(const struct access *a, const char *file, struct error *err);

/* Whether writing would replace something that a regular file holds: on the screen one asks. */
bool outfile_replaces(const char *file);

#endif
