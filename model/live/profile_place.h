/* SPDX-License-Identifier: MIT */
/* Places of a profile: what an address of its stacks is in the program. */
#ifndef MODEL_LIVE_PROFILE_PLACE_H
#define MODEL_LIVE_PROFILE_PLACE_H

#include "model/live/profile.h"

struct profile_place {
	bool known, called;       /* its lines were looked up, and what it calls */
	struct profile_spot *spots; /* the innermost first; owned */
	size_t count;
	struct map_call call;
};

/* Opens the executable, or says in `missing` why not; see profile_take(). */
bool profile_open_program(struct profile *p, const char *name, const char *exe, struct error *err);

/* By the number of a location; NULL: there is none. Lines are there, */
struct profile_place *profile_place(struct profile *p, uint64_t location);

/* and with this one what is called there. */
const struct map_call *profile_call(struct profile *p, uint64_t location);

void profile_places_free(struct profile *p);

#endif
