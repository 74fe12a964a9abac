/* SPDX-License-Identifier: MIT */
/*
 * A recording: a program is run, and what it does to its maps is written down, operation by
 * operation, as lines of a script, until there are enough, it ends, or somebody asks. All maps are
 * followed, as which one is looked for may be known only at the end; then one is chosen, and
 * captured, so that what the script makes of it can be compared with what the program had.
 */
#ifndef MODEL_LIVE_RUN_RECORDING_H
#define MODEL_LIVE_RUN_RECORDING_H

#include <stdio.h>

#include "model/live/capture.h"
#include "model/live/run/calls.h"
#include "model/live/run/values.h"
#include "model/map/maptype.h"

struct recorded_op {
	enum call_kind kind;
	char *line;          /* of the script; owned */
	char *where;         /* "main.go:12 main.add"; owned; NULL: not known */
	bool seeded;         /* the map drew a seed in it: */
	uint64_t seed;
};

struct recorded_map {
	uint64_t head, type; /* its header, which moves with a stack; 0: it is gone */
	size_t known;        /* its type, among those of the recording */
	uint64_t hint;       /* it was made with */
	bool stays;          /* it was on a stack when it was met first */
	bool ours;           /* a function of package main has worked on it */
	const char *spoiled; /* why its operations do not lead to it; NULL: they do */
	uint64_t first_seed, seed;
	struct recorded_op *ops; /* owned */
	size_t count, cap;
	bool open;           /* what the last one did to the seed was not looked at, */
	uint64_t elem;       /* nor the elem that was written there; 0: it wrote none */
};

struct recorded_type {
	uint64_t at;
	struct rtype type;
	char *text, *name;   /* as it is written, as the program spells it; owned */
	struct declared declared;
	struct maptype *maptype; /* owned; NULL: its values cannot be told */
};

struct recorded_types {
	struct recorded_type **list; /* owned */
	size_t count, cap;
};

struct recorded_maps {
	struct recorded_map *list; /* owned */
	size_t count, cap;
	struct table makes;  /* headers that were made: hints plus 1 */
};

/* Lines of the source, by where calls return to. */
struct recorded_lines {
	char **list;         /* "main.go:12 main.add"; owned, as each of them */
	size_t count, cap;
	struct table known;  /* by address: the number in the list; whether it is of package main */
};

/* Calls that have not returned yet. */
struct calls_under_way {
	struct call_under_way {
		struct call call;
		size_t map;
	} *list;             /* owned */
	size_t count, cap;
};

struct recording_wish {
	char *const *program; /* and its arguments */
	const char *map;      /* a name or an address; NULL: any, */
	const char *type;     /* of this type; NULL: of any */
	uint64_t ops;         /* so many of the map at most; 0: all */
	bool redact;
};

struct recording {
	const struct recording_wish *wish; /* borrowed */
	const char *name;     /* of the program; borrowed */
	struct child child;
	struct live live;
	struct functions functions;
	struct calls calls;
	struct values values;
	struct recorded_types types;
	struct recorded_maps maps;
	struct recorded_lines lines;
	struct calls_under_way under_way;
	int thread;           /* one that stands: the last that was stopped for */
	uint64_t total;       /* operations */
	double due_ms;        /* of work, when it ends whatever happens; 0: no such time */
	const char *end;      /* why it ended */
	struct recorded_map *chosen;
	struct capture *capture; /* the map as the program had it; owned; NULL: */
	struct error no_capture; /* why there is none */
};

/* Runs the program; ends with recording_free() in any case. */
bool recording_make(struct recording *r, const struct recording_wish *wish, struct error *err);
void recording_free(struct recording *r);

/* Writes the operations of the chosen map as a script. */
void recording_write(const struct recording *r, FILE *out);

/* For recording.c: what is written down. */
void recorded_call(struct recording *r, const struct call *call);
void recorded_return(struct recording *r, const struct child_registers *regs);
void recorded_close(struct recording *r, struct recorded_map *m);
void recorded_free(struct recording *r);

#endif
