/* SPDX-License-Identifier: MIT */
/*
 * Signals that the program answers in its own time: they are held back, leave a mark when the
 * program waits for input, and the marks are taken here.
 *
 * A signal that was ignored when the program started (as under nohup) stays ignored.
 */
#ifndef TUI_TERM_SIGNALS_H
#define TUI_TERM_SIGNALS_H

#include <signal.h>
#include <stdbool.h>

/* Holds SIGWINCH, SIGTSTP, SIGCONT, SIGTERM, SIGHUP and SIGINT back, and ignores SIGPIPE. */
void signals_hold(void);
void signals_release(void); /* all as it was */

/* The mask to wait with, as for ppoll(). */
const sigset_t *signals_wait_mask(void);

/* Whether it came since the last call. */
bool signals_take(int signal);

/* A signal that ends the program came or waits: its number, else 0. The mark stays. */
int signals_ending(void);

/* Stops the process, or with group its whole job, until it is continued. */
void signals_stop(bool group);

#endif
