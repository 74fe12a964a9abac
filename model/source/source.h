/* SPDX-License-Identifier: MIT */
/*
 * A snapshot file in the format "hmapview/1", read and looked through: what -x json wrote, or
 * another program in the same format. Nothing in it is believed before it was looked at: when
 * source_read() is done, all lengths agree with the type, raw bytes with tophashes, arrays with
 * B. Whether a literal fits the raw bytes of its cell is seen when memory is made of it
 * (rebuild.h). Whether the map obeys its laws is not asked here: a map that does not can be
 * looked at, and `check` names what is wrong.
 */
#ifndef MODEL_SOURCE_SOURCE_H
#define MODEL_SOURCE_SOURCE_H

#include <stdio.h>

#include "model/map/map.h"
#include "model/source/loop.h"

#define SOURCE_UNKNOWN "?" /* in keys and elems: not recorded */

struct source_bucket {
	uint8_t *raw;                        /* all of it, pointers and padding zero; owned */
	char *keys[SLOTS], *elems[SLOTS];    /* literals of live cells; NULL for others; owned */
};

/* A bucket and its overflow buckets. */
struct source_chain {
	struct source_bucket *buckets;
	uint32_t count;
};

struct source_array {
	bool there;                          /* or else the pointer is nil */
	uint64_t count;                      /* 2^B */
	struct source_chain *chains;
	uint64_t overflow;                   /* buckets in chains behind the first */
};

struct source_snapshot {
	char *title, *caption;               /* owned; caption NULL when there is none */
	uint64_t count, flags, B, noverflow, hash0, nevacuate;
	int64_t next_overflow;
	uint64_t old_next_overflow;          /* the same of the old array; 0: not told */
	bool extra;
	bool has_allocated, has_in_use;      /* not all who write the format know these: */
	struct account allocated, in_use, freed;
	struct source_array arrays[2];       /* the new one, the old one */
	bool has_random;
	uint64_t random;                     /* state of what is drawn by chance */
	uint32_t *seeds;                     /* hash0 values that wait to be drawn; owned */
	size_t nseeds;
	struct source_loop loop;             /* the last one */
};

struct source {
	char *name;                          /* the file's */
	const struct target *target;
	const struct release *release;
	struct maptype *type;
	bool hashed;                         /* hash and hashkey are there */
	enum hash_family family;
	uint8_t hashkey[HASHKEY_MOST];
	unsigned hashkey_size;
	struct source_snapshot *list;        /* one at least */
	size_t count;
};

/*
 * Reads a stream to its end. NULL with err filled: what is wrong, where, what would be right.
 * source_load() opens a file, "-" is standard input.
 */
struct source *source_read(FILE *in, const char *name, struct error *err);
struct source *source_load(const char *path, struct error *err);
void source_free(struct source *src);

/* Whether it is a snapshot rather than a script: by its name, or by how it begins. */
bool source_begins(FILE *in, const char *path);
bool source_is_file(const char *path); /* a regular file that begins so */

/* The path of a bucket in the document, such as "snapshots[0].oldbuckets[3][1]". */
void source_place(struct text *out, size_t snapshot, bool old, uint64_t bucket, uint32_t chain);

#endif
