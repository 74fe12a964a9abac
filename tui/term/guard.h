/* SPDX-License-Identifier: MIT */
/*
 * The guard gives the terminal back when the program ends in a way that nobody planned: a crash, a
 * failed assertion, exit() from somewhere, no memory left, any signal that nothing else answers.
 *
 * It knows two things, prepared beforehand so that a signal handler may use them: the text that
 * resets the terminal, and the modes that its driver had. Signals keep their meaning: the
 * guard acts and then lets the program die as it would have.
 */
#ifndef TUI_TERM_GUARD_H
#define TUI_TERM_GUARD_H

#include <stddef.h>
#include <termios.h>

/* Copies both. fd must stay open until guard_remove(). The guard is off at first. */
void guard_install(int fd, const struct termios *modes, const char *reset);
void guard_remove(void);

void guard_on(void);  /* the terminal is ours now */
void guard_off(void); /* it was given back */

/* All of the bytes, whatever interrupts; a signal handler may do that, too. */
void write_whole(int fd, const char *bytes, size_t len);

#endif
