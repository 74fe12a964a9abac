/* SPDX-License-Identifier: MIT */
/*
 * Brackets for pictures without colours: [5b] is what has changed, (5b) is where the cursor would
 * be. They stand in the blank columns beside a run of such cells, or over a ▏. Runs one column
 * apart share theirs; where there is no room on both sides, there are none.
 */
#ifndef TUI_EXPORT_BRACKET_H
#define TUI_EXPORT_BRACKET_H

#include "tui/canvas/canvas.h"

void bracket_changes(struct canvas *canvas);
void bracket_cursor(struct canvas *canvas);

#endif
