/* SPDX-License-Identifier: MIT */
/*
 * Calls of the runtime's map functions in a program's code: which one an instruction calls, and on
 * maps of which type. The compiler passes the type's descriptor, whose address stands in an
 * instruction before the call; in generic code it comes from elsewhere, and is not told.
 */
#ifndef MODEL_LIVE_MAP_CALL_H
#define MODEL_LIVE_MAP_CALL_H

#include "model/live/fit.h"
#include "model/live/functions.h"

enum map_work {
	MAP_WORK_NONE,            /* no function of maps */
	MAP_WORK_HEADER,          /* a new map without anything */
	MAP_WORK_MAKE,            /* one for as many as a hint says */
	MAP_WORK_ASSIGN,
	MAP_WORK_DELETE, MAP_WORK_CLEAR,
	MAP_WORK_COPY,
	MAP_WORK_READ,            /* a lookup */
	MAP_WORK_RANGE,
	MAP_WORK_INSIDE,          /* a part of one of these */
};

/* What a function of that name does. */
enum map_work map_work_of(const char *function);

/* A function of the runtime, whose frames profiles leave out. */
bool is_runtime(const char *function);
bool begins(const char *s, const char *with);

struct map_call {
	enum map_work work;
	char *function;           /* that is called; owned; NULL: not told */
	const struct map_type *type; /* NULL: not told */
};

/*
 * The call that returns to that address; false when it is none that tells whom it calls.
 * Addresses are those in memory.
 */
bool map_call_before(struct functions *f, const struct map_types *types, uint64_t back,
	struct map_call *c);
void map_call_free(struct map_call *c);

#endif
