/* SPDX-License-Identifier: MIT */
/*
 * The same operations under each Go release: what the map takes in the end, what was allocated on
 * the way, the most that was held at once, and where it grew.
 */
#ifndef MODEL_SESSION_RELEASES_H
#define MODEL_SESSION_RELEASES_H

#include "model/session/session.h"

enum {
	RELEASES_MOST = 16,
	GROWTHS_TOLD = 16, /* first growths of a map whose number of entries is told */
};

struct release_row {
	const struct release *release;
	bool chosen;                    /* the session's own */
	bool refused;                   /* it has no such map, and nothing is told but: */
	struct error why;
	uint64_t entries;
	struct account in_use, allocated;
	struct peak most;               /* held at once: while a growth copies, both arrays are */
	uint64_t growths;
	uint64_t grew_at[GROWTHS_TOLD]; /* entries with the one that began it */
};

struct releases {
	const struct target *target;
	uint64_t edition, now;          /* the point of the timeline that they were made for */
	bool anew; /* the entries inserted, as what was done is not known */
	unsigned count;
	struct release_row rows[RELEASES_MOST];
};

/*
 * Made once for each point of time; the session's own. NULL with err filled when the timeline
 * cannot be run again, or who watches stops it.
 */
const struct releases *session_releases(struct session *s, struct error *err);

#endif
