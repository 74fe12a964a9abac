/* SPDX-License-Identifier: MIT */
/*
 * The screen: shows cells in the colours of a theme. The only place that knows curses.
 *
 * It owns the terminal's output and the modes of its driver, from open to close, except between
 * leave and enter. Keys, mouse and signals are not its business.
 */
#ifndef TUI_TERM_SCREEN_H
#define TUI_TERM_SCREEN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "model/base/error.h"
#include "themes/theme.h"
#include "tui/canvas/canvas.h"

struct screen;

/* Of a terminal that is larger so much is drawn, from its upper left; curses holds each
   cell thrice. */
enum { SCREEN_W_MOST = 1000, SCREEN_H_MOST = 500 };

/* For the terminal type $TERM, which must be set. Writes nothing when it fails. */
struct screen *screen_open(FILE *out, FILE *in, struct error *err);
void screen_close(struct screen *screen);

void screen_leave(struct screen *screen); /* back to what was there before */
void screen_enter(struct screen *screen);

bool screen_has_color(const struct screen *screen);
void screen_set_theme(struct screen *screen, const struct theme *theme);

void screen_size(const struct screen *screen, int *w, int *h);
void screen_resize(struct screen *screen, int w, int h);

/* See term_draw() and term_redraw(). */
void screen_draw(struct screen *screen, const struct canvas *canvas, int x, int y);
void screen_redraw(struct screen *screen);

/* The text that brings the terminal back to normal at any time. */
void screen_reset_text(const struct screen *screen, char *out, size_t size);

#endif
