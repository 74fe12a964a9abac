/* SPDX-License-Identifier: MIT */
/*
 * What is told of work that takes long where there is no screen: a line on standard error, if that
 * is a terminal. It is wiped before anything else is said, and by a signal that ends the program.
 * The terminal's modes stay as they are. There is one at a time.
 */
#ifndef TUI_CLI_TELLING_H
#define TUI_CLI_TELLING_H

#include "model/session/session.h"

void telling_begin(void);
void telling_end(void);

/* What the session does is told, where telling has begun; or from now on not any more. */
void telling_watch(struct session *s);
void telling_leave(struct session *s);

#endif
