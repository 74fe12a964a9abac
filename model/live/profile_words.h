/* SPDX-License-Identifier: MIT */
/* What is to be said of a line that allocates memory of maps: its objects, and a hint. */
#ifndef MODEL_LIVE_PROFILE_WORDS_H
#define MODEL_LIVE_PROFILE_WORDS_H

#include "model/live/profile.h"

/* Fills its `holds`, `hint` and `hinted`. */
void profile_words(const struct profile *p, struct profile_line *line);

#endif
