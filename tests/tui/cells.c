/* SPDX-License-Identifier: MIT */
#include "tests/tui/cells.h"

#include <stdlib.h>
#include <string.h>

bool canvas_equal(const struct canvas *a, const struct canvas *b)
{
	return a->w == b->w && a->h == b->h && a->ascii == b->ascii &&
		cells_equal(a->cells, b->cells, a->w * a->h);
}

static char show_role(const struct cell *cell)
{
	return cell->ch == ' ' && cell->role == ROLE_TEXT ? ' ' : role_letter(cell->role);
}

static char show_flags(const struct cell *cell)
{
	static const char letters[] = "uclm@"; /* ORDER OVERLAY */

	for (int bit = (int)strlen(letters) - 1; bit >= 0; bit--)
		if (cell->flags >> bit & 1)
			return letters[bit];
	return ' ';
}

/* Blanks at the ends of rows are dropped. */
static bool print(const struct canvas *canvas, FILE *out, char (*show)(const struct cell *cell))
{
	for (int y = 0; y < canvas->h; y++) {
		int used = canvas->w;

		while (used > 0 && show(canvas_at(canvas, used - 1, y)) == ' ')
			used--;
		for (int x = 0; x < used; x++)
			fputc(show(canvas_at(canvas, x, y)), out);
		fputc('\n', out);
	}
	return !ferror(out);
}

bool canvas_print_roles(const struct canvas *canvas, FILE *out)
{
	return print(canvas, out, show_role);
}

bool canvas_print_flags(const struct canvas *canvas, FILE *out)
{
	return print(canvas, out, show_flags);
}
