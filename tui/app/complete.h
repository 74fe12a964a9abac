/* SPDX-License-Identifier: MIT */
/*
 * What may be typed next at the prompt: commands and actions, then what the command takes:
 * types, targets, releases, hashes, formats, files, and keys that the map holds. In a search: words
 * for states, and keys and elems.
 */
#ifndef TUI_APP_COMPLETE_H
#define TUI_APP_COMPLETE_H

#include "model/session/session.h"

struct words {
	char **list; /* all begin with what is typed; owned */
	size_t count, cap;
	size_t start; /* where in the line the word begins that they complete */
};

/* The words that fit the line up to byte `at`. */
void complete_line(const struct session *s, const char *line, size_t at, struct words *w);
void complete_find(const struct session *s, const char *line, size_t at, struct words *w);
void words_free(struct words *w);

/* How many bytes all words have in common; 0 without any. */
size_t words_common(const struct words *w);

#endif
