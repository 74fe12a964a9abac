/* SPDX-License-Identifier: MIT */
/*
 * The events that only the classic map has, beside those of model/map/event.h, and what its walks
 * see in a slot. A producer writes `.own = CLASSIC(grow, .from = B, ..)`, a reader
 * `classic_of(e).grow.from`.
 */
#ifndef MODEL_MAP_CLASSIC_EVENT_H
#define MODEL_MAP_CLASSIC_EVENT_H

#include <string.h>

#include "model/map/event.h"

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

/* What was seen in a slot, see search.c and range.c. */
enum classic_seen {
	SEEN_TOPHASH = SEEN_NEUTRAL, /* another tophash */
	SEEN_LENGTH,    /* a string of another length */
	SEEN_ENDS,      /* other first or last four bytes */
	SEEN_MAYBE,     /* length and both ends agree: the rest is compared after the other slots */
	SEEN_STALE,     /* the key's bytes, but the slot is empty */
	SEEN_EMPTY,     /* emptyOne */
	SEEN_REST,      /* emptyRest: the search ends */
	SEEN_LEFT,      /* range: evacuatedEmpty, there was nothing to move */
	SEEN_KINDS,
};

struct classic_bucket {
	uint64_t wanted;     /* the bucket of the present array that it stands for */
	uint8_t why;         /* enum bucket_choice */
	uint8_t B;
};

struct classic_link {
	bool spare;          /* one that was allocated with the array */
};

struct classic_grow {
	uint64_t count;
	uint8_t from, to;    /* B */
	bool same;           /* noverflow is the reason */
};

struct classic_work {
	bool turn;           /* it is nevacuate's, not the one that is about to be touched */
};

struct classic_move {
	uint64_t bucket;     /* of the present array */
	uint32_t chain;
	uint8_t slot;
	bool y;
};

struct classic_evacuated {
	uint32_t x, y;       /* cells that went there */
	bool same;           /* to an array of the same size, which has no Y */
};

struct classic_mark {
	uint64_t nevacuate, buckets;
};

#define CLASSIC_EVENTS(P, N) \
	P(BUCKET,    bucket,    "a place's bucket was chosen") \
	P(LINK,      link,      "a place's bucket is a new one at the end of its chain") \
	P(GROW,      grow,      "a growth starts") \
	P(WORK,      work,      "a place's old bucket is evacuated") \
	P(MOVE,      move,      "a place's cell moves from the old array") \
	P(EVACUATED, evacuated, "a place's old bucket is done") \
	P(MARK,      mark,      "nevacuate moves on") \
	N(GROWN,                "the growth is over") \
	N(REST,                 "a place's tombstone turned into emptyRest")

enum classic_event {
	CLASSIC_BEFORE = EVENT_NEUTRAL - 1,
#define P(name, payload, what) CLASSIC_##name,
#define N(name, what) CLASSIC_##name,
	CLASSIC_EVENTS(P, N)
#undef P
#undef N
	CLASSIC_KINDS,
};

union classic_payload {
#define P(name, payload, what) struct classic_##payload payload;
#define N(name, what)
	CLASSIC_EVENTS(P, N)
#undef P
#undef N
	struct event_own own;
};

_Static_assert(sizeof(union classic_payload) == sizeof(struct event_own), "no room");

#define CLASSIC(payload, ...) ((union classic_payload){ .payload = { __VA_ARGS__ } }.own)

static inline union classic_payload classic_of(const struct map_event *e)
{
	return (union classic_payload){ .own = e->own };
}

#endif
