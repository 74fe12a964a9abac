/* SPDX-License-Identifier: MIT */
/*
 * What happened inside an operation, in order: enough to explain it and to step through it.
 * Each event knows the journal's position just after it, so that the memory can be shown as it
 * was at that moment.
 *
 * A place is a bucket's index in its array, the number of the bucket in its chain (0 is the one
 * in the array) and a slot.
 */
#ifndef MODEL_TRACE_H
#define MODEL_TRACE_H

#include <stddef.h>
#include <stdint.h>

#include "model/journal.h"
#include "model/text.h"

/*      kind         what a, b, c, d are */
#define TRACE_EVENTS(X) \
	X(MAKE,       "a hmap address, b hint, c B, d 1 when the hint counts as none") \
	X(HASH0,      "a the new hash0") \
	X(ALLOC,      "a address, b bytes taken, c enum object_kind") \
	X(HASH,       "a hash, b bucket, c tophash, d B") \
	X(VISIT,      "a place's bucket is looked through; c 1 in the old array") \
	X(COMPARE,    "a place's key was compared; c 1 in the old array; d 1 when equal") \
	X(MISS,       "the key is not there") \
	X(FOUND,      "a place holds the key; c 1 in the old array") \
	X(UPDATE,     "a place's elem was written; d 1 when the key was written too") \
	X(CLAIM,      "a place takes the new key; d 1 when it held a tombstone") \
	X(LINK,       "an overflow bucket at a place; a address, d 1 when it was a spare one") \
	X(GROW,       "a old B, b new B, c count, d 1 when noverflow is the reason") \
	X(WORK,       "bucket: the old bucket to evacuate; d 1 when it is nevacuate's turn") \
	X(MOVE,       "from a place in the old array; a bucket, b chain, c slot; d 1 for Y") \
	X(EVACUATED,  "bucket: of the old array; a cells to X, b cells to Y") \
	X(MARK,       "a nevacuate, b old buckets") \
	X(GROWN,      "the growth is over") \
	X(DELETE,     "a place's key and elem are gone") \
	X(REST,       "a place: its tombstone turned into emptyRest") \
	X(CLEAR,      "a entries that were there") \
	X(RANGE,      "a start bucket, b start slot, c the flags set, d 1 when the map is empty") \
	X(GC,         "a objects, b bytes collected")

enum trace_kind {
#define X(name, what) TRACE_##name,
	TRACE_EVENTS(X)
#undef X
	TRACE_KINDS,
};

/* What an allocation is for. */
enum object_kind {
	OBJECT_HMAP, OBJECT_BUCKETS, OBJECT_OVERFLOW, OBJECT_EXTRA, OBJECT_LIST_HEAD, OBJECT_LIST,
	OBJECT_KEY, OBJECT_ELEM,
	OBJECT_KINDS,
};

const char *object_name(enum object_kind kind);

struct trace_event {
	uint8_t kind;      /* enum trace_kind */
	uint8_t slot;
	uint32_t chain;
	uint64_t bucket;
	uint64_t a, b, c, d;
	size_t journal;    /* the journal's position right after it */
};

struct trace {
	struct trace_event *list;
	size_t count, cap;
};

void trace_free(struct trace *e);

/* Adds an event; e may be NULL when nobody listens. The returned one can be filled further. */
struct trace_event *trace_add(struct trace *e, const struct journal *j, enum trace_kind kind,
	uint64_t a, uint64_t b, uint64_t c, uint64_t d);

#endif
