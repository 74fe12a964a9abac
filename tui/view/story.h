/* SPDX-License-Identifier: MIT */
/*
 * What the last operation did, in words: the hash, the bucket, the slot, what moved. Read from
 * its trace; nothing is computed again.
 */
#ifndef TUI_VIEW_STORY_H
#define TUI_VIEW_STORY_H

#include "model/session/session.h"

enum { STORY_LINES = 4 };

struct story {
	struct text lines[STORY_LINES]; /* the first one says most */
	int count;
};

/*
 * The story of the last lookup, or else of the step that led to the present point; in fewer words
 * when width is small. A line may still be longer.
 */
void story_tell(struct story *st, const struct session *s, int width);
void story_free(struct story *st);

/* What was done, as typed; of a key or elem that is very long its beginning. */
void story_label(struct text *out, const char *label);

/*
 * Adds to the label in the first line, and lines below, what a range did; false when the
 * operation was none.
 */
bool story_range(struct story *st, const struct session *s, const struct trace_event *list,
	size_t n);

/*
 * In one line, what the last of the first n events did, or its slot number `slots` when that is
 * not 0. The memory is shown as it is just then: keys are read there.
 */
void story_step(const struct session *s, const struct trace_event *list, size_t n, unsigned slots,
	struct text *out);

/* The low bits of a hash that choose the bucket, as digits: at most 16 of them. */
void story_add_bits(struct text *out, uint64_t index, unsigned B);

#endif
