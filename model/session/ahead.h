/* SPDX-License-Identifier: MIT */
/*
 * A large map is bound by memory: what the keys of a run will need is asked for early, in stages,
 * and comes while the keys before them have their turn. That is done for a block of keys at once,
 * so that the host looks for all of their pages at the same time.
 */
#ifndef MODEL_SESSION_AHEAD_H
#define MODEL_SESSION_AHEAD_H

#include "model/session/run.h"
#include "model/session/session.h"

enum {
	AHEAD_KEYS = 8,                          /* of a block; a stage is one block ahead */
	AHEAD_MOST = (AHEADS + 1) * AHEAD_KEYS   /* hashes that are kept */
};

/* A key that was made ahead of its turn. */
struct kept_key {
	uint8_t bytes[VALUE_TEXT_MOST]; /* of a short key that leads nowhere, or a string's text */
	uint8_t len;                    /* of that */
};

enum kept { KEPT_NOTHING, KEPT_BYTES, KEPT_TEXT };

/* Keys are counted from the first of the run. */
struct look_ahead {
	const struct key_run *run;
	enum kept kept;                 /* of each key */
	uint64_t since, known;          /* the keys between these were hashed; kept are the last */
	uint64_t due;                   /* the key that the next block begins with */
	struct hashed hash[AHEAD_MOST]; /* by number modulo AHEAD_MOST, and the keys */
	struct kept_key keys[AHEAD_MOST];
};

void ahead_begin(struct look_ahead *a, const struct session *s, const struct key_run *r);

/* The key with that number has its turn: it is brought to `key`, where there is room for one. */
bool ahead_key(struct session *s, struct look_ahead *a, const struct value_home *home,
	int64_t number, uint8_t *key, struct error *err);

/* After each run. */
void ahead_end(struct session *s);

#endif
