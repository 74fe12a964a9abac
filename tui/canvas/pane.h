/* SPDX-License-Identifier: MIT */
/*
 * A pane is a rectangle of a canvas to draw in; plain data, made and dropped freely.
 *
 * Coordinates are relative to its top left corner and may be anything: what lies outside the
 * pane, or outside of a pane that it was cut from, is not drawn. So a long list is drawn by
 * moving its pane up. Of text that goes on behind the pane's last column a cut sign (… or >)
 * stands there: nothing is lost without a sign.
 *
 * Text comes in two kinds. `text` is the program's own: on an ascii canvas its glyphs become
 * look-alikes of the same width (glyph.h). `data` is what a key, a file or a user holds: it is
 * never altered but shown, or escaped where it cannot be shown as it is: control bytes and
 * bytes that are not UTF-8 as \x1b, characters that do not stand for themselves (combining,
 * invisible, direction marks, private) as \u0301, on an ascii canvas all that is not ASCII.
 * Text that is wrong in that way is escaped too, never sent.
 */
#ifndef TUI_CANVAS_PANE_H
#define TUI_CANVAS_PANE_H

#include "tui/canvas/canvas.h"

struct pane {
	struct canvas *canvas;
	int x, y, w, h;               /* on the canvas; may lie outside of it */
	int left, top, right, bottom; /* what may be drawn: [left, right) x [top, bottom) */
};

struct pane canvas_pane(struct canvas *canvas);
struct pane pane_sub(const struct pane *pane, int x, int y, int w, int h);

/* All drawing of text returns the columns it takes, drawn or clipped. */
int pane_put(const struct pane *pane, int x, int y, enum role role, char32_t glyph);
int pane_text(const struct pane *pane, int x, int y, enum role role, const char *text);
int pane_data(const struct pane *pane, int x, int y, enum role role, const char *data);
int pane_printf(const struct pane *pane, int x, int y, enum role role, const char *format, ...)
	__attribute__((format(printf, 5, 6)));
int pane_hex(const struct pane *pane, int x, int y, enum role role, unsigned byte); /* 2 digits */

/* At most max columns; when that is not all, the last one shows a cut sign (… or >). */
int pane_textn(const struct pane *pane, int x, int y, int max, enum role role, const char *text);
int pane_datan(const struct pane *pane, int x, int y, int max, enum role role, const char *data);

/* Text that ends before column x. */
void pane_right(const struct pane *pane, int x, int y, enum role role, const char *text);

void pane_fill(const struct pane *pane, enum role role, char32_t glyph);
void pane_vline(const struct pane *pane, int x, int y, int len, enum role role);

/*
 * Frames the pane: ╭ left ───── right ╮. Titles may be NULL, are drawn as ROLE_TITLE, and
 * give way when there is no room, the right one first. Returns the pane inside, one blank
 * away from the frame at the sides; empty when there is no room.
 */
struct pane pane_box(const struct pane *pane, enum role role, const char *left, const char *right);

/* A line across a frame, ├ title ───┤, at row y of the framed pane (not the one inside). */
void pane_split(const struct pane *pane, int y, enum role role, const char *title);

/* What another canvas shows, with its top left cell at x, y; what is clipped is left out. */
void pane_copy(const struct pane *pane, int x, int y, const struct canvas *from);

/* Changes what is already drawn. */
void pane_flag(const struct pane *pane, int x, int y, int w, int h, unsigned flags);

/* Columns that pane_text() and pane_data() would take on that canvas. */
int text_width(const struct canvas *canvas, const char *text);
int data_width(const struct canvas *canvas, const char *data);

#endif
