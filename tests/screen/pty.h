/* SPDX-License-Identifier: MIT */
/*
 * A program at a terminal: started on a pseudo terminal, seen through libvterm.
 *
 * Keys, mouse and paste go through the terminal, which sends what a real one would send in the
 * modes that the program has set. Nothing sleeps: what is expected is waited for, up to a deadline,
 * and when it does not come the test fails and the last screen is printed. The surroundings are
 * always the same: a C.UTF-8 locale, TERM xterm-256color, no home, nothing inherited but PATH and
 * the sanitizers' options.
 */
#ifndef TESTS_PTY_H
#define TESTS_PTY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <termios.h>

struct pty;

struct pty_options {
	int w, h;                /* 0: 80 x 24 */
	const char *const *env;  /* NAME=value sets, NAME unsets; NULL after the last */
	const char *const *argv; /* the program and its arguments; or, when NULL, */
	int (*run)(void *arg);   /* what the child does; the result is its exit status */
	void *arg;
	const char *input; /* what standard input is instead of the terminal: a file; or NULL */
};

struct pty_cell {
	char text[32]; /* "" when nothing was written there */
	int width;
	int fg, bg;     /* -1 default, else of the palette */
	unsigned attrs; /* enum attr, or-ed */
};

struct pty *pty_start(const struct pty_options *options);
void pty_free(struct pty *pty); /* ends the program, the hard way when need be */

/* What a user does. Keys by their names: q, C-c, PageUp. */
void pty_key(struct pty *pty, const char *name);
void pty_type(struct pty *pty, const char *text);
void pty_paste(struct pty *pty, const char *text, size_t len);
void pty_mouse(struct pty *pty, int x, int y, int button, bool pressed);
void pty_mouse_move(struct pty *pty, int x, int y);
void pty_resize(struct pty *pty, int w, int h);
void pty_signal(struct pty *pty, int signal);
void pty_signal_job(struct pty *pty, int signal); /* to what is in the terminal's foreground */
void pty_send(struct pty *pty, const char *bytes, size_t len); /* raw */
void pty_write(struct pty *pty, const char *text); /* what another program prints there */
void pty_hang_up(struct pty *pty);

/* Waits; fails the test when it does not come. */
void pty_wait(struct pty *pty, const char *text);      /* somewhere on the screen, in one row */
void pty_wait_gone(struct pty *pty, const char *text); /* nowhere on it */
void pty_wait_row(struct pty *pty, int y, const char *row); /* exactly, blanks at its end dropped */
int pty_wait_exit(struct pty *pty);       /* the exit status; the number of the signal, negative */
void pty_settle(struct pty *pty, int ms); /* takes in what comes, until nothing did for that long */

/* What can be seen. */
const char *pty_row(struct pty *pty, int y); /* valid until the next call; no blanks at its end */
bool pty_shows(struct pty *pty, const char *text);
/*
 * Blind, the terminal takes what the program sends without a look at it: libvterm 0.1.4 does not
 * live through every size that comes in the middle of a picture.
 */
void pty_blind(struct pty *pty, bool blind);
void pty_size(const struct pty *pty, int *w, int *h);
struct pty_cell pty_at(struct pty *pty, int x, int y);
bool pty_alternate(const struct pty *pty);  /* the second screen is shown */
bool pty_cursor(const struct pty *pty);     /* the cursor is */
int pty_mouse_mode(const struct pty *pty);  /* 0 none, 1 clicks, 2 drags, 3 all */
bool pty_paste_mode(const struct pty *pty); /* bracketed paste */
void pty_cursor_at(const struct pty *pty, int *x, int *y);
size_t pty_bytes(const struct pty *pty);                    /* that the program has sent */
const char *pty_output(const struct pty *pty, size_t *len); /* all of them, NUL after the last */
void pty_print(struct pty *pty);                            /* the screen, on standard error */

/* The modes of the terminal's driver are what they were when the program started. */
bool pty_modes_restored(const struct pty *pty);

#endif
