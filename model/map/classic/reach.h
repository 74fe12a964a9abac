/* SPDX-License-Identifier: MIT */
/*
 * The walk that the collector makes: every object that the map reaches, each once, in no promised
 * order. map_reached() (map.h) sums it up; the ledger says what the bytes are.
 */
#ifndef MODEL_MAP_CLASSIC_REACH_H
#define MODEL_MAP_CLASSIC_REACH_H

#include "model/map/map.h"

/* What happens on the way. `old`: it belongs to the old array. */
struct reach {
	void (*object)(void *data, unsigned kind, bool old, uint64_t size, uint64_t taken);
	void *data;
};

/* Only what no bucket leads to: header, arrays, lists. Takes no time. */
void map_reach_frame(const struct map *m, const struct reach *r);

/* How many buckets of an array are in use: 2^B and the spare ones that were linked. */
uint64_t map_used_buckets(const struct map *m, bool old);

#endif
