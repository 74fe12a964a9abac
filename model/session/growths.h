/* SPDX-License-Identifier: MIT */
/*
 * At which entries a map like this one grows that keys only come to: another is filled with
 * generated keys, in a session beside.
 */
#ifndef MODEL_SESSION_GROWTHS_H
#define MODEL_SESSION_GROWTHS_H

#include "model/session/session.h"

enum { GROWTHS_SHOWN = 10 };

struct growth_row {
	uint64_t entries;       /* with the one that made it grow */
	uint64_t slots;         /* then, but for those of linked units */
	uint64_t bytes;         /* in use, once the growth is over */
};

/* The first ones, the first entry's among them; how many there are. False with err filled. */
bool session_growths(const struct session *s, struct growth_row rows[GROWTHS_SHOWN],
	unsigned *count, struct error *err);

#endif
