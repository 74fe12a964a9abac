/* SPDX-License-Identifier: MIT */
/*
 * The heats of an array's cells, kept from frame to frame. Each frame asks for them; only when
 * the memory, what is measured or the number of cells is another one are they measured again.
 */
#ifndef TUI_VIEW_HEATS_H
#define TUI_VIEW_HEATS_H

#include "model/heap/journal.h"

struct heats {
	uint64_t version;       /* of the memory they were measured in; 0: to be measured */
	unsigned of;            /* what was measured, in the numbers of the view that did */
	uint64_t count, cap;
	uint8_t *list;          /* owned */
};

void heats_free(struct heats *h);

/* Whether `count` heats of that are in the list; else there is room for them, to be filled now. */
bool heats_kept(struct heats *h, const struct journal *j, unsigned of, uint64_t count);

#endif
