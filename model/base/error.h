/* SPDX-License-Identifier: MIT */
/*
 * An error is one line of text for a person: what went wrong, where, and what would be right.
 *
 * A function that can fail takes a struct error as its last argument, fills it and returns
 * false (or NULL). The line is UTF-8 without controls, whatever the input was.
 */
#ifndef MODEL_BASE_ERROR_H
#define MODEL_BASE_ERROR_H

#include <stdbool.h>

struct error {
	char msg[512];
};

/* Fills err with the formatted line, control bytes escaped; always returns false. */
bool fail(struct error *err, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Puts "PREFIX: " before what err says; always returns false. */
bool fail_in(struct error *err, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
