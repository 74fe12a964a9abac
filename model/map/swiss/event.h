/* SPDX-License-Identifier: MIT */
/*
 * The events that only the Swiss map has, beside those of model/map/event.h. A producer writes
 * `.own = SWISS(grow, .from = 16, ..)`, a reader `swiss_of(e).grow.from`.
 */
#ifndef MODEL_MAP_SWISS_EVENT_H
#define MODEL_MAP_SWISS_EVENT_H

#include "model/map/event.h"

/* Why a table was chosen. */
enum table_choice {
	TABLE_BY_BITS,    /* the hash's top bits are its entry of the directory */
	TABLE_ALONE,      /* the directory has one entry: the hash is not asked */
	TABLE_SMALL,      /* there is no table, only a group */
	TABLE_TURN,       /* a range comes to it */
};

/* What a control word was matched with. */
enum match_kind {
	MATCH_H2,               /* slots that may hold the key */
	MATCH_EMPTY,            /* an empty slot ends the probe sequence */
	MATCH_EMPTY_OR_DELETED, /* where a new key could go */
	MATCH_FULL,             /* what a range comes to */
};

struct swiss_table {
	uint32_t entry;      /* of the directory */
	uint8_t why;         /* enum table_choice */
	uint8_t bits;        /* of the hash that chose it */
};

struct swiss_probe {
	uint32_t number;     /* of the group in the probe sequence, from 0 on */
	uint32_t groups;     /* of the table */
};

struct swiss_match {
	uint8_t kind;        /* enum match_kind */
	uint8_t h2;
	uint8_t slots;       /* a bit each, slot 0 the lowest */
};

struct swiss_grow {
	uint16_t from, to;   /* slots; from 8: the small map's group becomes a table */
	uint16_t used;
	uint8_t depth;       /* localDepth */
};

struct swiss_split {
	uint16_t used;
	uint8_t depth;       /* localDepth of the new ones */
	uint8_t bit;         /* of the hash that decides */
};

struct swiss_move {
	uint32_t array;      /* where to */
	uint32_t unit;
	uint8_t slot;
	bool right;
};

struct swiss_doubled {
	uint64_t from, to;   /* entries */
};

struct swiss_install {
	uint32_t entry;      /* the first of the directory that leads to the table */
	uint32_t entries;
};

struct swiss_prune {
	uint16_t tombstones;
	uint16_t needless;   /* that no probe sequence passes */
	bool done;           /* they become empty slots */
};

struct swiss_wipe {
	uint16_t entries;
	bool skipped;        /* there was nothing in it */
};

#define SWISS_EVENTS(P, N) \
	P(TABLE,     table,    "a table was chosen") \
	P(PROBE,     probe,    "a place's group is looked at") \
	P(MATCH,     match,    "a place's control word was matched") \
	N(REMEMBER,            "a place's tombstone is where a new key would go") \
	N(TOMBSTONE,           "a place's slot became a tombstone, as its group was full") \
	N(FREED,               "a place's slot became empty") \
	P(PRUNE,     prune,    "a table's tombstones were looked through") \
	N(PRUNED,              "a place's tombstone became an empty slot") \
	P(GROW,      grow,     "a table is to be replaced by a larger one") \
	P(SPLIT,     split,    "a table is to be replaced by two") \
	P(MOVE,      move,     "a place's entry moves to a new table") \
	P(DOUBLED,   doubled,  "the directory doubled") \
	P(INSTALL,   install,  "the directory leads to a new table") \
	P(WIPE,      wipe,     "a table was cleared")

enum swiss_event {
	SWISS_BEFORE = EVENT_NEUTRAL - 1,
#define P(name, payload, what) SWISS_EVENT_##name,
#define N(name, what) SWISS_EVENT_##name,
	SWISS_EVENTS(P, N)
#undef P
#undef N
	SWISS_EVENT_KINDS,
};

union swiss_payload {
#define P(name, payload, what) struct swiss_##payload payload;
#define N(name, what)
	SWISS_EVENTS(P, N)
#undef P
#undef N
	struct event_own own;
};

_Static_assert(sizeof(union swiss_payload) == sizeof(struct event_own), "no room");

#define SWISS(payload, ...) ((union swiss_payload){ .payload = { __VA_ARGS__ } }.own)

static inline union swiss_payload swiss_of(const struct map_event *e)
{
	return (union swiss_payload){ .own = e->own };
}

#endif
