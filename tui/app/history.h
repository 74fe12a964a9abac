/* SPDX-License-Identifier: MIT */
/*
 * The prompt's lines from one run of the program to the next: $XDG_STATE_HOME/hmapview/history
 * (~/.local/state/...), one a line, what was searched for behind a /. Each is added to the file as
 * it is typed, so that several programs at once keep them all, and one that is killed loses none.
 * A file that cannot be read or written is no error: the lines then last as long as the program.
 */
#ifndef TUI_APP_HISTORY_H
#define TUI_APP_HISTORY_H

#include "tui/screen/prompt.h"

void history_load(struct prompt *p);

/* Adds a line to the file; NULL does nothing. */
void history_add(const char *line);

#endif
