/* SPDX-License-Identifier: MIT */
/*
 * What may be typed next at the prompt: commands and actions, then what the command takes:
 * types, targets, releases, hashes, formats, files, and keys that the map holds. In a search: words
 * for states, and keys and elems.
 */
#ifndef TUI_APP_COMPLETE_H
#define TUI_APP_COMPLETE_H

#include "model/session/session.h"
#include "tui/screen/words.h"

/* The words that fit the line up to byte `at`. */
void complete_line(const struct session *s, const char *line, size_t at, struct words *w);
void complete_find(const struct session *s, const char *line, size_t at, struct words *w);

#endif
