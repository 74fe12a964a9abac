/* SPDX-License-Identifier: MIT */
#include "tui/view/grid.h"

#include <inttypes.h>
#include <stdio.h>

enum { LABEL_PART = 5 }; /* of the width a label takes one in so many at most */

static int least(int a, int b)
{
	return a < b ? a : b;
}

static int label_width(uint64_t units, int w)
{
	char digits[24];
	int n = snprintf(digits, sizeof digits, "%" PRIu64 " ", units - 1);

	return n * LABEL_PART <= w ? n : 0;
}

/* One character for a cell, and as many units for it as it takes. */
static struct grid dense(uint64_t units, int label, int w, int h)
{
	struct grid g = { .per = 1, .label = label, .across = w, .w = 1, .h = 1 };
	uint64_t room = (uint64_t)w * (uint64_t)h;

	while (units / g.per > room)
		g.per *= 2;
	g.cells = (units + g.per - 1) / g.per;
	return g;
}

/*
 * The largest cells for so many in a row; characters are about twice as high as wide, so that a
 * cell is at least twice as wide as high, and not more than four times.
 */
static struct grid spread(uint64_t units, int label, int across, int w, int h)
{
	struct grid g = { .cells = units, .per = 1, .label = label, .across = across };
	uint64_t rows = (units + (uint64_t)across - 1) / (uint64_t)across;

	g.h = rows > (uint64_t)h ? 0 : least(GRID_H_MOST, h / (int)rows);
	g.w = least(least(GRID_W_MOST, w / across), 4 * g.h);
	g.h = least(g.h, g.w / 2);
	return g;
}

struct grid grid_of(uint64_t units, int w, int h)
{
	struct grid best = { .across = 1, .w = 1, .h = 1, .per = 1 };
	int label;

	if (!units || w <= 0 || h <= 0)
		return best;
	label = label_width(units, w);
	w -= label;
	best = dense(units, label, w, h);
	for (int across = 1; across <= w && (uint64_t)across <= units; across *= 2) {
		struct grid g = spread(units, label, across, w, h);

		if (g.h > 0 && g.w * g.h >= best.w * best.h)
			best = g;
	}
	return best;
}

int grid_height(const struct grid *g)
{
	return (int)((g->cells + (uint64_t)g->across - 1) / (uint64_t)g->across) * g->h;
}

uint64_t grid_cell(const struct grid *g, int x, int y)
{
	int column = (x - g->label) / g->w;
	uint64_t cell;

	if (x < g->label || y < 0 || column >= g->across)
		return UINT64_MAX;
	cell = (uint64_t)(y / g->h) * (uint64_t)g->across + (uint64_t)column;
	return cell < g->cells ? cell : UINT64_MAX;
}
