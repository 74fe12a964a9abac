/* SPDX-License-Identifier: MIT */
/*
 * The threads of a process, held: all of them stopped by ptrace, so that its memory is of one
 * moment. PTRACE_SEIZE sends no signal, so nobody but the kernel sees it; when whoever holds ends
 * in whatever way, the kernel lets all threads go on.
 */
#ifndef MODEL_LIVE_THREADS_H
#define MODEL_LIVE_THREADS_H

#include <sys/types.h>

#include "model/base/error.h"

struct threads {
	pid_t pid;
	struct thread {
		pid_t id;
		int signal;   /* that it was about to get when it stopped; 0: none */
		bool stopped, gone;
	} *list;              /* owned */
	size_t count, cap;
};

/*
 * Stops all of them. False with err filled when that cannot be done: none is held then. The error
 * number of what was refused is in *number, or 0.
 */
bool threads_hold(struct threads *t, pid_t pid, int *number, struct error *err);

/* All go on, with the signals that they were to get. */
void threads_release(struct threads *t);

#endif
