/* SPDX-License-Identifier: MIT */
/*
 * The slot under the cursor in a few plain sentences: what it is, why it is so, what happens
 * to it next. True for its state, not for maps in general.
 */
#ifndef TUI_EXPLAIN_H
#define TUI_EXPLAIN_H

#include "tui/look.h"

void explain_slot(const struct look *l, struct text *out);

#endif
