/* SPDX-License-Identifier: MIT */
/*
 * Copied memory: spans of a live program's heap, copied while it was held, each at its address. As
 * an image it answers for all of the heap, of which it has what was copied; what lies outside of
 * the heap is read from the program itself, and is taken not to change: types, constants.
 */
#ifndef MODEL_LIVE_COPIED_H
#define MODEL_LIVE_COPIED_H

#include "model/base/table.h"
#include "model/live/live.h"
#include "model/memory/memory.h"

struct copied {
	struct memory memory;      /* its bytes are those of the blocks */
	struct copied_block {
		uint8_t *bytes;
		uint64_t size, used;
	} *blocks;                 /* owned */
	size_t nblocks, blocks_cap;
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

/* The image; both are borrowed. To be closed. */
void copied_image(struct image *im, const struct copied *c, struct live *l);

#endif
