/* SPDX-License-Identifier: MIT */
/*
 * A running process as an image: its memory by process_vm_readv, its mappings and AT_ENTRY from
 * /proc. It may be read while it runs; process_hold() stops it so that what is read is of one
 * moment. Nothing is ever written into it.
 */
#ifndef MODEL_LIVE_PROCESS_H
#define MODEL_LIVE_PROCESS_H

#include "model/live/image.h"
#include "model/live/threads.h"

struct process {
	int pid;
	struct threads threads;   /* held ones */
	bool held;
	bool stopped;             /* it stands still already, as who debugs it has stopped it */
};

/* The image of process N, which runs a program of ptrsize. False with err saying why not, and
   what helps. */
bool process_open(struct image *im, int pid, unsigned ptrsize, struct error *err);

/* Whether there is such a process that may be looked at: else err says why not. */
bool process_check(int pid, struct error *err);

/* Stops all its threads; process_release() lets them go on. Both do nothing to other images. */
bool process_hold(struct image *im, struct error *err);
void process_release(struct image *im);

/* Whether it is still there; else err says that it has ended. */
bool process_lives(const struct image *im, struct error *err);

#endif
