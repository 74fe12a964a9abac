/* SPDX-License-Identifier: MIT */
/* The registers of a thread that stands: the only part of a run that depends on the machine. */
#ifndef MODEL_LIVE_RUN_REGISTERS_H
#define MODEL_LIVE_RUN_REGISTERS_H

#include "model/live/run/child.h"

/* Whether this machine's are known here. */
bool registers_known(void);

bool registers_read(pid_t id, bool wide, struct child_registers *r);
bool registers_pc(pid_t id, uint64_t *pc);
bool registers_set_pc(pid_t id, uint64_t pc);

/*
 * Does what the instruction at pc would do, where it is one of those that functions begin and
 * return with: `code` is what stands there without a breakpoint. Else false: it has to be stepped
 * over.
 */
enum { CODE_MOST = 8 };
bool registers_pass(pid_t id, int memory, const uint8_t code[CODE_MOST]);

/* Whether the thread that is about to end takes all others with it. */
bool registers_end_all(pid_t id);

#endif
