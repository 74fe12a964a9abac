/* SPDX-License-Identifier: MIT */
/*
 * The recorded core files (tests/live/record): each with its executable, and what the program said
 * of its maps before it ended.
 */
#ifndef TESTS_RECORDED_H
#define TESTS_RECORDED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct recorded {
	const char *name;
	const char *go, *arch;
	bool named;           /* it has debugging information */
};

extern const struct recorded recordings[];
extern const size_t recordings_count;

/* A map that the program told of. */
struct told {
	char name[64], type[64];
	uint64_t addr, entries;
};

/* Unpacks "core" or "exe" of a recording into the folder; returns its path, to be freed. */
char *recorded_unpack(const struct recorded *r, const char *what, const char *folder);

/* What it told; to be freed. */
struct told *recorded_told(const struct recorded *r, size_t *count);

#endif
