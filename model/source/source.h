/* SPDX-License-Identifier: MIT */
/*
 * A snapshot file in the format "hmapview/1", read and looked through: what -x json wrote, or
 * another program in the same format. Nothing in it is believed before it was looked at: when
 * source_read() is done, all lengths agree with the type, raw bytes with tophashes, arrays with
 * B. Whether a literal fits the raw bytes of its cell is seen when memory is made of it
 * (rebuild.h). Whether the map obeys its laws is not asked here: a map that does not can be
 * looked at, and `check` names what is wrong.
 *
 * A file is read as it comes, and takes about the memory that its maps take; what two snapshots
 * in a row have in common they share.
 */
#ifndef MODEL_SOURCE_SOURCE_H
#define MODEL_SOURCE_SOURCE_H

#include <stdio.h>

#include "model/base/access.h"
#include "model/go/declared.h"
#include "model/map/map.h"
#include "model/live/capture.h"
#include "model/source/buckets.h"
#include "model/source/groups.h"
#include "model/source/loop.h"

#define SOURCE_UNKNOWN "?" /* in keys and elems: not recorded */

/* Values that wait to be drawn. */
struct source_draws {
	uint64_t *values;                    /* owned */
	size_t count;
};

/*
 * What the memory of snapshots is to be read by. The file has one; a snapshot of another type,
 * target or release has its own, in fields of the same names.
 */
struct snapshot_part;

struct source_setting {
	const struct snapshot_part *part;    /* of the design */
	const struct target *target;
	const struct release *release;
	struct maptype *type;                /* owned */
	struct declared declared;            /* that it is read by */
	bool stays;                          /* the map does not escape: map.h */
	bool hashed;                         /* hash and hashkey are there: */
	enum hash_family family;
	uint8_t hashkey[HASHKEY_MOST];
	unsigned hashkey_size;
	uint64_t base;                       /* where its heap begins; 0: where the target has it */
};

struct source_snapshot {
	struct source_setting *setting;      /* one of the source's */
	char *title, *caption;               /* owned; caption NULL when there is none */
	bool has_allocated, has_in_use;      /* not all who write the format know these: */
	struct account allocated, in_use, freed;
	bool has_random;
	uint64_t random;                     /* state of what is drawn by chance */
	struct source_draws seeds;           /* of maps, that wait to be drawn */
	struct source_draws draws;           /* what waits to be drawn by whatever draws */
	struct source_loop loop;             /* the last one */
	char *hashes; /* of its keys, lines; owned; NULL: they are not told */
	struct told_hashes *told; /* the same by its keys, once it is laid out; owned */
	/* The memory, by the setting's design; the other one is empty: */
	struct buckets buckets;
	struct tables tables;
	struct capture *captured;            /* instead of both: from a live program; owned */
};

struct source {
	char *name;                          /* the file's */
	struct source_setting **settings;    /* the file's own first; owned */
	size_t nsettings, settings_cap;
	struct source_snapshot *list;        /* one at least */
	size_t count, cap;
};

/*
 * Reads a stream to its end. NULL with err filled: what is wrong, where, what would be right.
 * source_load() opens a file, "-" is standard input.
 */
struct source *source_read(FILE *in, const char *name, const struct watcher *watcher,
	struct error *err);
struct source *source_load(const struct access *a, const char *name,
	const struct watcher *watcher, struct error *err);
void source_free(struct source *src);

/*
 * The source of captures instead of a file: the first one makes it, others follow. All take the
 * capture, also when they fail.
 */
struct source *source_captured(struct capture *c, struct error *err);
bool source_add_captured(struct source *src, struct capture *c, struct error *err);
bool source_is_captured(const struct source *src);

/* Whether it is a snapshot rather than a script: by its name, or by how it begins. */
bool source_begins(FILE *in, const char *path);
bool source_is_file(const char *path); /* a regular file that begins so */

#endif
