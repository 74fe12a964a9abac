/* SPDX-License-Identifier: MIT */
/* The program itself at a terminal, and what its tests do again and again. */
#ifndef TESTS_APP_H
#define TESTS_APP_H

#include "tests/screen/pty.h"

struct app_options {
	int w, h;                /* 0: 120 x 40 */
	const char *const *args; /* after the program's name; NULL for none */
	const char *const *env;
	const char *input; /* as in pty_options */
	const char *last; /* in the last row of the first picture; NULL: " quit" */
};

/* Starts it and waits for its first picture; *state is for app_end(). */
struct pty *app_start(void **state, const struct app_options *options);
struct pty *app_open(void **state); /* the demo scene at 120 x 40 */
struct pty *app_open_args(void **state, const char *const *args);
int app_end(void **state);          /* a teardown for cmocka */

/* Types a line where a prompt is open, and ends it with Enter; opens the prompt before that. */
void app_type(struct pty *pty, const char *line);
void app_command(struct pty *pty, const char *line);

/* Keys by their names, a blank between; lines for the prompt, a semicolon between. NULL: none. */
void app_press(struct pty *pty, const char *keys);
void app_commands(struct pty *pty, const char *lines);

/* Waits until row y, from below when negative, holds the text. */
void app_wait_in(struct pty *pty, int y, const char *text);

/* The first row that holds text, *x where; fails when there is none. Columns, not bytes. */
int app_find(struct pty *pty, const char *text, int *x);

/* Waits until the program has wiped the screen since it had sent so many bytes. */
void app_wait_cleared(struct pty *pty, size_t bytes);

/* A frame's cursor comes after its text. */
void app_wait_cursor(struct pty *pty, bool shown);

/*
 * All that the cursor of the map, a list or a minimap lies on, a blank between and none at the end;
 * to be freed. It is known by being reversed: in the default theme nothing else is.
 */
char *app_under_cursor(struct pty *pty);
void app_wait_under_cursor(struct pty *pty, const char *text);

/*
 * The terminal is as it was before the program: its driver's modes, the first screen, the cursor;
 * no mouse, no marks around a paste; and what the shell writes next is plain text.
 */
void app_check_restored(struct pty *pty);

/* The screen's text, a line a row, and what its cells look like; to be freed. */
char *app_seen(struct pty *pty);

/*
 * Waits until the whole screen is what the file says. The first makes it when GOLDEN is
 * set, once nothing came for a while: GOLDEN=3000 makes that three seconds, for what is slow.
 */
void app_wait_golden(struct pty *pty, const char *path);
void app_wait_screen(struct pty *pty, const char *path);

/*
 * The same for what it looks like: a letter for each way that cells are shown, blanks for what
 * is shown as plain text is and for what shows nothing; below, what the letters mean.
 */
void app_wait_colours(struct pty *pty, const char *path);

/* Waits until cond(pty, arg) holds; fails with what it is called. */
void app_wait_until(struct pty *pty, bool (*cond)(struct pty *pty, const void *arg),
	const void *arg, const char *what);

#endif
