/* SPDX-License-Identifier: MIT */
/*
 * Work that takes long. Who does it says now and then how far it has come, and learns whether it is
 * to be given up; who watches decides what to make of that.
 */
#ifndef MODEL_BASE_WORK_H
#define MODEL_BASE_WORK_H

#include <stdbool.h>
#include <stdint.h>

#include "model/base/error.h"

struct work {
	const char *unit;  /* what it is counted in: "op", "byte", .. */
	uint64_t done, of; /* of: how many in all; 0: not known */
	bool bound;        /* to its end: what it changes would be half done; only who ends the
			    * program gives it up */
};

struct watcher {
	bool (*stops)(const struct work *work, void *data); /* NULL: nobody watches */
	void *data;
};

/* Whether to give it up; then this is for the message. */
static inline bool work_stops(const struct watcher *w, struct work work)
{
	return w && w->stops && w->stops(&work, w->data);
}

static inline bool work_fail(struct error *err)
{
	return fail(err, "stopped before its end");
}

#endif
