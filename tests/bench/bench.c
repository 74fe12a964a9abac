/* SPDX-License-Identifier: MIT */
/*
 * How fast hmapview is: `bench HMAPVIEW ORACLE [MOST [PART]]`. ORACLE is the Go program of
 * tests/oracle, "-" leaves it out. MOST bounds the entries (default ten million). PART is start,
 * frames, timeline or beside; without it all are done.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/bench/beside.h"
#include "tests/bench/frames.h"

int main(int argc, char **argv)
{
	long most = argc > 3 ? atol(argv[3]) : 10000000;
	const char *part = argc > 4 ? argv[4] : NULL;

	if (argc < 3) {
		fprintf(stderr, "usage: bench HMAPVIEW ORACLE|- [MOST [PART]]\n");
		return 2;
	}
	if (!part || strcmp(part, "start") == 0)
		bench_start(argv[1]);
	if (!part || strcmp(part, "frames") == 0)
		bench_frames(argv[1], most);
	if (!part || strcmp(part, "timeline") == 0)
		bench_timeline(argv[1]);
	if (!part || strcmp(part, "beside") == 0)
		bench_beside(argv[1], strcmp(argv[2], "-") == 0 ? NULL : argv[2], most);
	return 0;
}
