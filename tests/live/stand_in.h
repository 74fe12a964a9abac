/* SPDX-License-Identifier: MIT */
/*
 * A process that stands for the program of the first recorded core: its executable is begun, held
 * before its first instruction, and given the memory of the core; then it waits. So processes are
 * looked at where no Go is.
 */
#ifndef TESTS_STAND_IN_H
#define TESTS_STAND_IN_H

#include <sys/types.h>

struct stand_in {
	pid_t id;             /* 0: there is none, as the machine is none of amd64 */
	char *pid;            /* the same as text, or NULL */
};

extern struct stand_in stand_in;

/* Before and after a test. */
int stand_in_begin(void **state);
int stand_in_end(void **state);

#endif
