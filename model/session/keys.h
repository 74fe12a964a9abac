/* SPDX-License-Identifier: MIT */
/*
 * Keys of one's own, a line each: insert @FILE. The file is read once, when the command is given;
 * from then on the command itself holds its lines, so that it is run again, and saved, whatever
 * becomes of the file:
 *
 *     insert @<<END
 *     key
 *     key
 *     END
 *
 * Strings are plain text, each line as it is; unless the first line that is not empty begins with
 * a quote: then all are JSON strings (or Go's). Keys of other types are literals; {"A": 1} and
 * [1, 2], which are none, are JSON. Lines without anything are passed over.
 */
#ifndef MODEL_SESSION_KEYS_H
#define MODEL_SESSION_KEYS_H

#include "model/base/access.h"
#include "model/base/text.h"
#include "model/base/work.h"
#include "model/go/value.h"

enum { KEYS_MOST = 1 << 30 }; /* bytes of a file */

/* A way through the lines of a command. */
struct keys {
	const char *at;         /* the rest of the lines; borrowed */
	const char *end;        /* where the line begins that ends them */
	unsigned long line;     /* the last one that was read, from 1 */
	bool quoted;            /* strings are in quotes */
	struct text text;       /* of the last line; owned */
	char *name;             /* of the file, for messages; owned */
};

/* Whether a line begins a command with keys below it; word is what ends them, of that length. */
bool keys_follow(const char *line, const char **word, size_t *len);

/* "insert @FILE" as the command that holds the lines; NULL with err filled. To be freed. */
char *keys_load(const char *command, const struct access *access, const char *file,
	const struct watcher *watcher, struct error *err);

/* To the lines of a command, from its "@<<" on. */
bool keys_begin(struct keys *k, const char *args, struct error *err);
void keys_rewind(struct keys *k, const char *args);
void keys_end(struct keys *k);

/*
 * The next key. False at the end, with err empty, and where a line is no key: err then says which.
 */
bool keys_next(struct keys *k, const struct value_home *home, const struct gotype *key,
	uint8_t *out, struct error *err);

#endif
