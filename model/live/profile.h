/* SPDX-License-Identifier: MIT */
/*
 * What of a heap profile is the memory of maps, line by line. The runtime leaves its own frames out
 * of profiles, so a profile alone does not tell; the program's code does: the innermost frame of a
 * stack stands behind a call, and that calls a map function or none, on maps of a type that the
 * code names. What an object of its size is of such a map is known then.
 *
 * A profile counts some allocations only, one for about each `period` bytes, and makes of these
 * what all may be. An object of s bytes is counted with the chance p = 1 - exp(-s/period), so that
 * of n that were counted the total, n/p, has a standard error of sqrt(n(1-p))/p; errors here are
 * two of these. What is much larger than the period is exact. Sources: runtime/mprof.go,
 * runtime/pprof/protomem.go (scaleHeapSample).
 */
#ifndef MODEL_LIVE_PROFILE_H
#define MODEL_LIVE_PROFILE_H

#include "model/live/live.h"
#include "model/live/map_call.h"
#include "model/live/pprof.h"

struct profile_amount {
	uint64_t bytes, objects;
	double counted;           /* objects that were counted, */
	double variance;          /* and that of the bytes */
};

/* Objects of one size that a line allocates. */
struct profile_size {
	uint64_t size;
	struct profile_amount use, alloc;
	const char *what;         /* "header"; NULL: not told */
	uint64_t units;           /* an array of so many units; 0: it is none */
	uint64_t least, most;     /* entries of a map with such an array, before it grows */
};

struct profile_spot {
	char *function, *file;    /* owned */
	uint64_t line;
};

struct profile_line {
	const struct profile_spot *spot; /* of the program, not of what it calls there */
	struct map_call call;     /* of the runtime, there; function NULL: not told; borrowed */
	const char *type;         /* of its maps; NULL: not told */
	struct profile_amount use, alloc;
	struct profile_size *sizes; /* the smallest first; owned */
	size_t nsizes;
	char *holds;              /* what its objects are; owned, as the next two; NULL: not told */
	char *hint, *hinted;      /* what a hint would do, and what a map takes then */
};

struct profile {
	struct pprof file;
	bool has_program;         /* its executable was there: */
	struct live program;
	struct functions functions;
	struct map_types types;
	char **names;             /* of those types; owned */
	char *missing;            /* why it was not; owned */
	struct profile_place *places; /* for each location what is known of it; owned */
	struct profile_amount use, alloc, maps_use, maps_alloc;
	struct profile_line *lines; /* of maps; what holds most first; owned; without the
				       executable lines that may be of maps, too */
	size_t nlines, cap;
};

/* Two standard errors of its bytes; whatever a profile says, a number that can be written. */
uint64_t profile_error(const struct profile_amount *a);

/*
 * Reads it; messages call it `name`. Where no executable is given it is the one that the profile
 * names, and when that is not there, or another one, `missing` says so. One that is given has to be
 * the right one. False with err filled; end with profile_free().
 */
bool profile_take(struct profile *p, FILE *in, const char *name, const char *exe,
	struct error *err);
void profile_free(struct profile *p);

#endif
