/* SPDX-License-Identifier: MIT */
/*
 * What of the map is on the stack, or would be if it did not escape from the function that makes
 * it. The compiler puts the header there, and with a hint of 8 or less, none or a variable one, the
 * first bucket or group: cmd/compile/internal/walk, walkMakeMap. The figures that `go test
 * -benchmem` has of such a map are less by just that.
 */
#ifndef MODEL_SESSION_STACKED_H
#define MODEL_SESSION_STACKED_H

#include "model/session/session.h"

struct stacked {
	bool stays;                       /* it is so; else it would be */
	bool unit;                        /* the first unit, too, and it is in use still */
	uint64_t bytes;                   /* that are on the stack */
	struct account in_use, allocated; /* of the heap then */
};

/* False where that is not known: without a map, and of one that a file or a program has brought. */
bool session_stacked(const struct session *s, struct stacked *out);

#endif
