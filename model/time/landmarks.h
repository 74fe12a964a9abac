/* SPDX-License-Identifier: MIT */
/*
 * The landmarks of a timeline: the points at which a growth began or ended, the map was cleared or
 * a unit was linked to another. They are kept for all of it, however much of it the journal
 * reaches, so that the next one is found at once.
 */
#ifndef MODEL_TIME_LANDMARKS_H
#define MODEL_TIME_LANDMARKS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/map/event.h"

struct landmarks {
	uint64_t *list;    /* point << 5 | what it did, enum landmark, ascending; owned */
	size_t count, cap;
	uint64_t reach;    /* all of the points up to this one are known */
};

void landmarks_free(struct landmarks *l);

/* What the step that led to `point` did, 0 for nothing; what is known or not next is left alone. */
void landmarks_add(struct landmarks *l, uint64_t point, unsigned what);

/* Forgets those behind `point`; they go to `gone`, which is empty. And back. */
void landmarks_cut(struct landmarks *l, uint64_t point, struct landmarks *gone);
void landmarks_join(struct landmarks *l, struct landmarks *gone);

/* The first one behind, or the last one before `point`; false when there is none. */
bool landmarks_next(const struct landmarks *l, uint64_t point, bool forth, uint64_t *found);

/* All that is known of the points [from, to): or-ed. */
unsigned landmarks_between(const struct landmarks *l, uint64_t from, uint64_t to);

#endif
