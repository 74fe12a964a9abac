/* SPDX-License-Identifier: MIT */
/*
 * A trial: what a map with a hint comes to when it is really filled. It runs beside a session,
 * for the same type, target, release, hash and seed, and leaves it alone.
 */
#ifndef MODEL_TRIAL_H
#define MODEL_TRIAL_H

#include "model/session.h"
#include "model/shape.h"

struct trial {
	uint64_t hint, entries;
	unsigned B;
	uint64_t buckets, spare;   /* of the array; 0 while there is none */
	uint64_t overflow; /* buckets in chains; approximate from 2^16 buckets on, as in Go */
	struct account in_use, allocated;
	struct shape shape;
};

/* make(map[K]V, hint), then the first `entries` generated keys. */
bool trial_run(const struct session *like, uint64_t hint, uint64_t entries, struct trial *t,
	struct error *err);

#endif
