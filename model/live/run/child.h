/* SPDX-License-Identifier: MIT */
/*
 * A child: a program that was begun here, and is stopped at breakpoints in its code. As it is a
 * child, no privilege is needed. All its threads are traced; signals reach it as if nobody looked,
 * but for an interrupt from the terminal, which ends the run. It never outlives who began it.
 *
 * At a stop the thread that reached it stands; others run on until child_halt().
 */
#ifndef MODEL_LIVE_RUN_CHILD_H
#define MODEL_LIVE_RUN_CHILD_H

#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "model/base/error.h"
#include "model/base/table.h"

struct child_thread {
	pid_t id;
	bool stands;
	bool waits;         /* what it stopped for was not looked at yet: */
	int status;
	int signal;         /* that it gets when it goes on */
};

struct child {
	pid_t pid;
	struct child_thread *list; /* owned */
	size_t count, cap;
	int memory;         /* /proc/PID/mem */
	struct table breaks;       /* by address: the byte that was there */
	sigset_t before;    /* what was blocked before it began */
	bool ends;          /* all its threads are about to end: nobody waits for one of them */
	bool ended;
	int status;         /* as wait() told it then */
};

enum child_event {
	CHILD_BREAK,        /* a thread is at a breakpoint */
	CHILD_ENDS,         /* it is about to end: its memory is still there */
	CHILD_BECAME,       /* it has become another program */
	CHILD_ENDED,
	CHILD_ASKED,        /* somebody wants the run to end */
	CHILD_QUIET,        /* nothing happened for as long as was given */
};

/* What of a thread's registers calls are read by. */
struct child_registers {
	uint64_t pc, sp;
	uint64_t args[4];   /* the first integer arguments; the first is the first result, too */
	uint64_t g;         /* the goroutine that it runs */
};

/*
 * Begins it, stopped before its first instruction. Its standard output is our standard error. False
 * with err filled when there is no such program, or it cannot be run.
 */
bool child_begin(struct child *c, char *const *argv, struct error *err);

/* Kills it, if it is still there. */
void child_end(struct child *c);

/* False where nothing can be written. */
bool child_break(struct child *c, uint64_t addr);

/* Lets it run until something happens. Of a breakpoint, *thread reached it. */
enum child_event child_run(struct child *c, int most_ms, size_t *thread);

/* From here on no thread runs, until child_run(). */
void child_halt(struct child *c);

/* Milliseconds that its threads have run in all; and whether one of them runs, or waits to. */
double child_worked(const struct child *c);
bool child_works(const struct child *c);

/* At a breakpoint pc is its address. `wide`: of 64 bits. */
bool child_registers(const struct child *c, size_t thread, bool wide, struct child_registers *r);

#endif
