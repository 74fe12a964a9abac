/* SPDX-License-Identifier: MIT */
/* What the two sources of differences share: diff.c (a session), diff_file.c (snapshot files). */
#ifndef MODEL_SESSION_DIFF_PARTS_H
#define MODEL_SESSION_DIFF_PARTS_H

#include "model/session/diff.h"

/* All there is to compare of a map that is there; of too many entries only how many these are. */
void diff_take(const struct map *m, struct diff_side *side);

/* When both sides have their cells: pairs them. */
void diff_merge(struct diff *d);

#endif
