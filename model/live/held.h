/* SPDX-License-Identifier: MIT */
/*
 * What holds a map: the words that lead to its header, of everything that the mark reaches, and for
 * each who has that word in the end: a variable, a goroutine, another map. And what the map alone
 * keeps alive: what the mark no longer comes to when it does not go through it (what its header
 * dominates).
 */
#ifndef MODEL_LIVE_HELD_H
#define MODEL_LIVE_HELD_H

#include "model/live/mark.h"
#include "model/live/symbols.h"
#include "model/live/variables.h"

enum holder_kind {
	HOLDER_UNKNOWN,
	HOLDER_VARIABLE,          /* of a package */
	HOLDER_GOROUTINE,
	HOLDER_MAP,
	HOLDER_RECORD, /* a finalizer, a cleanup, a weak handle, or what such a one keeps */
	HOLDER_REGISTER,
	HOLDER_ITSELF,            /* only through the map itself */
};

struct holder {
	enum holder_kind kind;
	char *name; /* of the variable, function or map; owned, as is all below; NULL */
	char *file;               /* of the goroutine; NULL: not told */
	unsigned line;
	uint64_t goroutine;
	uint64_t at; /* the word that leads to the map; 0: a register's or a record's */
	uint64_t objects;         /* so many are on the way, of which the last is */
	uint64_t object_bytes;    /* so large, */
	char *type;               /* and of that type; NULL: not told */
};

struct census;
struct census_map;

struct held {
	const char *map;          /* its name or address; borrowed */
	char *name, *type;        /* of it; owned; NULL: it has none, it is not known */
	uint64_t head, entries, bytes;
	bool sampled, reached;
	struct holder *list;      /* owned */
	size_t count, cap;
	uint64_t words;           /* that lead to it, those that are not in the list among them */
	uint64_t alone, alone_bytes; /* objects that it alone keeps alive, it among them, */
	uint64_t alone_maps;      /* and maps of the list, without it */
};

/* What finding out takes; names of variables come from either. */
struct holding {
	struct mark *mark;
	const struct census *census;
	const struct variables *variables;
	const struct symbols *symbols;
};

/* h->map says which. False with err filled when there is no such map. */
bool held_find(struct held *h, const struct holding *by, struct error *err);
void held_free(struct held *h);

#endif
