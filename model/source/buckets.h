/* SPDX-License-Identifier: MIT */
/*
 * The part of a snapshot that is of the classic map: the fields of hmap, and its arrays of buckets.
 */
#ifndef MODEL_SOURCE_BUCKETS_H
#define MODEL_SOURCE_BUCKETS_H

#include "model/source/imprint.h"

struct buckets {
	uint64_t count, flags, B, noverflow, hash0, nevacuate;
	uint64_t clears;                     /* where the release counts them */
	int64_t next_overflow;
	uint64_t old_next_overflow;          /* the same of the old array; 0: not told */
	bool extra;
	struct imprint_array arrays[2];       /* the new one, the old one */
};

/* Where its range loop began, and goes on from: see buckets_loop.c. */
struct buckets_loop {
	uint64_t bucket, slot;
	bool old;                            /* the array that it walks */
	uint64_t next;                       /* bucket */
	bool wrapped;
	uint64_t clears;                     /* of the map when it began */
	bool inside;                         /* it is in a bucket: */
	bool at_old;
	uint64_t at_bucket, chain, done;
};

#define BUCKETS_UNREAD UINT64_MAX        /* of B and flags, which others are read by */

void buckets_start(struct buckets *b); /* of a zeroed one */
void buckets_free(struct buckets *b);

#endif
