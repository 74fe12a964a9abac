/* SPDX-License-Identifier: MIT */
/* What the parts of reading a snapshot file share: source.c, setting.c, buckets.c. */
#ifndef MODEL_SOURCE_SOURCE_PARTS_H
#define MODEL_SOURCE_SOURCE_PARTS_H

#include "model/source/source.h"

/* The fields that a setting is made of, as they are written; NULL and UINT64_MAX: not there. */
struct setting_words {
	char *type, *arch, *go, *hash, *hashkey, *format, *engine;
	uint64_t keysize, elemsize, bucketsize;
};

#define SETTING_ROWS(struct_, member) \
	{ .name = "type", .kind = MEMBER_WORD, .offset = offsetof(struct_, member.type) }, \
	{ .name = "arch", .kind = MEMBER_WORD, .offset = offsetof(struct_, member.arch) }, \
	{ .name = "go", .kind = MEMBER_WORD, .offset = offsetof(struct_, member.go) }, \
	{ .name = "engine", .kind = MEMBER_WORD, .offset = offsetof(struct_, member.engine) }, \
	{ .name = "hash", .kind = MEMBER_WORD, .offset = offsetof(struct_, member.hash) }, \
	{ .name = "hashkey", .kind = MEMBER_WORD, .offset = offsetof(struct_, member.hashkey) }, \
	{ .name = "keysize", .kind = MEMBER_NUMBER, .most = INT64_MAX, \
		.offset = offsetof(struct_, member.keysize) }, \
	{ .name = "elemsize", .kind = MEMBER_NUMBER, .most = INT64_MAX, \
		.offset = offsetof(struct_, member.elemsize) }, \
	{ .name = "bucketsize", .kind = MEMBER_NUMBER, .most = INT64_MAX, \
		.offset = offsetof(struct_, member.bucketsize) }

/* One snapshot while it is read. */
struct snapshot_reading {
	struct source *src;
	struct source_snapshot s;
	struct setting_words words;          /* of its own */
	uint64_t seen;                       /* of its fields */
	struct text aside[2];                /* fields that wait for others that they are read by */
};

/* What a snapshot has of one design of the map alone: a row for each, found by the file's engine. */
struct snapshot_part {
	const char *engine;
	const struct members *members;       /* of a struct snapshot_reading */
	void (*start)(struct source_snapshot *s);
	/* When all members were read: reads what was set aside, and what must hold between them. */
	bool (*complete)(struct reading *r, struct snapshot_reading *x);
	void (*free)(struct source_snapshot *s);
};

extern const struct snapshot_part buckets_part;

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

bool setting_same(const struct source_setting *a, const struct source_setting *b);

/* What the snapshot's memory is read by, from now on. NULL with err filled. */
const struct source_setting *snapshot_setting(struct reading *r, struct snapshot_reading *x);

/* The snapshot before it, when it has the same setting; else NULL. */
const struct source_snapshot *snapshot_before(const struct snapshot_reading *x);

#endif
