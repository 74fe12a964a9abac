/* SPDX-License-Identifier: MIT */
/*
 * The four figures of a heap profile along a session's time: objects and bytes that the map's
 * operations allocated, and those of them in use. "In use" is what a collection would leave.
 */
#ifndef MODEL_LIFECYCLE_H
#define MODEL_LIFECYCLE_H

#include "model/session.h"

enum {
	LIFE_MOST = 200000,  /* operations that are gone through */
	LIFE_SAMPLES = 512,
};

/* One point of time. */
struct life_point {
	uint64_t op;
	const char *what;    /* what happened there; "" for a sample only */
	uint64_t entries;
	struct account allocated, in_use;
};

struct lifecycle {
	struct life_point *events;   /* where something of note happened, and the last point */
	size_t nevents, cap;
	struct life_point *samples; /* at even distances, the first and the last point among them */
	size_t nsamples;
};

/*
 * Goes through the session's whole time and comes back. False with err filled when it is too
 * long. Free with lifecycle_free() in any case.
 */
bool lifecycle_take(struct session *s, struct lifecycle *life, struct error *err);
void lifecycle_free(struct lifecycle *life);

#endif
