/* SPDX-License-Identifier: MIT */
/*
 * The four figures of a heap profile along a session's time: objects and bytes that the map's
 * operations allocated, and those of them in use. "In use" is what a collection would leave.
 */
#ifndef MODEL_SESSION_LIFECYCLE_H
#define MODEL_SESSION_LIFECYCLE_H

#include "model/session/session.h"

enum {
	LIFE_SAMPLES = 512,
	LIFE_EMPTIED = 1000, /* times that a map grew, got its first entry or lost its last, told */
};

/* One point of time. */
struct life_point {
	uint64_t op;
	const char *what;    /* what happened there; "" for a sample only */
	uint64_t entries;
	struct account allocated, in_use;
};

struct lifecycle {
	uint64_t edition;           /* of the session's timeline */
	uint64_t total;             /* operations */
	struct life_point *events;  /* where something of note happened, and the last point */
	size_t nevents, cap;
	/* At about even distances, the first and the last point among them; of a large map as
	   many as can be taken in the time that its operations take. */
	struct life_point *samples;
	size_t nsamples;
};

/*
 * Goes through the session's whole time, however long, and comes back. False with err filled
 * when that failed. Free with lifecycle_free() in any case.
 */
bool lifecycle_take(struct session *s, struct lifecycle *life, struct error *err);
void lifecycle_free(struct lifecycle *life);

/* The same, taken once for as long as the timeline stays; the session's own. NULL on failure. */
const struct lifecycle *session_lifecycle(struct session *s, struct error *err);
void lifecycle_drop(struct lifecycle *life);

#endif
