/* SPDX-License-Identifier: MIT */
/*
 * Local variables of goroutines that are parked: "main.worker.local", where the function is one
 * that a goroutine stands in, however deep, or one that the compiler made a part of such a one; of
 * a closure what it has caught too. What lives in a register alone is lost while one is parked.
 */
#ifndef MODEL_LIVE_LOCALS_H
#define MODEL_LIVE_LOCALS_H

#include "model/live/live.h"
#include "model/live/variables.h"

/* Why nothing was found, the later the nearer. */
enum locals_why {
	LOCALS_FOUND,
	LOCALS_NOBODY,            /* no goroutine stands in the function */
	LOCALS_RUNS,              /* the same, and there are some that run */
	LOCALS_UNNAMED,           /* the function has no such variable left */
	LOCALS_NOWHERE,           /* where it stands nothing holds it any more, or yet */
	LOCALS_REGISTER,
};

struct locals_miss {
	enum locals_why why;      /* LOCALS_FOUND: no function begins the selector */
	size_t name_len;          /* of the function, in the selector */
	uint64_t goroutine;
};

/* Told of each: the goroutine and the variable, which is to be walked from. */
typedef void local_sink(void *data, uint64_t goroutine, const char *name, uint64_t addr,
	Dwarf_Die *type);

/* Of all goroutines the variables that the selector begins with, in their innermost frame. */
void locals_find(struct live *l, const char *selector, local_sink *sink, void *data,
	struct locals_miss *miss);

#endif
