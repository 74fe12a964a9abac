/* SPDX-License-Identifier: MIT */
/*
 * The part of a snapshot that is of the classic map: the fields of hmap, and its arrays of buckets.
 */
#ifndef MODEL_SOURCE_BUCKETS_H
#define MODEL_SOURCE_BUCKETS_H

#include "model/source/imprint.h"
#include "model/source/reading.h"

struct bucket_array {
	bool there;                          /* or else the pointer is nil */
	uint64_t count;                      /* 2^B */
	uint32_t *chains;                    /* of each bucket: itself and its overflow buckets */
	struct imprint **list;               /* all of them, chain by chain; each is held */
	uint64_t total;
	size_t chains_cap, cap;
};

struct buckets {
	uint64_t count, flags, B, noverflow, hash0, nevacuate;
	uint64_t clears;                     /* where the release counts them */
	int64_t next_overflow;
	uint64_t old_next_overflow;          /* the same of the old array; 0: not told */
	bool extra;
	struct bucket_array arrays[2];       /* the new one, the old one */
};

#define BUCKETS_UNREAD UINT64_MAX        /* of B and flags, which others are read by */

/* Adds a chain's next bucket, which it takes; `first` begins a chain. */
void bucket_array_add(struct bucket_array *a, struct imprint *unit, bool first);

void buckets_free(struct buckets *b);

#endif
