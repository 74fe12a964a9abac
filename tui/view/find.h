/* SPDX-License-Identifier: MIT */
/*
 * Finding: a key by its literal, a bucket by its number (@12 or #12, of the array the cursor is
 * in; old@12), its second overflow bucket (@12+2), a slot of it (@12.7, @12+2.7), whatever lies at
 * an address (0xc000012040), or a state: tombstone, overflow, waiting (for evacuation), longest
 * (chain).
 */
#ifndef TUI_VIEW_FIND_H
#define TUI_VIEW_FIND_H

#include "tui/view/look.h"

/* Moves the cursor to the next match behind it, or before it with `back`; false with err. */
bool find_next(struct look *l, const char *what, bool back, struct error *err);

/* Moves the cursor to that key; false with err when it is no literal of one, or not there. */
bool find_key(struct look *l, const char *literal, struct error *err);

#endif
