/* SPDX-License-Identifier: MIT */
/*
 * What the last step changed, as runs of target memory: taken from the journal, so it is what
 * was really written, byte for byte.
 */
#ifndef TUI_VIEW_CHANGES_H
#define TUI_VIEW_CHANGES_H

#include "model/session/session.h"

struct run {
	uint64_t start, end; /* target addresses [start, end) */
};

struct changes {
	struct run *runs; /* sorted, apart from each other */
	size_t count, cap;
	const struct changes *also; /* more of them, kept elsewhere; NULL: none */
};

void changes_free(struct changes *c);
void changes_copy(struct changes *c, const struct changes *from);

/* Adds those. */
void changes_add(struct changes *c, const struct changes *more);

/*
 * What the step that led to the present point changed, or, inside an operation, its last event;
 * nothing when it is not known.
 */
void changes_of_step(struct changes *c, const struct session *s);

/* What has changed since that position of the journal, which is not behind the present one. */
void changes_from(struct changes *c, const struct session *s, size_t journal);

/* The journal's position at an earlier point; false when it does not reach that far. */
bool changes_position(const struct session *s, uint64_t point, size_t *journal);

/* What has changed since an earlier point; false when the journal does not reach that far. */
bool changes_since(struct changes *c, const struct session *s, uint64_t point);

/* Whether any byte of [addr, addr + size) was changed. */
bool changes_touch(const struct changes *c, uint64_t addr, uint64_t size);

#endif
