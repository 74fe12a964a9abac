/* SPDX-License-Identifier: MIT */
/*
 * Copied memory: spans of a live program's heap, copied while it was held, each at its address. As
 * an image it answers for all of the heap, of which it has what was copied; what lies outside of
 * the heap is read from the program itself, and is taken not to change: types, constants.
 *
 * The bytes are those of a file in memory, so that a heap can show them without a second copy;
 * where the system gives none they are just memory.
 */
#ifndef MODEL_LIVE_COPIED_H
#define MODEL_LIVE_COPIED_H

#include "model/base/table.h"
#include "model/live/live.h"
#include "model/memory/memory.h"

/* That copying takes, on a machine that is not idle, in milliseconds. */
static inline double copied_ms(uint64_t bytes)
{
	return 1 + (double)bytes * 0.8e-6;
}

struct copied {
	struct memory memory;      /* its bytes are these, its file this one; both owned */
	uint8_t *bytes;
	uint64_t size;             /* bytes that there could be, */
	uint64_t ready, used;      /* that are made, and used */
};

/* The spans that are to be copied, by where they begin. */
struct wanted {
	uint64_t *list;            /* owned */
	size_t count, cap;
	struct table known;
	uint64_t bytes;
};

void wanted_free(struct wanted *w);
void wanted_add(struct wanted *w, const struct span *s);

/* Memory for so many bytes that no longer has to be made when it is written to. */
void copied_reserve(struct copied *c, uint64_t bytes);
void copied_free(struct copied *c);

/* Copies all that are wanted, from the program as it is now; those that are no spans any more, and
   what cannot be read, are left out. */
void copied_take(struct copied *c, struct live *l, const struct wanted *w);

/* One more part of memory, outside of spans or within; apart from all others. */
void copied_add(struct copied *c, struct live *l, uint64_t from, uint64_t size);

/* Nothing more will be copied. What a heap shows is not to be counted twice as memory of ours. */
void copied_rest(struct copied *c);

/* The image; both are borrowed. To be closed. */
void copied_image(struct image *im, const struct copied *c, struct live *l);

#endif
