/* SPDX-License-Identifier: MIT */
/* What the two sources of differences share: diff.c (a session), diff_file.c (snapshot files). */
#ifndef MODEL_ANALYSIS_DIFF_PARTS_H
#define MODEL_ANALYSIS_DIFF_PARTS_H

#include "model/analysis/diff.h"

/* A live cell; takes the literals. */
void diff_add(struct diff_side *side, char *key, char *elem, const struct place *place);

/* When both sides have their cells: pairs them. */
void diff_merge(struct diff *d);

#endif
