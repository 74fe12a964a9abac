/* SPDX-License-Identifier: MIT */
/*
 * A look at a running process that is as good as one while it is held, but holds it only for one
 * copy. What is read while it runs is kept, page by page, each read but once. Then the process is
 * held, and just these pages are copied again, all at once. When they are the same, all that was
 * read was of that moment, and so is what was found out of it. When they are not, the copies take
 * their place, and it is found out once more, by them alone; what is missing then is copied the
 * next time, with what is near: what changes fast is found there.
 *
 * Pages of mappings that nobody may write to are taken not to change. Our memory is bounded: at
 * most 512 MB of pages, and as much for the copy.
 */
#ifndef MODEL_LIVE_LOOK_H
#define MODEL_LIVE_LOOK_H

#include "model/live/image.h"

struct look {
	struct image *im;         /* borrowed */
	uint64_t *numbers;        /* pages that are copied, ascending; owned, as are these: */
	bool *there;              /* which of them could be */
	uint8_t *bytes;
	size_t count, cap;
	uint64_t size;            /* of the bytes */
};

/* From now on all that is read of the image is kept. False where a look is not needed, as nothing
   changes there. */
bool look_begin(struct look *k, struct image *im);

/* Before the process is held: what is to be copied, or all that is near to it, and memory for it.
   False when that is too much. */
bool look_prepare(struct look *k, bool wide);

/* While it is held. */
void look_copy(struct look *k);

/* Afterwards: whether all was the same, and nothing missing. Otherwise only what was copied is
   read from now on, as long as the image's mode is not changed. */
bool look_settle(struct look *k);

/* The same while it is still held: what is missing is read from it. */
void look_settle_held(struct look *k);

/* Whether something was read that was not there to be read. */
bool look_lacks(const struct look *k);

/* The image is as it was before. */
void look_end(struct look *k);

#endif
