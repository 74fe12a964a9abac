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
	AHEAD_KEYS = 8, /* between a stage and the next */
	AHEAD_MOST = 32 /* hashes that are kept; a power of two, for all stages */
};

/* Zero at first. */
struct look_ahead {
	uint64_t next;              /* the first key whose hash was not taken */
	uint64_t hash[AHEAD_MOST];  /* of the keys before it, by number modulo AHEAD_MOST */
};

/* Key i of a run has its turn. Room for a key of the map's is at `key`. */
void look_ahead(struct session *s, struct look_ahead *a, const struct key_run *r, int64_t i,
	uint8_t *key);

#endif
