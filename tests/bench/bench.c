/* SPDX-License-Identifier: MIT */
/*
 * How fast hmapview is: `bench HMAPVIEW ORACLES [MOST [PART]]`. ORACLES is a folder with the Go
 * program of tests/oracle, built with each of the releases and named for it; in its folder
 * `processes` are those of tests/bench/build; "-" leaves them out. MOST bounds the entries (default
 * ten million). PART is start, frames, timeline, beside or processes; without it all are done.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/bench/beside.h"
#include "tests/bench/frames.h"
#include "tests/bench/processes.h"

/* One of each design of the map. */
static char *const releases[] = { "1.19", "1.27" };

enum { RELEASES = sizeof releases / sizeof *releases };

static void bench_release(char *program, const char *oracles, char *release, long most)
{
	struct beside b = { .program = program, .release = release };
	char oracle[4096];

	snprintf(oracle, sizeof oracle, "%s/%s", oracles, release);
	if (strcmp(oracles, "-") != 0)
		b.oracle = oracle;
	bench_beside(&b, most);
}

static void bench_live(char *program, const char *oracles, long most)
{
	char folder[4096];

	snprintf(folder, sizeof folder, "%s/processes", oracles);
	bench_processes(program, folder, most);
}

int main(int argc, char **argv)
{
	long most = argc > 3 ? atol(argv[3]) : 10000000;
	const char *part = argc > 4 ? argv[4] : NULL;

	if (argc < 3) {
		fprintf(stderr, "usage: bench HMAPVIEW ORACLES|- [MOST [PART]]\n");
		return 2;
	}
	if (!part || strcmp(part, "start") == 0)
		bench_start(argv[1]);
	for (int i = 0; i < RELEASES && (!part || strcmp(part, "frames") == 0); i++)
		bench_frames(argv[1], releases[i], most);
	if (!part || strcmp(part, "timeline") == 0)
		bench_timeline(argv[1]);
	for (int i = 0; i < RELEASES && (!part || strcmp(part, "beside") == 0); i++)
		bench_release(argv[1], argv[2], releases[i], most);
	if (!part || strcmp(part, "processes") == 0)
		bench_live(argv[1], argv[2], most);
	return 0;
}
