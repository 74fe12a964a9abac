/* SPDX-License-Identifier: MIT */
/*
 * Who works on which map: goroutines that stand in the runtime's map functions, as after
 * "concurrent map writes", of which Go shows one stack only. The map is an argument of the
 * function, which keeps it beside its frame; where it does not, a word of the frames that leads to
 * a map of the type that the code names.
 *
 * What is found is what is so now. The goroutine that found it out stands still since; others have
 * run on until the program was stopped: those that have the map in a frame were last seen there.
 */
#ifndef MODEL_LIVE_WRITERS_H
#define MODEL_LIVE_WRITERS_H

#include "model/live/census.h"
#include "model/live/map_call.h"

enum writer_state {
	WRITER_ENDED,             /* it found another one at work, and ended the program */
	WRITER_IN,                /* it is in a map function */
	WRITER_LAST_SEEN,         /* it is not, but runs and has the map */
};

struct writer {
	uint64_t goroutine;
	enum writer_state state;
	enum map_work work;       /* NONE of who was last seen */
	char *call;               /* the map function; owned, as the next two; NULL */
	char *function, *file;    /* the program's own line */
	unsigned line;
	uint64_t map;             /* the address of its header; 0: not told */
	bool writing;             /* by its header somebody was writing to it */
	char *type;               /* owned; NULL: not told */
	char *name;               /* owned; NULL: it has none */
};

struct writers {
	struct writer *list;      /* by map, who ended the program first; owned */
	size_t count, cap;
	uint64_t goroutines;      /* that were looked at, */
	uint64_t untold;          /* and that run, nobody knows where */
	bool ended;               /* one of them found others at work */
};

/* It does not change its map. */
bool writer_only_reads(const struct writer *w);

/* Holds a process. False with err filled. */
bool writers_take(struct writers *w, struct live *l, struct error *err);

/* Names and types of their maps, from the census. */
void writers_name(struct writers *w, const struct census *c);
void writers_free(struct writers *w);

/* Of a core file one line on who found others at work and ended it; to be freed. NULL: nobody
   did. */
char *writers_ended(struct live *l, const struct census *c);

#endif
