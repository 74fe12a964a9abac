/* SPDX-License-Identifier: MIT */
/*
 * What a key press costs: the CPU time of the program, the system's part included, from the key
 * to its frame, and the bytes that the terminal gets. Measured on the program itself at a
 * pseudo terminal.
 */
#ifndef BENCH_FRAMES_H
#define BENCH_FRAMES_H

/* A release's maps of 10 entries up to `most`; prints a table beside the bars. */
void bench_frames(char *program, char *release, long most);

/* Points of a timeline of 100,000 operations, gone to in no order. */
void bench_timeline(char *program);

/* From start to end, with one picture. */
void bench_start(char *program);

#endif
