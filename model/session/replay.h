/* SPDX-License-Identifier: MIT */
/*
 * A replay: what a program did to a map, as a script, which was run once and compared with the
 * memory that the program had.
 */
#ifndef MODEL_SESSION_REPLAY_H
#define MODEL_SESSION_REPLAY_H

#include "model/base/text.h"
#include "model/live/run/recording.h"

struct replay {
	struct text script;   /* with what came out as its last caption */
	bool exact;           /* byte for byte what the program had */
	struct text verdict;  /* that, or what is different, or why it was not compared */
};

/* Runs the program. False with err filled when there is nothing to replay. */
bool replay_make(struct replay *p, const struct recording_wish *wish, struct error *err);
void replay_free(struct replay *p);

#endif
