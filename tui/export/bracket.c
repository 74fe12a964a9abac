/* SPDX-License-Identifier: MIT */
#include "tui/export/bracket.h"

static struct cell *cell_at(struct canvas *canvas, int x, int y)
{
	return x >= 0 && x < canvas->w ? &canvas->cells[(size_t)y * (size_t)canvas->w + (size_t)x]
		: NULL;
}

/* Flagged so, and something shows. */
static bool is_marked(struct canvas *canvas, int x, int y, unsigned flag)
{
	const struct cell *cell = cell_at(canvas, x, y);

	return cell && cell->flags & flag && cell->ch != ' ';
}

static bool has_room(struct canvas *canvas, int x, int y)
{
	const struct cell *cell = cell_at(canvas, x, y);

	return cell && (cell->ch == ' ' || cell->ch == U'▏' || cell->ch == '|');
}

static void put(struct canvas *canvas, int x, int y, char32_t bracket)
{
	*cell_at(canvas, x, y) = (struct cell){ .ch = bracket, .width = 1, .role = ROLE_CHANGED };
}

/* The column behind the run's last cell that shows. */
static int run_end(struct canvas *canvas, int x, int y, unsigned flag)
{
	int end = x, last = x;

	for (int i = x; i < canvas->w && i <= last + 2; i++) {
		const struct cell *cell = cell_at(canvas, i, y);

		if (cell->flags & flag)
			last = i;
		else if (cell->ch != ' ')
			break;
		if (is_marked(canvas, i, y, flag))
			end = i + 1;
	}
	return end;
}

static void bracket(struct canvas *canvas, unsigned flag, char32_t left, char32_t right)
{
	for (int y = 0; y < canvas->h; y++)
		for (int x = 0; x < canvas->w; x++) {
			int end;

			if (!is_marked(canvas, x, y, flag))
				continue;
			end = run_end(canvas, x, y, flag);
			if (has_room(canvas, x - 1, y) && has_room(canvas, end, y)) {
				put(canvas, x - 1, y, left);
				put(canvas, end, y, right);
			}
			x = end;
		}
}

void bracket_changes(struct canvas *canvas)
{
	bracket(canvas, CELL_CHANGED, '[', ']');
}

void bracket_cursor(struct canvas *canvas)
{
	bracket(canvas, CELL_CURSOR, '(', ')');
}
