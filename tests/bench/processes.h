/* SPDX-License-Identifier: MIT */
/*
 * Processes: how long one is held for a map and for the list, what that takes of our memory, how
 * soon it is on the screen, and how long a name takes in a large executable; where it is
 * installed, beside Delve. Needs Go, which builds what is looked at.
 */
#ifndef BENCH_PROCESSES_H
#define BENCH_PROCESSES_H

#include <stdbool.h>

/* `folder` has the programs that tests/bench/build makes. Maps of `most` entries at most. */
void bench_processes(char *program, const char *folder, long most);

/* frames.c: milliseconds of wall time until the first whole frame stands; then it is left. */
double bench_first_frame(char *program, char *const args[]);

#endif
