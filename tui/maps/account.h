/* SPDX-License-Identifier: MIT */
/* The balance of a program's memory (model/live/balance.h) in two lines of words. */
#ifndef TUI_MAPS_ACCOUNT_H
#define TUI_MAPS_ACCOUNT_H

#include "model/base/text.h"
#include "model/live/balance.h"

/* "RSS 3.1 GB = Go heap live 1.4 · dead 0.6 · idle about 0.5 · stacks 0.1 · not Go's heap 0.5" */
void account_add_sum(const struct balance *b, struct text *out);

/* "maps explain about 88% of the live heap: 61% their own memory, ..; a rebuild of 3 .." */
void account_add_maps(const struct balance *b, struct text *out);

#endif
