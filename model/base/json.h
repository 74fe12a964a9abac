/* SPDX-License-Identifier: MIT */
/*
 * JSON that is written. Of what jansson leaves in strings as it is, some could steer the terminal
 * that it is printed on: DEL, C1 controls, bidi marks, invisible characters. Here they are escapes,
 * as \u0085, which read the same.
 */
#ifndef MODEL_BASE_JSON_H
#define MODEL_BASE_JSON_H

#include <jansson.h>
#include <stdbool.h>
#include <stdio.h>

/* Memory that jansson does not get ends the program, as everywhere: before anything of it
   is used. */
void json_begin(void);

/*
 * Text that a person may have typed, as a string: what is not UTF-8 in it is U+FFFD. Never NULL.
 * The reference is the caller's.
 */
json_t *json_words(const char *s);

/* Adds the string, which is UTF-8, in its quotes: what json_write() makes of it, for very many. */
struct text;
void json_add_string(struct text *out, const char *s);

/*
 * Writes the value by jansson's flags, and gives the reference back. False when there is no value,
 * as nothing that holds it could be made, or the stream failed.
 */
bool json_write(json_t *value, size_t flags, FILE *out);

#endif
