/* SPDX-License-Identifier: MIT */
/*
 * The balance: where the memory of a program is, from what is resident down to its maps.
 *
 *   resident + untouched = live + dead + idle + stacks + other
 *
 * What spans tell is exact: live and dead together are runtime.MemStats.HeapInuse, live is
 * HeapAlloc, which has garbage that is not collected yet in it, and stacks are StackInuse with what
 * else the runtime has in such spans, buffers of the collector. Idle is estimated: what is resident
 * of the mappings that hold spans, without the spans in use; when it would be less than nothing,
 * that much was never touched. What lies behind maps, the objects that keys and elems lead to, is
 * estimated by some entries of the largest maps.
 *
 * Sources: runtime/mheap.go, type mspan (allocCount, state); /proc/PID/smaps.
 */
#ifndef MODEL_LIVE_BALANCE_H
#define MODEL_LIVE_BALANCE_H

#include "model/live/spans.h"

struct balance {
	bool resident_known;      /* of a process: then these are, too: */
	uint64_t resident, idle, untouched, other;
	uint64_t live, dead, stacks;
	uint64_t arrays;          /* of live: the maps' own objects, headers among them; */
	uint64_t behind; /* about, what they lead to: none of a map whose type is not known */
	uint64_t saves, rebuilds; /* what rebuilds give back, of so many maps */
};

struct census;
struct live;

/* What spans tell; while the program is held. */
void balance_take_heap(struct balance *b, const struct spans *s);

/* The rest, of a census that is there. Reads what may have changed since. */
void balance_complete(struct balance *b, const struct census *c, struct live *l);

#endif
