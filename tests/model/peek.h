/* SPDX-License-Identifier: MIT */
/* A look at the map's memory, in the few words that tests need. */
#ifndef TESTS_MODEL_PEEK_H
#define TESTS_MODEL_PEEK_H

#include "model/map/classic/reading.h"
#include "model/session/session.h"

/* A field of hmap. */
uint64_t peek(const struct session *s, enum hmap_field f);

/* The tophash bytes of a bucket as signs: . emptyRest, o emptyOne, x y e evacuated, # live. */
void peek_tops(const struct session *s, uint64_t addr, const char *want);

/* Buckets in the chain of one, itself included; overflow buckets of all. */
uint64_t peek_chain(const struct session *s, uint64_t bucket);
uint64_t peek_overflow(const struct session *s);

#endif
