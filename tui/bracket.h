/* SPDX-License-Identifier: MIT */
/* Brackets around what has changed, for pictures without colours: [5b] is read everywhere. */
#ifndef TUI_BRACKET_H
#define TUI_BRACKET_H

#include "tui/canvas.h"

/*
 * Around each run of changed cells of a row, in the blank columns beside it, or over a ▏. Runs one
 * column apart share their brackets; where there is no room, there is none.
 */
void bracket_changes(struct canvas *canvas);

#endif
