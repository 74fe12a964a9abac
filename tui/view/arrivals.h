/* SPDX-License-Identifier: MIT */
/*
 * The order in which a range's entries came, by slot: while an operation of the loop is shown,
 * up to the step that is shown. Kept for the first ARRIVALS of them, as many as two digits tell.
 */
#ifndef TUI_VIEW_ARRIVALS_H
#define TUI_VIEW_ARRIVALS_H

#include "model/session/session.h"

enum { ARRIVALS = 99 };

struct arrivals {
	unsigned count;
	uint64_t slots[ARRIVALS]; /* address of the unit plus the slot, in the order they came */
};

void arrivals_of_step(struct arrivals *a, const struct session *s);

/* The number with which the entry in a slot came, from 1; 0 when none came from there. */
unsigned arrivals_find(const struct arrivals *a, uint64_t unit, unsigned slot);

#endif
