/* SPDX-License-Identifier: MIT */
/*
 * What the last operation did, in words: the hash, the bucket, the slot, what moved. Read from
 * its trace; nothing is computed again.
 */
#ifndef TUI_STORY_H
#define TUI_STORY_H

#include "model/session.h"

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

/* One event in words. */
void story_event(const struct trace_event *e, struct text *out);

#endif
