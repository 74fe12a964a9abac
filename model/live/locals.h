/* SPDX-License-Identifier: MIT */
/*
 * Local variables of goroutines that are parked: "main.worker.local", where the function is one
 * that a goroutine stands in, however deep. Their frames are walked by the debugging information;
 * what lives in a register alone is not found, and a goroutine that runs has no saved place to
 * begin with.
 *
 * Sources: runtime/runtime2.go (g, gobuf), .debug_frame: the CFA is the stack pointer and a number.
 */
#ifndef MODEL_LIVE_LOCALS_H
#define MODEL_LIVE_LOCALS_H

#include "model/live/live.h"
#include "model/live/variables.h"

/* Told of each: the goroutine and the variable, which is to be walked from. */
typedef void local_sink(void *data, uint64_t goroutine, const char *name, uint64_t addr,
	Dwarf_Die *type);

/* Of all goroutines the variables that the selector begins with, in their innermost frame. */
void locals_find(struct live *l, const char *selector, local_sink *sink, void *data);

#endif
