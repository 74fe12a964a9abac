/* SPDX-License-Identifier: MIT */
/* The recorded core files, unpacked for a test program, and what hmapview says of them. */
#ifndef TESTS_CORES_H
#define TESTS_CORES_H

#include <jansson.h>

#include "tests/cli/program.h"
#include "tests/live/recorded.h"
#include "tests/tui/scratch.h"

#define ARGS(...) ((const char *const[]){__VA_ARGS__, NULL})

enum { CORES_MOST = 8 };

/* Of each recording by its number: where they were unpacked to, once for all tests. */
struct cores {
	struct scratch folder;
	char *core[CORES_MOST], *exe[CORES_MOST];
};

extern struct cores cores;

/* Before and after all tests. */
int cores_unpack(void **state);
int cores_forget(void **state);

/* The list of its maps; a string of an object; both of JSON. */
json_t *cores_list(size_t i);
const char *string_of(json_t *object, const char *name);

/* Keys of a bucket, of a group's slots, or of all of a snapshot. */
size_t count_keys(json_t *v);

/* One of its maps as JSON; in any format, as a view, after a script: NULL where there is none. */
struct outcome cores_map(size_t i, const char *map);
struct outcome cores_look(size_t i, const char *map, const char *format, const char *view,
	const char *script);

#endif
