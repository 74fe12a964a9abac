/* SPDX-License-Identifier: MIT */
/* The last line: the prompt, a message, or the keys that one needs most. */
#ifndef TUI_SCREEN_FOOTER_H
#define TUI_SCREEN_FOOTER_H

#include "tui/screen/layout.h"

/* p is the whole screen. *x, *y: where the terminal's cursor belongs, or as they were. */
void footer_draw(struct screen_state *st, const struct pane *p, int *x, int *y);

#endif
