/* SPDX-License-Identifier: MIT */
/*
 * The only source of chance: what the runtime would draw at random comes from here, so that the
 * same seed gives the same bytes, always. Values that a script gave come first: those for the seeds
 * of maps, then those for draws of whatever kind, a map's seed among them.
 */
#ifndef MODEL_HASH_RANDOM_H
#define MODEL_HASH_RANDOM_H

#include <stdbool.h>
#include <stdint.h>

#include "model/memory/journal.h"

enum { RANDOM_QUEUE = 1024 };

/* Values that wait, in a ring from head to tail. */
struct random_queue {
	uint64_t values[RANDOM_QUEUE];
	uint32_t head, tail;
};

/* Changes with time: saved in the journal. */
struct random {
	struct journal *journal;
	uint64_t state;
	struct random_queue seeds; /* of maps to come */
	struct random_queue draws; /* of all kinds */
};

void random_start(struct random *r, struct journal *j, uint64_t seed);

/* One draw of thirty-two random bits: of a given value the low ones. */
uint32_t random_next(struct random *r);

/* One of sixty-four. */
uint64_t random_next64(struct random *r);

/* The next seed of a map, of so many bytes. */
uint64_t random_seed(struct random *r, unsigned bytes);

static inline uint32_t random_waiting(const struct random_queue *q)
{
	return q->tail - q->head;
}

/* The i-th that waits. */
static inline uint64_t random_waits(const struct random_queue *q, uint32_t i)
{
	return q->values[(q->head + i) % RANDOM_QUEUE];
}

/* Queues a value in one of r's; false when RANDOM_QUEUE of them wait already. */
bool random_add(struct random *r, struct random_queue *q, uint64_t value);

/* So many of those that wait are used up. */
void random_pass(struct random *r, struct random_queue *q, uint32_t count);

/* Nothing waits any longer. */
void random_forget(struct random *r, struct random_queue *q);

#endif
