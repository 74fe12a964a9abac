/* SPDX-License-Identifier: MIT */
/*
 * JSON documents of unknown origin: values are taken out of them by what they should be. What is
 * not so gets a line that says where it is (by its path, such as snapshots[0].B), what it is and
 * what would be right. All these return false, or NULL, when they have filled err.
 */
#ifndef MODEL_SOURCE_READING_H
#define MODEL_SOURCE_READING_H

#include <jansson.h>
#include <stdint.h>
#include <stdio.h>

#include "model/base/error.h"
#include "model/base/text.h"

#define READING_FORMAT "hmapview/1"

enum { READING_MOST = 256 << 20 }; /* bytes of a file */

struct maptype;

struct reading {
	const char *name;      /* the file's */
	struct text where;     /* the path of the value that is read; free it in the end */
	const struct maptype *type; /* for who reads buckets: their layout, */
	uint8_t *mask;              /* and enum gotype_byte for each of their bytes */
	struct error *err;
};

/* Reads a stream to its end as one JSON value. */
json_t *reading_document(FILE *in, const char *name, struct error *err);

/* What is wrong with the value that the path leads to. */
bool reading_wrong(struct reading *r, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* A step down the path, "name" or "[3]"; reading_leave() goes back to what it returned. */
size_t reading_enter(struct reading *r, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
void reading_leave(struct reading *r, size_t was);

/* Whether the value is there and of that type; JSON_TRUE stands for both booleans. */
bool reading_is(struct reading *r, const json_t *value, json_type type);

/* The field of an object, of that type. */
const json_t *reading_field(struct reading *r, const json_t *object, const char *name,
	json_type type);
bool reading_number(struct reading *r, const json_t *object, const char *name, int64_t least,
	uint64_t most, uint64_t *out);

/* A string of "0x" and hexadecimal digits, at most that many. */
bool reading_hex(struct reading *r, const json_t *object, const char *name, unsigned digits,
	uint64_t *out);

/* Hexadecimal digits as bytes, just so many. */
bool reading_bytes(struct reading *r, const char *hex, uint8_t *out, size_t size);

/* A type in words, such as "a list". */
const char *json_word(json_type type);

#endif
