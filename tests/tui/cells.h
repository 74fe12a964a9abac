/* SPDX-License-Identifier: MIT */
/* Canvases compared, and pictures of what their cells are besides characters. */
#ifndef TESTS_CELLS_H
#define TESTS_CELLS_H

#include "tui/canvas/canvas.h"

bool canvas_equal(const struct canvas *a, const struct canvas *b);

/* The picture in role letters: plain text that is blank is a blank. False when out failed. */
bool canvas_print_roles(const struct canvas *canvas, FILE *out);

/* And in flags: a blank where none, else u c l m @ for the last overlay that wins. */
bool canvas_print_flags(const struct canvas *canvas, FILE *out);

#endif
