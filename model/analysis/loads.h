/* SPDX-License-Identifier: MIT */
/*
 * Why 6.5: the table that stands above the runtime's map code, made anew by filling maps of
 * 2^LOADS_B buckets with generated keys. For each load: chains with overflow buckets, bytes on
 * top of the entries, entries that a hit and a miss look at.
 */
#ifndef MODEL_ANALYSIS_LOADS_H
#define MODEL_ANALYSIS_LOADS_H

#include "model/session/session.h"

enum { LOADS_B = 14, LOADS_MOST = 16 };

struct load_row {
	double load;      /* entries for each bucket */
	double overflow;  /* percent of the buckets that have an overflow bucket */
	double bytes;     /* for each entry, on top of its key and elem */
	double hit, miss; /* entries that a lookup passes on average */
};

/*
 * Rows for maps of the session's type, on its target, one for each half more. Returns how many;
 * 0 with err filled when the type's keys do not suffice.
 */
unsigned loads_make(const struct session *s, struct load_row rows[LOADS_MOST],
	struct error *err);

#endif
