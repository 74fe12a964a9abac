/* SPDX-License-Identifier: MIT */
/*
 * What the parts of snapshot files share: reading (source.c, setting.c and a file for each
 * design), making a map again (rebuild.c and its like), writing (snapshot.c).
 */
#ifndef MODEL_SOURCE_SOURCE_PARTS_H
#define MODEL_SOURCE_SOURCE_PARTS_H

#include "model/source/kept_units.h"
#include "model/source/source.h"

/*
 * Sizes that follow from a map's type, by the names they are written under. A design or a release
 * has some of them.
 */
#define SIZES_TABLE(X) \
	X(KEY, "keysize") \
	X(ELEM, "elemsize") \
	X(BUCKET, "bucketsize") \
	X(GROUP, "groupsize") \
	X(SLOT, "slotsize") \
	X(KEYS_OFF, "keysoff") \
	X(KEY_STRIDE, "keystride") \
	X(ELEMS_OFF, "elemsoff") \
	X(ELEM_STRIDE, "elemstride") \
	X(ELEM_OFF, "elemoff") \
	X(POINTERS, "group_ptrdata") \
	X(FLAGS, "mapflags")

enum size_word {
#define X(id, name) SIZE_##id,
	SIZES_TABLE(X)
#undef X
	SIZE_WORDS,
};

#define SIZE_NONE UINT64_MAX

/* The fields that a setting is made of, as they are written; NULL and SIZE_NONE: not there. */
struct setting_words {
	char *type, *types, *arch, *go, *hash, *hashkey, *format, *engine, *escape;
	uint64_t sizes[SIZE_WORDS];
};

/* Of a struct that begins with a struct setting_words. */
enum { SETTING_ROWS = 9 + SIZE_WORDS };
extern const struct member setting_rows[SETTING_ROWS];

/* One snapshot while it is read. */
struct snapshot_reading {
	struct setting_words words;          /* of its own */
	struct setting_words settled;        /* those of them that its setting was made of */
	struct source *src;
	struct source_snapshot s;
	uint64_t seen;                       /* of its fields */
	struct text aside[2];                /* fields that wait for others that they are read by */
};

struct rebuilding;

/* What snapshots have of one design of the map alone: a row for each. */
struct snapshot_part {
	const char *engine;                  /* as files name it */
	bool hex_seeds; /* seeds are written in digits, with 0x, not as numbers */

	/* Writing. Members are followed by ", ". */
	void (*sizes)(const struct maptype *t, uint64_t sizes[SIZE_WORDS]); /* all are SIZE_NONE */
	void (*add_type)(const struct maptype *t, struct text *out); /* what is no size; or NULL */
	void (*add_header)(const struct map *m, struct text *out);
	void (*add_loop)(const struct map *m, struct text *out); /* its own members of "range" */
	struct unit_walker units;

	/* Reading. Members are of a struct snapshot_reading. */
	const struct members *members;       /* the last one's have no more behind them */
	const struct members *loop;          /* those of "range" */
	/* When all members were read: reads what was set aside, and what must hold between them. */
	bool (*complete)(struct reading *r, struct snapshot_reading *x);
	uint64_t (*entries)(const struct source_snapshot *s);

	/* Making a map of it: rebuild_parts.h. */
	bool (*fill)(struct rebuilding *r);
	/* Whether it is to be done again, as what is in use tells more; or NULL. */
	bool (*guess_again)(struct rebuilding *r);
	/* The position of the loop, which is under way; false when it is not known. */
	bool (*place_loop)(const struct rebuilding *r, struct range_loop *out);
};

extern const struct snapshot_part buckets_part, groups_part;

/* The design that a type, or a file's word, names; of a word that is unknown NULL. */
const struct snapshot_part *part_of(const struct maptype *t);
const struct snapshot_part *part_find(const char *engine);

void setting_words_start(struct setting_words *w);
void setting_words_free(struct setting_words *w);

/*
 * Makes a setting of them; what they leave out is as `above` has it, or missing when that is NULL.
 * NULL with err filled.
 */
struct source_setting *setting_make(struct reading *r, const struct setting_words *w,
	const struct source_setting *above);
void setting_free(struct source_setting *set);

/* Words that came after the setting was made: of the hash, and of sizes, which must agree. */
bool setting_complete(struct reading *r, const struct setting_words *w,
	const struct source_setting *above, struct source_setting *set);

/* Of a source the setting: the last one, where that is the same, else this. Takes it. */
struct source_setting *source_settle(struct source *src, struct source_setting *set);

bool setting_same(const struct source_setting *a, const struct source_setting *b);

/* As JSON members. */
void setting_add_sizes(const struct maptype *t, struct text *out);

/* What the snapshot's memory is read by, from now on. NULL with err filled. */
const struct source_setting *snapshot_setting(struct reading *r, struct snapshot_reading *x);

/* Whether a struct snapshot_reading is of that design, for their members. */
bool reading_buckets(const void *into);
bool reading_groups(const void *into);

/* The snapshot before it, when it has the same setting; else NULL. */
const struct source_snapshot *snapshot_before(const struct snapshot_reading *x);

#endif
