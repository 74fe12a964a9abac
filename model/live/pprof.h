/* SPDX-License-Identifier: MIT */
/*
 * A heap profile as a file holds it: pprof's protobuf, mostly packed by gzip. Of all that it may
 * tell this is what allocations need. Nothing in it is believed: numbers lead to something that is
 * there or to nothing, and there is a most of everything.
 *
 * Sources: github.com/google/pprof/proto/profile.proto, runtime/pprof/protomem.go.
 */
#ifndef MODEL_LIVE_PPROF_H
#define MODEL_LIVE_PPROF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "model/base/error.h"

/* A part of the program's memory that shows a file. */
struct pprof_mapping {
	uint64_t id, from, to, offset, file; /* the file's name: a string */
};

struct pprof_function {
	uint64_t id, name, file;  /* strings */
};

/* A line that an address stands in: of one address the innermost first. */
struct pprof_line {
	uint64_t function, line;  /* the function's number */
};

struct pprof_location {
	uint64_t id, mapping, address; /* 0: not told; the last byte of the call */
	size_t first, lines;      /* of the lines */
};

/* What was allocated with one stack and one size. */
struct pprof_sample {
	size_t first, frames;     /* of the stacks, the innermost first */
	uint64_t alloc_objects, alloc_bytes, use_objects, use_bytes;
	uint64_t size;            /* of an object */
};

struct pprof_string {
	size_t at, len;
};

struct pprof {
	uint8_t *bytes;           /* unpacked; owned, as all that follows */
	size_t size;
	struct pprof_string *strings;
	struct pprof_mapping *mappings;   /* by their numbers, as the next two */
	struct pprof_function *functions;
	struct pprof_location *locations;
	struct pprof_line *lines;
	struct pprof_sample *samples;
	uint64_t *stacks;         /* numbers of locations */
	size_t nstrings, nmappings, nfunctions, nlocations, nlines, nsamples, nstacks;
	uint64_t period;          /* one byte of so many is sampled; 1: all are; 0: not told */
};

/* False with err filled. */
bool pprof_read(struct pprof *p, FILE *in, const char *name, struct error *err);
void pprof_free(struct pprof *p);

/* A string: "" where it is not there; to be freed. */
char *pprof_string(const struct pprof *p, uint64_t i);

/* By their numbers; NULL: there is none. */
const struct pprof_location *pprof_location(const struct pprof *p, uint64_t id);
const struct pprof_function *pprof_function(const struct pprof *p, uint64_t id);
const struct pprof_mapping *pprof_mapping(const struct pprof *p, uint64_t id);

#endif
