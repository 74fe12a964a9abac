/* SPDX-License-Identifier: MIT */
/* What the files that tell of a Swiss map share: story*.c. */
#ifndef TUI_VIEW_SWISS_STORY_PARTS_H
#define TUI_VIEW_SWISS_STORY_PARTS_H

#include "tui/view/swiss/swiss_design.h"
#include "tui/view/telling.h"

/* The top bits of a hash that choose the entry of the directory, as digits: at most 16 of them. */
void story_add_top_bits(struct text *out, uint64_t entry, unsigned bits);

#endif
