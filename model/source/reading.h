/* SPDX-License-Identifier: MIT */
/*
 * JSON documents of unknown origin, read as they come: values are taken by what they should be.
 * What is not so gets a line that says where it is (by its path, such as snapshots[0].B), what it
 * is and what would be right. All these return false when they have filled err.
 *
 * An object is read by a table, a row for each field that is known; others are looked through.
 * Fields may come in any order: one that cannot be understood before another is set aside.
 */
#ifndef MODEL_SOURCE_READING_H
#define MODEL_SOURCE_READING_H

#include <stdint.h>

#include "model/base/error.h"
#include "model/base/text.h"
#include "model/source/pull.h"

#define READING_FORMAT "hmapview/1"

enum { READING_DEPTH = 16 }; /* of what is known of a document */

/* A step down a path: a member, or an item of a list. */
struct step {
	const char *name;      /* NULL: an item */
	uint64_t item;
};

struct reading {
	const char *name;      /* the file's */
	struct pull *pull;
	struct step where[READING_DEPTH]; /* the path of the value that is read */
	unsigned depth;
	struct error *err;
};

enum member_kind {
	MEMBER_NUMBER,   /* into a uint64_t: a number from least to most */
	MEMBER_HEX,      /* into a uint64_t: "0x" and at most that many hexadecimal digits */
	MEMBER_WORD,     /* into a char *, owned: a string */
	MEMBER_LINES,    /* into a char *, owned: a list of strings, a line each */
	MEMBER_FLAG,     /* into a bool */
	MEMBER_OTHER,    /* by a function, which reads the value */
};

struct member {
	const char *name;
	enum member_kind kind;
	bool needed;
	size_t offset;         /* in what is filled */
	int64_t least;
	uint64_t most;         /* of a number; digits */
	bool (*read)(struct reading *r, void *into);
	const char *want;      /* what that reads, in words */
};

/* Rows of a number or flag in a struct, and of what a function reads; all rows of a table. */
#define MEMBER_NUMBER_AT(word, of, f, from, to) \
	{ .name = word, .kind = MEMBER_NUMBER, .needed = true, .least = from, .most = to, \
		.offset = offsetof(struct of, f) }
#define MEMBER_READ(word, function, must, words) \
	{ .name = word, .kind = MEMBER_OTHER, .needed = must, .read = function, .want = words }
#define MEMBERS(rows) { rows, sizeof rows / sizeof *rows, NULL, NULL }

/* The rows of an object, one for each bit of `seen`, 64 at most; more of them behind these. */
struct members {
	const struct member *list;
	unsigned count;
	const struct members *more;
	/* Whether these rows are of what `into` is by now; they are unknown otherwise. NULL:
	 * always. */
	bool (*apply)(const void *into);
};

/*
 * Reads an object into what `into` points to; the path leads to it. *seen gets a bit for each row
 * whose field was there, also while the object is read.
 */
bool reading_object(struct reading *r, const struct members *fields, void *into, uint64_t *seen);

/* The rest of an object whose beginning was read. */
bool reading_members(struct reading *r, const struct members *fields, void *into, uint64_t *seen);

/* What is wrong with the value that the path leads to. */
bool reading_wrong(struct reading *r, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* A step down the path, "name" or "[3]", and one up. The name is borrowed for as long. What was
   handed in comes back, to say what is wrong there. */
struct reading *reading_enter(struct reading *r, const char *name);
struct reading *reading_enter_item(struct reading *r, uint64_t i);
void reading_leave(struct reading *r);

/* The path in words, such as snapshots[0].B. */
void reading_path(const struct reading *r, struct text *out);

/* Reads a value, which must be of that kind. */
bool reading_value(struct reading *r, enum pull_kind want);

/*
 * Reads a list: what `read` takes one by one, each with its number; the path leads to it. With
 * reading_items() the list's beginning was read.
 */
typedef bool reading_item(struct reading *r, uint64_t i, void *into);
bool reading_list(struct reading *r, reading_item *read, void *into);
bool reading_items(struct reading *r, reading_item *read, void *into);

/* Reads a value of that kind, or null: *there tells. `want` says in words what is expected. */
bool reading_or_null(struct reading *r, enum pull_kind kind, const char *want, bool *there);

/* The string just read, "0x" and at most so many hexadecimal digits, 16 at most. */
bool reading_hex_text(struct reading *r, unsigned digits, uint64_t *out);

/* Reads a string as a new one. */
bool reading_string(struct reading *r, char **out);

/* Bytes, two hexadecimal digits each, just so many. */
bool reading_bytes(struct reading *r, const struct text *hex, uint8_t *out, size_t size);

/* A kind in words, such as "a list". */
const char *pull_word(enum pull_kind kind);

#endif
