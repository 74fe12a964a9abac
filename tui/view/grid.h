/* SPDX-License-Identifier: MIT */
/*
 * How an array of units lies in a pane: as cells of one size, row by row from the top left.
 *
 * A cell stands for one unit, or, where they are too many, for a power of two of them. Where they
 * are few the cells grow, up to 12 x 4 characters, and a row has a power of two of them: so
 * units whose numbers differ in one bit stand in one line, and the upper half of an array below
 * its lower half.
 *
 *       0  ▅▅▅ ▂▂▂ ███ ···      label 4, across 4, w 4, h 1
 *       4  ▁▁▁ ▅▅▅ ▄▄▄ ▇▇▇
 */
#ifndef TUI_VIEW_GRID_H
#define TUI_VIEW_GRID_H

#include <stdint.h>

enum { GRID_W_MOST = 12, GRID_H_MOST = 4 };

struct grid {
	uint64_t cells; /* 0 when there are no units or is no room for one */
	uint64_t per;   /* units that a cell stands for */
	int label;      /* columns before each row, for the number of its first unit; may be 0 */
	int across;     /* cells in a row, at least 1 */
	int w, h; /* of a cell in characters, at least 1; from w = 3 the last column is a gap */
};

struct grid grid_of(uint64_t units, int w, int h);

/* Columns of a cell without its gap. */
static inline int grid_bar(const struct grid *g)
{
	return g->w < 3 ? g->w : g->w - 1;
}

/* Rows of characters that it takes. */
int grid_height(const struct grid *g);

/* The cell at that place, a gap being its left neighbour's; UINT64_MAX where none is. */
uint64_t grid_cell(const struct grid *g, int x, int y);

#endif
