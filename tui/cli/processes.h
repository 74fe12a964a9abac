/* SPDX-License-Identifier: MIT */
/* The processes that are there. */
#ifndef TUI_CLI_PROCESSES_H
#define TUI_CLI_PROCESSES_H

#include <stdbool.h>
#include <stddef.h>

struct processes {
	int *list;         /* by number; owned */
	size_t count, cap;
	size_t denied;     /* more, that may not be looked at */
};

/* This user's, or everybody's; without this one, and without the kernel's. */
void processes_find(struct processes *p, bool all);
void processes_free(struct processes *p);

#endif
