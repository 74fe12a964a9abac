/* SPDX-License-Identifier: MIT */
/*
 * The census: all maps of a live program, the largest first, with what can be told of each without
 * reading its entries: what it takes, what of that is dead or free, what a rebuild would give back.
 */
#ifndef MODEL_LIVE_CENSUS_H
#define MODEL_LIVE_CENSUS_H

#include "model/base/text.h"
#include "model/live/balance.h"
#include "model/live/live.h"
#include "model/live/under.h"

struct map_type;
struct held;

/* Whether the program still leads to a map: a name does, or the mark (mark.h). */
enum reached {
	REACHED_UNKNOWN,          /* no name does, and there was no mark, or it was a sample */
	REACHED,
	REACHED_NOT,              /* it is garbage */
};

/* Where a map of the list is none of the language but a trie: of a sync.Map, or package unique. */
struct census_trie {
	uint64_t root;            /* 0: it is none */
	uint64_t nodes;
	bool least;               /* there may be more of it */
};

struct census_map {
	struct head head;
	uint64_t type;            /* its descriptor; 0: not known */
	char *type_name;          /* owned; NULL: not known, but one of */
	char **candidates;        /* types that fit; owned, as are the names */
	size_t ncandidates;
	const struct map_type *like; /* one of these, when all are laid out alike; good while it is
				     taken */
	char *name;               /* owned; NULL: it has none */
	uint64_t bytes; /* all that the map reaches, but for what keys and elems point to */
	uint64_t free_bytes, dead_bytes; /* slots that hold nothing, and tombstones */
	uint64_t rebuilt;         /* what a new map would take; 0: not known */
	uint64_t saves;           /* so much less, where that is worth it; 0 */
	enum reached reached;
	char *verdict;            /* owned; NULL: nothing to say */
	struct under under;       /* another release, once that was asked for */
	struct census_trie trie;
};

/* A map without any bucket or group that the walk came to. */
struct census_unfilled {
	uint64_t at, bytes;       /* of its header */
	char *type_name;          /* owned, as is the name */
	char *name;               /* NULL: it has none */
};

struct census {
	struct census_map *list;  /* owned */
	size_t count, cap;
	uint64_t empty;           /* maps without any bucket or group; of these, */
	struct census_unfilled *unfilled; /* those whose type is known; owned */
	size_t nunfilled, unfilled_cap;
	uint64_t entries, bytes;  /* of all in the list */
	uint64_t tries;           /* of these */
	struct balance balance;
	bool whole; /* the walk saw everything: names and types that can be told are */
	bool sampled; /* it was read while the program ran: what stands in it may be torn */
	struct under_sum under;   /* all of them */
	double held;              /* milliseconds that the process was held */
	struct census_reach {
		bool marked;      /* it was looked for what is reached: */
		bool sampled;     /* while the program ran, so what is not reached may be; */
		bool blind;       /* without stacks, which were not found: likewise */
		uint64_t live;    /* bytes of the heap that are reached */
		uint64_t garbage, garbage_bytes; /* maps in the list that are not */
	} reach;
};

/* How it is taken. */
struct census_wish {
	bool reach;               /* with the mark */
	unsigned max_hold_ms;     /* the longest stop that this may take: what would take longer is
				     read while it runs; 0: any */
	struct held *held; /* with the mark: what holds the map that this names (held.h); NULL */
	const char *map; /* one that should be in it, as in census_find(): a process is looked at
			    again for a while where it is not; borrowed; NULL: whatever there is */
};

/* The wish may be NULL: the list alone. */
bool census_take(struct census *c, struct live *l, const struct census_wish *wish,
	struct error *err);
void census_free(struct census *c);

/* By its name, or by its address, "0xc00008c180"; NULL: there is none. */
const struct census_map *census_find(const struct census *c, const char *map);

/* The type's name, or in words which ones fit. */
void census_add_type(const struct census_map *m, struct text *out);

/* Bytes for people: "9,876 bytes", "49 kB", "112 MB". */
void census_add_size(struct text *out, uint64_t bytes);

#endif
