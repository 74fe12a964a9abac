/* SPDX-License-Identifier: MIT */
/*
 * A large map is bound by memory: what the keys of a run will need is asked for early, in stages,
 * and comes while the keys before them have their turn.
 */
#ifndef MODEL_SESSION_AHEAD_H
#define MODEL_SESSION_AHEAD_H

#include "model/session/run.h"
#include "model/session/session.h"

enum {
	AHEAD_KEYS = 8,     /* between a stage and the next */
	AHEAD_MOST = 32     /* hashes that are kept; a power of two, for all stages */
};

/* A key that was made ahead of its turn. */
struct kept_key {
	uint8_t len;                    /* of a string's text; */
	uint8_t bytes[VALUE_TEXT_MOST]; /* that, or those of a short key that leads nowhere */
};

struct look_ahead {
	uint64_t first, next;           /* keys that were hashed, as far as they are kept; at first
					   both are the run's first key */
	struct hashed hash[AHEAD_MOST]; /* by number modulo AHEAD_MOST, and the keys */
	struct kept_key keys[AHEAD_MOST];
};

/* Key i of a run has its turn: it is brought to `key`, where there is room for one. */
bool ahead_key(struct session *s, struct look_ahead *a, const struct key_run *r,
	const struct value_home *home, int64_t i, uint8_t *key, struct error *err);

/* After each run. */
void ahead_end(struct session *s);

#endif
