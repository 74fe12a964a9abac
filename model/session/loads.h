/* SPDX-License-Identifier: MIT */
/*
 * Why 6.5: the table that stands above the runtime's map code, made anew by filling maps of
 * 2^LOADS_B buckets with generated keys. For each load: chains with overflow buckets, bytes on
 * top of the entries, entries that a hit and a miss look at.
 */
#ifndef MODEL_SESSION_LOADS_H
#define MODEL_SESSION_LOADS_H

#include "model/session/session.h"

enum { LOADS_B = 14, LOADS_MOST = 16 };

struct load_row {
	double load;      /* entries for each bucket */
	double overflow;  /* percent of the buckets that have an overflow bucket */
	double bytes;     /* for each entry, on top of its key and elem */
	double hit, miss; /* entries that a lookup passes on average */
};

struct loads {
	uint64_t edition;  /* of the timeline that they were made for */
	unsigned count;
	struct load_row rows[LOADS_MOST];
};

/*
 * For maps of the session's type, on its target, a row for each half more. They are the session's
 * own, made once for each edition. NULL with err filled when the type's keys do not suffice.
 */
const struct loads *session_loads(struct session *s, struct error *err);

#endif
