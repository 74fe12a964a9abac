/* SPDX-License-Identifier: MIT */
/*
 * The stacks of goroutines that are parked, frame by frame, by the debugging information. One that
 * runs has no saved place to begin with.
 *
 * Sources: runtime/runtime2.go (g, gobuf), .debug_frame: the CFA is the stack pointer and a number.
 */
#ifndef MODEL_LIVE_STACKS_H
#define MODEL_LIVE_STACKS_H

#include "model/live/live.h"

/* What of the debugging information they need. */
struct stacks {
	uint64_t sp, pc, syscall_sp, syscall_pc, status, id; /* where runtime.g has them */
	uint64_t all;             /* runtime.allgs, as linked; 0: it is not told */
	uint64_t running;         /* goroutines that could not be walked as they run, */
	uint64_t runs;            /* of which this is one */
};

struct frame {
	uint64_t goroutine;
	uint64_t pc;              /* as linked; of a caller, within the call */
	uint64_t sp, cfa;         /* what it has of the stack is between them, */
	uint64_t caller_cfa; /* and from there to here its caller's; cfa where that is not told */
};

/* Shown every entry at the top of a unit, it finds what it needs. */
void stacks_see(struct stacks *s, struct live *l, Dwarf_Die *die);

/* Told of each frame, the innermost first; false ends that goroutine's. */
typedef bool frame_sink(void *data, const struct frame *f);
void stacks_walk(struct stacks *s, struct live *l, frame_sink *sink, void *data);

/* The type of a variable or member, its own or that of what it is an instance of. */
bool dwarf_type_of(Dwarf_Die *die, Dwarf_Die *type);

#endif
