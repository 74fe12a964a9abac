/* SPDX-License-Identifier: MIT */
/*
 * A canvas is a picture made of cells: a grid of w x h characters, each with the role it plays.
 *
 * It knows nothing of terminals, locales or colours. The screen shows it, the exports print it and
 * the tests compare it, so all of them see the same. Law: every cell holds a character that is
 * safe to send and exactly as wide as the cell says; a character two columns wide owns the
 * cell to its right, which has width 0. An ascii canvas holds ASCII only: what is drawn is
 * translated at once, so layout sees the widths that the reader will see.
 *
 *     cells[y * w + x]      x
 *            y    |a |漢   |  |b |
 *     width        1  2     0  1
 */
#ifndef TUI_CANVAS_CANVAS_H
#define TUI_CANVAS_CANVAS_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <uchar.h>

#include "themes/role.h"

/* Laid over the role of a cell; ORDER OVERLAY: later ones win. */
enum cell_flag {
	CELL_UNDERLINE = 1 << 0,
	CELL_CHANGED = 1 << 1, /* ROLE_CHANGED: by the last step */
	CELL_LINKED = 1 << 2,  /* ROLE_LINKED: belongs to what is under the cursor */
	CELL_MATCH = 1 << 3,   /* ROLE_MATCH: found by the search */
	CELL_CURSOR = 1 << 4,  /* ROLE_CURSOR */
};

struct cell {
	char32_t ch;   /* ' ' when nothing is there; 0 in the right half of a wide one */
	uint8_t width; /* 1, 2, or 0 for the right half */
	uint8_t role;  /* enum role */
	uint8_t flags; /* enum cell_flag, or-ed */
	uint8_t none;  /* 0: no byte is left open, so that cells compare as bytes */
};

struct canvas {
	int w, h;
	bool ascii;
	bool begins; /* a picture of its own, which a printer of pages should not tear */
	struct cell *cells; /* w * h of them, row by row */
};

struct canvas *canvas_new(int w, int h, bool ascii);
void canvas_free(struct canvas *canvas);
void canvas_resize(struct canvas *canvas, int w, int h); /* and clear */
void canvas_clear(struct canvas *canvas);
void canvas_append(struct canvas *canvas, const struct canvas *below); /* of the same width */

const struct cell *canvas_at(const struct canvas *canvas, int x, int y); /* NULL outside */
bool cells_equal(const struct cell *a, const struct cell *b, int count);
static inline bool cell_equal(const struct cell *a, const struct cell *b)
{
	return a->ch == b->ch && a->width == b->width && a->role == b->role && a->flags == b->flags;
}
int canvas_used(const struct canvas *canvas); /* rows up to the last one that shows anything */

/* Rows as UTF-8 (ASCII when ascii), blanks at their ends dropped. False when out failed. */
bool canvas_print(const struct canvas *canvas, FILE *out);

#endif
