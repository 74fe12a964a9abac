/* SPDX-License-Identifier: MIT */
/*
 * The only source of chance: what the runtime would draw at random comes from here, so that the
 * same seed gives the same bytes, always. Values that a script queued for a map's seed come first.
 */
#ifndef MODEL_HASH_RANDOM_H
#define MODEL_HASH_RANDOM_H

#include <stdbool.h>
#include <stdint.h>

#include "model/memory/journal.h"

enum { RANDOM_QUEUE = 1024 };

/* Changes with time: saved in the journal. */
struct random {
	struct journal *journal;
	uint64_t state;
	uint64_t queue[RANDOM_QUEUE]; /* seeds of maps to come, from head to tail, in a ring */
	uint32_t head, tail;
};

void random_start(struct random *r, struct journal *j, uint64_t seed);

/* Thirty-two random bits. */
uint32_t random_next(struct random *r);

/* Sixty-four of them. */
uint64_t random_next64(struct random *r);

/* The next seed of a map, of so many bytes: a queued one if there is any. */
uint64_t random_seed(struct random *r, unsigned bytes);

/* Queues a value for a map's seed; false when RANDOM_QUEUE of them wait already. */
bool random_queue(struct random *r, uint64_t value);

#endif
