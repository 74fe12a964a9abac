/* SPDX-License-Identifier: MIT */
/*
 * The prompt's lines from one run of the program to the next: $XDG_STATE_HOME/hmapview/history
 * (~/.local/state/...), one a line. A file that cannot be read or written is no error: the
 * lines then last as long as the program.
 */
#ifndef TUI_APP_HISTORY_H
#define TUI_APP_HISTORY_H

#include "tui/app/prompt.h"

void history_load(struct prompt *p);
void history_save(const struct prompt *p);

#endif
