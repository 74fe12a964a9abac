/* SPDX-License-Identifier: MIT */
#include "tui/bracket.h"

static struct cell *cell_at(struct canvas *canvas, int x, int y)
{
	return x >= 0 && x < canvas->w ? &canvas->cells[(size_t)y * (size_t)canvas->w + (size_t)x] : NULL;
}

/* Something that has changed, and shows. */
static bool is_changed(struct canvas *canvas, int x, int y)
{
	const struct cell *cell = cell_at(canvas, x, y);

	return cell && cell->flags & CELL_CHANGED && cell->ch != ' ';
}

static void put(struct canvas *canvas, int x, int y, char32_t bracket)
{
	struct cell *cell = cell_at(canvas, x, y);

	if (cell && (cell->ch == ' ' || cell->ch == U'▏' || cell->ch == '|'))
		*cell = (struct cell){ .ch = bracket, .width = 1, .role = ROLE_CHANGED };
}

/* The column behind the run's last cell that shows. */
static int run_end(struct canvas *canvas, int x, int y)
{
	int end = x, last = x;

	for (int i = x; i < canvas->w && i <= last + 2; i++) {
		const struct cell *cell = cell_at(canvas, i, y);

		if (cell->flags & CELL_CHANGED)
			last = i;
		else if (cell->ch != ' ')
			break;
		if (is_changed(canvas, i, y))
			end = i + 1;
	}
	return end;
}

void bracket_changes(struct canvas *canvas)
{
	for (int y = 0; y < canvas->h; y++)
		for (int x = 0; x < canvas->w; x++) {
			int end;

			if (!is_changed(canvas, x, y))
				continue;
			end = run_end(canvas, x, y);
			put(canvas, x - 1, y, '[');
			put(canvas, end, y, ']');
			x = end;
		}
}
