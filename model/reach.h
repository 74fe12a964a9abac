/* SPDX-License-Identifier: MIT */
/*
 * The walk that the collector makes: every object that the map reaches and, if asked for, every
 * bucket in them. Each object and each bucket is met once, in no promised order.
 *
 * map_reached() (map.h) sums it up; the ledger says what the bytes are.
 */
#ifndef MODEL_REACH_H
#define MODEL_REACH_H

#include "model/map.h"

enum bucket_use {
	BUCKET_MAIN,   /* one of the 2^B that a hash leads to */
	BUCKET_LINKED, /* an overflow bucket of a chain, an object of its own or once a spare one */
	BUCKET_SPARE,  /* an overflow bucket that came with the array and is not in use yet */
};

/* What happens on the way. `old`: it belongs to the old array. */
struct reach {
	void (*object)(void *data, enum object_kind kind, bool old, uint64_t size, uint64_t taken);
	/* May be NULL; without it, maps without pointers are walked in no time. */
	void (*bucket)(void *data, uint64_t addr, bool old, enum bucket_use use);
	void *data;
};

void map_reach(const struct map *m, const struct reach *r);

/* How many buckets of an array are in use: 2^B and the spare ones that were linked. */
uint64_t map_used_buckets(const struct map *m, bool old);

#endif
