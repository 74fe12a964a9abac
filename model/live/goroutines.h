/* SPDX-License-Identifier: MIT */
/*
 * The goroutines of a program, without debugging information: runtime.allgs, which a symbol tells,
 * or which is found as what it is, a slice of things that lead to themselves (g.sched.g).
 *
 * Source: runtime/runtime2.go, types g, gobuf, m; runtime/proc.go;
 * runtime/defs_linux_amd64.go, defs_linux_386.go: what the kernel saves for a signal.
 */
#ifndef MODEL_LIVE_GOROUTINES_H
#define MODEL_LIVE_GOROUTINES_H

#include "model/live/live.h"

enum { GOROUTINE_RUNNING = 2, GOROUTINE_SYSCALL = 3, GOROUTINE_DEAD = 6 };

struct goroutine {
	uint64_t at, id;          /* its g, its number */
	unsigned status;          /* without the collector's mark */
	uint64_t from, to;        /* what it uses of its stack, or more: of one that runs the stack
				     pointer is not always known */
	uint64_t pc;              /* where it is at `from`; 0: not known */
	bool on_thread;           /* it runs on its own stack: it may be anywhere there */
};

struct goroutines {
	struct goroutine *list;   /* owned; without those that are dead */
	size_t count, cap;
};

/* False when they are not found. */
bool goroutines_find(struct goroutines *all, struct live *l);
void goroutines_free(struct goroutines *all);

#endif
