/* SPDX-License-Identifier: MIT */
/* Of the names there are, the one that a mistyped word was probably meant to be. */
#ifndef MODEL_BASE_NEAREST_H
#define MODEL_BASE_NEAREST_H

#include <stddef.h>

#include "model/base/error.h"

/* The word is borrowed; of names as near the first one tried is kept. */
struct nearest {
	const char *word;
	size_t len;
	const char *name;  /* the nearest so far; NULL: none is near; borrowed */
	unsigned distance; /* of it: letters that are wrong, missing, too many or swapped */
};

struct nearest nearest_begin(const char *word, size_t len);
void nearest_try(struct nearest *n, const char *name);

/* `did you mean "NAME"? ` before what there is, or "". */
enum { NEAREST_WORDS = 48 };
const char *nearest_words(const struct nearest *n, char words[NEAREST_WORDS]);

/* Adds `; did you mean "NAME"?` to an error, if one is near; returns false. */
bool nearest_tell(const struct nearest *n, struct error *err);

#endif
