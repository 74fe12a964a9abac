/* SPDX-License-Identifier: MIT */
/*
 * A pull reader of JSON (RFC 8259): a document of any length is read value by value, as its user
 * asks for them, and no more of it is kept than the value at hand.
 *
 * The user goes down the document: pull_value() reads a number or a string whole, of a list or an
 * object the beginning; pull_item() and pull_member() then lead from one of its values to the
 * next. Each value is read, or skipped, before the next is asked for.
 *
 * Nothing in the document is believed: bytes that are no UTF-8, a NUL in a string, values too deep
 * in each other, numbers that fit no 64 bits, two fields of one name are mistakes, and what is not
 * asked for is looked through all the same. After a mistake every function returns false; err has
 * FILE:LINE:COLUMN and what is wrong.
 */
#ifndef MODEL_SOURCE_PULL_H
#define MODEL_SOURCE_PULL_H

#include <stdint.h>
#include <stdio.h>

#include "model/base/error.h"
#include "model/base/text.h"
#include "model/base/work.h"

enum {
	PULL_DEPTH = 2048,  /* lists and objects in each other */
	PULL_FIELDS = 256,  /* of one object */
	PULL_STRING_MOST = 128 << 20, /* bytes */
	PULL_COPY_MOST = 256 << 20,
};

enum pull_kind { PULL_NULL, PULL_FALSE, PULL_TRUE, PULL_INTEGER, PULL_REAL, PULL_STRING, PULL_LIST,
	PULL_OBJECT };

struct pull {
	const char *name;      /* the file's, for messages */
	FILE *in;              /* NULL: all of it is in buf */
	const struct watcher *watcher; /* told of: */
	uint64_t read, size;   /* bytes of the stream; 0: not known */
	char *buf;             /* owned when there is `in` */
	size_t at, end, cap;
	uint64_t line;         /* from 1 on */
	uint64_t passed; /* bytes of this line that buf no longer has, less its start in buf */
	struct text text;      /* the string that was read last */
	int64_t number;        /* or the integer */
	struct text name_of;   /* the name of the member that was read last */
	char *open;            /* the beginnings of what is open, outermost first: [ or { */
	unsigned depth;
	bool first;            /* nothing of the innermost one was read yet */
	struct text names;     /* of the members so far, of all open objects, each with its NUL */
	size_t *frames;        /* where in it the names of each open one begin */
	unsigned *fields;      /* how many names these are */
	struct text *copy;     /* what is read is put there too, from here on: */
	size_t copied;
	bool failed;
	struct error *err;
};

/* Reads a stream, which stays open; or bytes that are there, borrowed, of a document
   read before. */
void pull_open(struct pull *p, FILE *in, const char *name, struct error *err);
void pull_open_text(struct pull *p, const struct text *text, const char *name, struct error *err);
void pull_close(struct pull *p);

/* Who is told how far the stream was read, and may stop that: then it is a mistake. */
void pull_watch(struct pull *p, const struct watcher *watcher);

/* The next value: a scalar whole, else how it begins. */
bool pull_value(struct pull *p, enum pull_kind *kind);

/* Whether another value of the list follows. Its end is read when not. */
bool pull_item(struct pull *p, bool *more);

/* The same for an object: its name is read, the value is next. */
bool pull_member(struct pull *p, bool *more);

/* The rest of a value that was begun. */
bool pull_skip(struct pull *p, enum pull_kind kind);

/* The next value, looked through, as it is written. */
bool pull_copy(struct pull *p, struct text *out);

/* Whether nothing but blanks follows. */
bool pull_end(struct pull *p);

#endif
