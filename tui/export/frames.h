/* SPDX-License-Identifier: MIT */
/*
 * Frames: the moments of a timeline that a storyboard or a recording shows, one after another, from
 * the first operation to the last.
 *
 *     ops        after each operation and lookup
 *     events     after each event inside of operations
 *     growth     when a growth starts, after each part of it, when it is over
 *     snapshots  at each `snapshot`
 *     captions   at each `caption`, where the lookup before it is shown
 *
 * The session is moved along, one frame at a time: it stands at the frame that was asked for last,
 * and nothing of those before is kept. Moments without a map are passed over.
 */
#ifndef TUI_EXPORT_FRAMES_H
#define TUI_EXPORT_FRAMES_H

#include "model/session/session.h"
#include "tui/view/changes.h"
#include "model/session/stand.h"

enum frames_kind { /* ORDER FRAMES */
	FRAMES_NONE, FRAMES_OPS, FRAMES_EVENTS, FRAMES_GROWTH, FRAMES_SNAPSHOTS,
	FRAMES_CAPTIONS,
};

enum { FRAMES_MOST = 10000 }; /* shown; who wants more wants another kind */

struct frames {
	struct session *s;
	enum frames_kind kind;
	struct stand home;   /* where the session stood: its point is the last that is shown */
	uint64_t count;      /* frames up to this one; the first is number 1 */
	uint64_t since;      /* the point of the frame before this one */
	size_t journal;      /* where what this frame shows begins in the journal */
	size_t entry;        /* kinds ops and events: commands before this one had their turn */
	size_t snapshot;     /* kind snapshots: how many there were */
	size_t said;         /* kind captions: the same */
	size_t captions;     /* how many captions have had their turn */
	const char *caption; /* what was said since the frame before this one; NULL for nothing */
	size_t event;        /* kind growth: which of the operation's events it tells of, from 1 */
	bool cut;            /* there are more than FRAMES_MOST */
	bool failed;
};

struct frames_row {
	const char *name, *help;
};

/* The kinds' names; NULL past the last. */
const struct frames_row *frames_at(unsigned i);
bool frames_find(const char *name, enum frames_kind *kind, struct error *err);

/* To before the first frame. The last is that of the point where the session stands. */
bool frames_begin(struct frames *f, struct session *s, enum frames_kind kind, struct error *err);

/* To the next frame. False behind the last one, and when it cannot be reached: then `failed`. */
bool frames_next(struct frames *f, struct error *err);

/*
 * Back to where the session stood, and whether all went well; that there was no frame at all is
 * an error too.
 */
bool frames_end(struct frames *f, struct error *err);

/* What the frame changed: since the one before where that is what it tells of. */
void frames_changes(const struct frames *f, struct changes *c);

/* Whether something begins here that one would stop at: a growth, a linked unit, a caption. */
bool frames_landmark(const struct session *s);

#endif
