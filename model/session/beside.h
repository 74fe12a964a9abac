/* SPDX-License-Identifier: MIT */
/*
 * A session's timeline up to a point, run again under another release in a session beside it,
 * which stays as it is. Keys that commands chose (grow, collide) are those chosen under the
 * timeline's own release, so that all releases have the same keys. Of a map that was opened what
 * was done before is not known: its entries are inserted anew.
 */
#ifndef MODEL_SESSION_BESIDE_H
#define MODEL_SESSION_BESIDE_H

#include "model/session/session.h"

/* The commands to run again, each with the point of the timeline that it begins at; owned. */
struct course {
	struct entry *list;
	size_t count, cap;
	bool anew; /* not what was done, but what makes a map with the same entries */
};

/* Up to a point. False with err filled when the timeline cannot be run again. Free it in any
   case. */
bool course_take(const struct session *s, uint64_t until, struct course *c, struct error *err);
void course_free(struct course *c);

/* Of a map that came without its history: each of its entries is inserted, in no order of note;
   elems are zero, or what they are. */
bool course_take_entries(const struct session *s, struct course *c, bool elems, struct error *err);

/*
 * Opens a session with the other one's circumstances but for the release. To be closed when that
 * went well.
 */
bool beside_open(const struct session *s, const struct release *r, bool history,
	struct session *beside, struct error *err);

/* The same of another type, hint and seed: what is asked for, but for machine, names and hash. */
bool beside_open_as(const struct session *s, struct session_options o, struct session *beside,
	struct error *err);

/* Runs the commands; what watches the session beside is told of each step. */
bool beside_run(struct session *beside, const struct course *c, struct error *err);

#endif
