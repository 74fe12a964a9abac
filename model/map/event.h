/* SPDX-License-Identifier: MIT */
/*
 * What happened inside an operation, in order: enough to explain it and to step through it.
 * Each event knows the journal's position just after it, so that the memory can be shown as it
 * was at that moment.
 *
 * An event is a head, which is the same for every design of the map, and a payload, whose type its
 * kind says. The kinds that stand here are those of any design. A design numbers its own from
 * EVENT_NEUTRAL on and keeps their payloads in `own`, see model/map/classic/event.h.
 *
 * A walk through eight slots is one event, a VISIT, with what was seen in each slot that was
 * looked at; each of these slots is a step of its own. So an event is 1 + looked steps.
 */
#ifndef MODEL_MAP_EVENT_H
#define MODEL_MAP_EVENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/map/place.h"
#include "model/memory/journal.h"

/* Payloads */

struct event_make {
	uint64_t hint;
	uint32_t units_log2; /* the array's units; */
	bool array;          /* false: none was allocated yet */
	bool ignored;        /* the hint is too large to be meant */
};

struct event_seed {
	uint64_t seed;
};

struct event_alloc {
	uint64_t bytes;      /* with its size class, */
	bool stack;          /* or on the stack, where there are none */
	uint8_t object;      /* what it is for: a number of the design's */
};

struct event_hash {
	uint64_t hash;
	uint8_t bits;        /* of it choose the place */
	uint8_t control;     /* what it leaves in a slot's control byte */
};

struct event_visit {
	uint8_t seen[8];     /* in each slot looked at: enum seen or a design's, with its flags */
	uint64_t yielded;    /* entries of the range that came before */
};

struct event_compare {
	bool equal;
};

struct event_miss {
	bool empty;          /* the map */
};

struct event_update {
	bool key;            /* the key was written too */
};

struct event_claim {
	bool tombstone;      /* the slot held one */
};

struct event_clear {
	uint64_t entries;    /* that were there */
};

enum range_start { RANGE_DRAWN, RANGE_EMPTY, RANGE_GIVEN };

struct event_range {
	uint64_t draw;
	uint8_t bits;        /* of it choose the unit, those above the slot */
	uint8_t start;       /* enum range_start; RANGE_EMPTY: so is the map, nothing was drawn */
};

struct event_next {
	uint64_t yielded;    /* entries so far */
	uint8_t bits;        /* as of its RANGE */
};

struct event_yield {
	uint64_t number;     /* of the entry */
};

struct event_gc {
	uint64_t objects, bytes;
};

struct event_open {
	uint64_t entries;
};

struct event_copy {
	uint64_t entries;
	uint64_t dead;       /* and as many tombstones, which are copied too */
};

struct event_anew {
	uint64_t before, after; /* bytes that the map before took, and that this one takes */
};

/* Kinds: with a payload P(NAME, payload, what), without one N(NAME, what). */
#define EVENTS(P, N) \
	P(MAKE,    make,    "the header at a place's addr is set up") \
	P(SEED,    seed,    "a new seed was drawn") \
	P(ALLOC,   alloc,   "an object was allocated at a place's addr") \
	P(HASH,    hash,    "a key was hashed; its place begins at this unit") \
	P(VISIT,   visit,   "eight slots are looked through from a place's slot on") \
	P(COMPARE, compare, "all bytes of a place's key were compared") \
	P(MISS,    miss,    "the key is not there") \
	N(FOUND,            "a place holds the key") \
	P(UPDATE,  update,  "a place's elem was written") \
	P(CLAIM,   claim,   "a place takes the new key") \
	N(DELETE,           "a place's key and elem are gone") \
	P(CLEAR,   clear,   "the map is empty") \
	P(RANGE,   range,   "a range begins at a place's unit and slot") \
	P(NEXT,    next,    "a range goes on; unit: whose cells alone come, UINT64_MAX: all") \
	P(YIELD,   yield,   "a place's entry comes, found by a lookup") \
	N(WRAP,             "a range goes on at the beginning") \
	N(END,              "a range is over; a place's unit: where it began") \
	P(GC,      gc,      "garbage was collected") \
	P(OPEN,    open,    "the map is that of a snapshot in a file") \
	P(COPY,    copy,    "a place's unit, or array, is copied from the map before") \
	P(ANEW,    anew,    "all entries of the map before are in this one")

enum event_kind {
#define P(name, payload, what) EVENT_##name,
#define N(name, what) EVENT_##name,
	EVENTS(P, N)
#undef P
#undef N
	EVENT_NEUTRAL,   /* the first of a design's own kinds */
};

/* The payload of a design's own kind, in types of its own. */
struct event_own {
	uint64_t words[2];
};

struct map_event {
	uint8_t kind;      /* enum event_kind, or a design's */
	uint8_t looked;    /* VISIT: slots looked at */
	uint32_t step;     /* steps before it; a difference within an operation is meant */
	struct place at;
	size_t journal;    /* the journal's position right after it */
	union {
#define P(name, payload, what) struct event_##payload payload;
#define N(name, what)
		EVENTS(P, N)
#undef P
#undef N
		struct event_own own;
	};
};

/*
 * What was seen in a slot; a design adds its own from SEEN_NEUTRAL on. Which questions are asked,
 * and in what order, is the design's.
 */
enum seen {
	SEEN_NOTHING,
	SEEN_KEY,       /* another key */
	SEEN_EQUAL,     /* the key */
	SEEN_SKIPPED,   /* range: an empty slot */
	SEEN_ELSEWHERE, /* range: the key comes with another unit */
	SEEN_AGAIN,     /* range: moved since, the key has to be looked up */
	SEEN_YIELD,     /* range: the entry comes */
	SEEN_NEUTRAL,
	SEEN_IN_EMPTY = 0x40,    /* flag: the slot is empty, which was not asked */
	SEEN_REMEMBERED = 0x80,  /* flag: the first free slot, where a new key would go */
};

static inline unsigned seen_kind(unsigned seen)
{
	return seen & 0x3f;
}

/* The events of one operation after the other. */
struct trace {
	struct map_event *list;
	size_t count, cap;
};

void trace_free(struct trace *t);

/* Adds an event at the journal's position; its journal and step are filled here. */
struct map_event *trace_add(struct trace *t, const struct journal *j, const struct map_event *e);

/* One more slot of a VISIT was looked at. */
static inline void event_look(struct map_event *e, unsigned seen)
{
	e->visit.seen[e->looked++] = (uint8_t)seen;
}

/* The slot that a VISIT looked at as number i. */
static inline unsigned event_slot(const struct map_event *e, unsigned i)
{
	return (e->at.slot + i) % 8;
}

/* Steps of the first n events of a list, the last one with only `slots` of its slots. */
size_t event_steps(const struct map_event *list, size_t n, unsigned slots);

/*
 * The RANGE or NEXT that the events of such an operation begin with, but for allocations; NULL
 * for any other.
 */
const struct map_event *event_range(const struct map_event *list, size_t n);

/* The number of a range's entries that came by slot i of a VISIT, or by a YIELD. */
uint64_t event_yielded(const struct map_event *e, unsigned slots);

/* What a step did that is looked for later, or-ed: the higher is the one to tell. ORDER LANDMARK */
enum landmark {
	LANDMARK_END = 1,   /* of a growth */
	LANDMARK_LINK = 2,  /* a unit was linked to another */
	LANDMARK_CLEAR = 4,
	LANDMARK_SAME = 8,  /* a growth of the same size */
	LANDMARK_GROW = 16,
};

#endif
