/* SPDX-License-Identifier: MIT */
/* Compares what the model makes of a script with what the real runtime made of it. */
#ifndef TESTS_MODEL_COMPARE_H
#define TESTS_MODEL_COMPARE_H

#include <jansson.h>
#include <stdbool.h>

/*
 * Runs SCRIPT.hm and compares every field with SCRIPT.json beside it. On a difference returns
 * false and says on standard error where the first one is.
 */
bool compare_recording(const char *script, bool history);

/* Whether two values of JSON have the same in every field that both have; says where not. */
bool compare_values(const char *name, const json_t *want, const json_t *got);

struct compare_sum {
	unsigned long files, differences;
};

/* All recordings of a folder. */
struct compare_sum compare_folder(const char *folder);

#endif
