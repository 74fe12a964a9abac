/* SPDX-License-Identifier: MIT */
/*
 * Where a session stands, for what goes along its timeline and comes back. Lookups make no points:
 * they have their turn at the points where they were done.
 */
#ifndef MODEL_SESSION_STAND_H
#define MODEL_SESSION_STAND_H

#include "model/session/session.h"

struct stand {
	uint64_t point;
	size_t step;      /* inside of what is shown; 0: it was done */
	bool lookup;      /* that is the last lookup there, else the operation that led there */
};

struct stand stand_of(const struct session *s);
bool stand_back(struct session *s, const struct stand *at, struct error *err);

/*
 * The next lookup that was done at a point, of the commands from *entry on, which is behind it
 * then; those of points before are passed over. NULL: there is none.
 */
const struct entry *stand_lookup(const struct session *s, uint64_t point, size_t *entry);

/* Shows the last lookup of a point again, if there is one among so many commands. */
bool stand_look(struct session *s, uint64_t point, size_t entries, struct error *err);

#endif
