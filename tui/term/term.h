/* SPDX-License-Identifier: MIT */
/*
 * The terminal: takes canvases, gives events, and is given back as it was found.
 *
 * There is one at a time. Between term_open() and term_close() nothing else may write to it.
 * Whatever ends the program in between, exit(), a signal, a crash, no memory left, first
 * gives the terminal back. Signals that end or stop the program are held back except
 * while term_next_event() waits, so state is never seen half changed.
 */
#ifndef TUI_TERM_TERM_H
#define TUI_TERM_TERM_H

#include <stdbool.h>

#include "config/config.h"
#include "model/base/error.h"
#include "themes/theme.h"
#include "tui/canvas/canvas.h"
#include "tui/term/event.h"

struct term;

struct term_options {
	const struct theme *theme; /* copied */
	enum color_when color;
	enum charset charset;
	int escape_ms; /* how long a lone escape waits for the rest of a key */
	bool mouse;
	bool input_taken; /* standard input is in other use: keys come from /dev/tty */
};

/* NULL when there is no usable terminal; nothing was written to it then. */
struct term *term_open(const struct term_options *options, struct error *err);
void term_close(struct term *term); /* NULL is fine */

void term_size(const struct term *term, int *w, int *h); /* of what is drawn */
/* Whether the terminal is larger than what is drawn: the rest of it stays blank. */
bool term_cut(const struct term *term, int *w, int *h);
bool term_ascii(const struct term *term); /* draw on canvases of that kind */
bool term_mono(const struct term *term);  /* shows attributes only, whatever the theme */
void term_set_theme(struct term *term, const struct theme *theme);

/*
 * Shows a canvas as large as the terminal; sends only what differs from the last one. The
 * terminal's cursor is shown at x, y, for text input, or hidden when x is -1.
 */
void term_draw(struct term *term, const struct canvas *canvas, int x, int y);

/* Forgets what the terminal shows: the next term_draw() sends everything. */
void term_redraw(struct term *term);

/* Waits at most timeout_ms, for ever when negative. */
void term_next_event(struct term *term, int timeout_ms, struct event *event);

/*
 * Whether a signal that ends the program waits, or the terminal hung up. For long work
 * between events: give it up then.
 */
bool term_wants_end(const struct term *term);

/*
 * Whether C-c or Escape was typed meanwhile, which in long work means: no further. It and what was
 * typed before it are gone then; else all is kept for term_next_event(), as far as there is room.
 */
bool term_takes_stop(struct term *term);

/* Stops the program as control-Z does elsewhere; returns when continued. Draw anew then. */
void term_suspend(struct term *term);

/* Ends the program by that signal, as its sender expects. After term_close(). */
_Noreturn void term_die(int signal);

#endif
