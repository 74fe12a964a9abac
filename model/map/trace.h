/* SPDX-License-Identifier: MIT */
/*
 * What happened inside an operation, in order: enough to explain it and to step through it.
 * Each event knows the journal's position just after it, so that the memory can be shown as it
 * was at that moment.
 *
 * A place is a bucket's index in its array, the number of the bucket in its chain (0 is the one
 * in the array) and a slot.
 *
 * A walk through a bucket is one event, a VISIT, with what was seen in each slot that was looked
 * at; each of these slots is a step of its own. So an event is 1 + looked steps.
 */
#ifndef MODEL_MAP_TRACE_H
#define MODEL_MAP_TRACE_H

#include <stddef.h>
#include <stdint.h>

#include "model/base/text.h"
#include "model/memory/journal.h"

/*      kind         what a, b, c, d are */
#define TRACE_EVENTS(X) \
	X(MAKE,       "a hmap address, b hint, c B, d 1 when the hint counts as none") \
	X(HASH0,      "a the new hash0") \
	X(ALLOC,      "a address, b bytes taken, c enum object_kind") \
	X(HASH,       "a hash, b bucket, c tophash, d B") \
	X(BUCKET,     "a place's bucket was chosen; a enum bucket_choice, b the bucket it is for, " \
		      "c enum array_kind, d B") \
	X(VISIT,      "a place's bucket is looked through from its slot on; a the enum slot_seen of " \
		      "each slot looked at, a byte each; b entries that the range yielded " \
		      "before; c enum array_kind; d the bucket's address") \
	X(COMPARE,    "all bytes of a place's key were compared; c enum array_kind; d 1 when equal") \
	X(MISS,       "the key is not there; d 1 when the map is empty") \
	X(FOUND,      "a place holds the key; c enum array_kind") \
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
	X(RANGE,      "a what was drawn, b B, c the flags set, d 1 when the map is empty, " \
		      "2 when the start was given") \
	X(NEXT,       "a range goes on; a entries so far; b the bucket whose cells alone come, " \
		      "UINT64_MAX for all; c B") \
	X(YIELD,      "a place's entry comes, found by a lookup; a its number, c enum array_kind, " \
		      "d the bucket's address") \
	X(WRAP,       "a range goes on with bucket 0; a buckets of its array") \
	X(END,        "a range is over; a entries that came, bucket: where it began") \
	X(GC,         "a objects, b bytes collected") \
	X(OPEN,       "the map is that of a snapshot in a file; a its number there, b entries")

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

/* Where a bucket is. A range may still walk along an array that the map has given up. */
enum array_kind { ARRAY_PRESENT, ARRAY_OLD, ARRAY_GONE };

/* Why a bucket was chosen. */
enum bucket_choice {
	CHOICE_ONLY,    /* there is one bucket: no hash is needed */
	CHOICE_BITS,    /* the low bits of the hash say so */
	CHOICE_WAITS,   /* while growing: the old bucket was not evacuated yet and holds the keys */
	CHOICE_MOVED,   /* while growing: the old bucket was evacuated, so it is the new one */
	CHOICE_WRITE,   /* while growing: a write goes to the new array, once it has evacuated */
	CHOICE_TURN,    /* a range comes to it; */
	CHOICE_TURN_WAITS, /* growing: the old bucket instead, which was not evacuated yet; */
	CHOICE_TURN_MOVED, /* growing: itself, as the old bucket was evacuated */
};

/*
 * What was seen in a slot. Which of these questions are asked, and in what order, depends on
 * the path: see search.c and range.c.
 */
enum slot_seen {
	SEEN_NOTHING,
	SEEN_TOPHASH,   /* another tophash */
	SEEN_LENGTH,    /* a string of another length */
	SEEN_ENDS,      /* other first or last four bytes */
	SEEN_MAYBE,     /* length and both ends agree: the rest is compared after the other slots */
	SEEN_KEY,       /* another key */
	SEEN_EQUAL,     /* the key */
	SEEN_STALE,     /* the key's bytes, but the slot is empty */
	SEEN_EMPTY,     /* emptyOne */
	SEEN_REST,      /* emptyRest: the search ends */
	SEEN_SKIPPED,   /* range: emptyOne or emptyRest, which are the same to it */
	SEEN_LEFT,      /* range: evacuatedEmpty, there was nothing to move */
	SEEN_ELSEWHERE, /* range: the key will move to the other half, and comes there */
	SEEN_AGAIN,     /* range: moved since, the key has to be looked up */
	SEEN_YIELD,     /* range: the entry comes */
	SEEN_KINDS,
	SEEN_IN_EMPTY = 0x40,    /* the slot is empty, which was not asked */
	SEEN_REMEMBERED = 0x80,  /* the first free slot: where a new key would go */
};

struct trace_event {
	uint8_t kind;      /* enum trace_kind */
	uint8_t slot;
	uint8_t looked;    /* VISIT: slots looked at */
	uint32_t chain;
	uint64_t bucket;
	uint64_t a, b, c, d;
	size_t journal;    /* the journal's position right after it */
	size_t step;       /* steps before it; a difference within an operation is meant */
};

struct trace {
	struct trace_event *list;
	size_t count, cap;
};

void trace_free(struct trace *e);

/* Adds an event. The returned one can be filled further. */
struct trace_event *trace_add(struct trace *e, const struct journal *j, enum trace_kind kind,
	uint64_t a, uint64_t b, uint64_t c, uint64_t d);

static inline void trace_set_place(struct trace_event *e, uint64_t bucket, uint32_t chain,
	unsigned slot)
{
	e->bucket = bucket;
	e->chain = chain;
	e->slot = (uint8_t)slot;
}

/* One more slot of a VISIT was looked at. */
static inline void trace_look(struct trace_event *e, unsigned seen)
{
	e->a |= (uint64_t)seen << (8 * e->looked++);
}

/* The slot that a VISIT looked at as number i, and what it saw there with its flags. */
static inline unsigned trace_slot(const struct trace_event *e, unsigned i)
{
	return (e->slot + i) % 8;
}

static inline unsigned trace_seen(const struct trace_event *e, unsigned i)
{
	return e->a >> 8 * i & 0xff;
}

static inline enum slot_seen seen_kind(unsigned seen)
{
	return (enum slot_seen)(seen & 0x3f);
}

/* Steps of the first n events of a list, the last one with only `slots` of its slots. */
size_t trace_steps(const struct trace_event *list, size_t n, unsigned slots);

/* Where a RANGE begins. */
static inline uint64_t trace_start_bucket(const struct trace_event *e)
{
	return e->a & (((uint64_t)1 << e->b) - 1);
}

static inline unsigned trace_start_slot(const struct trace_event *e)
{
	return e->a >> e->b & 7;
}

/*
 * The RANGE or NEXT that the events of such an operation begin with, but for allocations; NULL
 * for any other.
 */
const struct trace_event *trace_range(const struct trace_event *list, size_t n);

/* The number of a range's entries that came by slot i of a VISIT, or by a YIELD. */
uint64_t trace_yielded(const struct trace_event *e, unsigned slots);

#endif
