/* SPDX-License-Identifier: MIT */
/*
 * Access: which files may be read and written, by who asked for it. All reading on behalf of a
 * script, a scene or a document goes through access_open(), all writing through outfile.h, which
 * asks access_writes(). Links count by where they lead: what is judged is what was opened.
 *
 *   the person   at the prompt or on the command line: everything
 *   a script     reads everything; writes new files in or below the working folder, no part of
 *                whose path there begins with a dot; and where nothing is replaced: standard
 *                output, /dev/null, a FIFO, a terminal. Trusted, everything
 *   a scene      reads files in or below its folder, writes none
 *   a document   the same; but its pictures, below its folder and never through a link, are new or
 *                replace what such a picture was
 */
#ifndef MODEL_BASE_ACCESS_H
#define MODEL_BASE_ACCESS_H

#include <stdbool.h>
#include <stdio.h>

#include "model/base/error.h"

struct spot;

enum asker { ASKER_PERSON, ASKER_SCRIPT, ASKER_SCENE, ASKER_DOCUMENT };

struct access {
	enum asker who;
	bool trust;          /* scripts may write as the person may */
	const char *folder;  /* of a scene or document; its names are seen from there; borrowed */
	/* Of a document, while its pictures are written: whether a file that begins so is one. */
	bool (*picture)(const char *name, const char *head);
};

/* Of what is named on the command line, or that the program itself keeps. */
extern const struct access access_person;

/* A scene or a document, which reads files of its folder only. */
bool access_confined(const struct access *a);

/*
 * Where a file is that was named so, to be freed: as fopen() takes it. A name of the person or of a
 * script may begin with ~ and have variables in it, $NAME or ${NAME}, unless there is a file of
 * just that name; one that is not set stays as it is written.
 */
char *access_path(const struct access *a, const char *name);

/* The home folder for ~, and the values of variables, whatever is there; to be freed. */
char *access_expand(const char *name);

/* The folder that a file lies in, to be freed; "." when its name has none. */
char *access_folder(const char *file);

/*
 * Opens the file with that path, "-" not among them, for reading. NULL with err filled, which
 * then begins with the path, and tells nothing of what the file holds.
 */
FILE *access_open(const struct access *a, const char *path, struct error *err);

/* Whether standard input may be read. */
bool access_input(const struct access *a, struct error *err);

/* Whether that spot, which is called name, may be written. */
bool access_writes(const struct access *a, const struct spot *spot, const char *name,
	struct error *err);

/* Whether a file that is there may be replaced. */
bool access_replaces(const struct access *a);

#endif
