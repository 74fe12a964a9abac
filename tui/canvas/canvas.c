/* SPDX-License-Identifier: MIT */
#include "tui/canvas/canvas.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "model/base/mem.h"
#include "tui/canvas/glyph.h"

static const struct cell blank = {.ch = ' ', .width = 1, .role = ROLE_TEXT};

struct canvas *canvas_new(int w, int h, bool ascii)
{
	struct canvas *canvas = xcalloc(1, sizeof *canvas);

	canvas->ascii = ascii;
	canvas_resize(canvas, w, h);
	return canvas;
}

void canvas_free(struct canvas *canvas)
{
	if (!canvas)
		return;
	free(canvas->cells);
	free(canvas);
}

static size_t cell_count(const struct canvas *canvas)
{
	return (size_t)canvas->w * (size_t)canvas->h;
}

void canvas_resize(struct canvas *canvas, int w, int h)
{
	assert(w >= 0 && h >= 0);
	canvas->w = w;
	canvas->h = h;
	canvas->cells = xrealloc(canvas->cells, cell_count(canvas) * sizeof *canvas->cells);
	canvas_clear(canvas);
}

void canvas_clear(struct canvas *canvas)
{
	size_t count = cell_count(canvas);

	for (size_t i = 0; i < count; i++)
		canvas->cells[i] = blank;
}

void canvas_append(struct canvas *canvas, const struct canvas *below)
{
	size_t before = cell_count(canvas);

	assert(canvas->w == below->w);
	canvas->h += below->h;
	canvas->cells = xrealloc(canvas->cells, cell_count(canvas) * sizeof *canvas->cells);
	memcpy(canvas->cells + before, below->cells, cell_count(below) * sizeof *below->cells);
}

const struct cell *canvas_at(const struct canvas *canvas, int x, int y)
{
	if (x < 0 || y < 0 || x >= canvas->w || y >= canvas->h)
		return NULL;
	return &canvas->cells[(size_t)y * (size_t)canvas->w + (size_t)x];
}

bool cells_equal(const struct cell *a, const struct cell *b, int count)
{
	return memcmp(a, b, (size_t)count * sizeof *a) == 0;
}

/* Columns up to the last one that shows anything. */
static int used_columns(const struct canvas *canvas, int y)
{
	int used = canvas->w;

	while (used > 0 && canvas_at(canvas, used - 1, y)->ch == ' ')
		used--;
	return used;
}

int canvas_used(const struct canvas *canvas)
{
	int used = canvas->h;

	while (used > 0 && !used_columns(canvas, used - 1))
		used--;
	return used;
}

bool canvas_print(const struct canvas *canvas, FILE *out)
{
	char line[512];
	size_t n = 0;

	for (int y = 0; y < canvas->h; y++) {
		const struct cell *row = &canvas->cells[(size_t)y * (size_t)canvas->w];
		int used = used_columns(canvas, y);

		for (int x = 0; x < used; x++) {
			char32_t ch = row[x].ch;

			if (n + UTF8_MOST + 1 > sizeof line) {
				fwrite(line, 1, n, out);
				n = 0;
			}
			if (ch >= ' ' && ch <= '~')
				line[n++] = (char)ch;
			else if (ch)
				n += utf8_write(ch, line + n);
		}
		line[n++] = '\n';
		fwrite(line, 1, n, out);
		n = 0;
	}
	return !ferror(out);
}
