/* SPDX-License-Identifier: MIT */
/*
 * How a session is looked at: where the cursor is, what of the arrays is in sight, what the
 * last step changed. Views draw from it and change nothing.
 */
#ifndef TUI_LOOK_H
#define TUI_LOOK_H

#include "model/session.h"
#include "tui/changes.h"

/* How close one looks; the cursor is the same at each level. */
enum zoom { ZOOM_ATLAS, ZOOM_ROWS, ZOOM_BYTES, ZOOM_SLOT, ZOOMS };

/* What the heat of the atlas stands for. */
enum atlas_metric { METRIC_FILL, METRIC_CHAIN, METRIC_DEAD, METRIC_MOVED, METRICS };

/* Marks on the timeline, kept while it stays the same; see view_timeline.c. */
struct timeline_marks {
	int width;
	uint64_t total, start, end;
	uint8_t *cells; /* width of them; owned */
};

struct look {
	struct session *session;
	enum zoom zoom;
	enum atlas_metric metric;
	struct place cursor;    /* cursor.addr is kept right by look_refresh() */
	uint64_t top, old_top;  /* the first bucket in sight, of each array */
	int skip;               /* its rows above the sight, where the cursor is deep in a long chain */
	bool marked;            /* changes since op `mark` are shown, not the last one's alone */
	uint64_t mark;
	struct changes changes;
	struct timeline_marks marks;
	bool explain;           /* the slot under the cursor is explained instead of the story */
	bool no_cursor;         /* in exports there is none */
};

void look_init(struct look *l, struct session *s);
void look_free(struct look *l);

/* After anything may have changed: the cursor is on something that is there again. */
void look_refresh(struct look *l);

/* The address of a bucket of a chain; 0 when the chain is shorter. */
uint64_t look_bucket(const struct map *m, bool old, uint64_t bucket, uint32_t chain);

/* Moves the cursor by slots and by buckets of the picture; a chain's buckets come one by one. */
void look_move_slot(struct look *l, int by);
void look_move_bucket(struct look *l, int64_t by);
void look_move_to(struct look *l, bool old, uint64_t bucket);

/* Puts the cursor on what the last step or lookup was about. */
void look_follow(struct look *l);

/* While growing: to the other array and back. */
void look_switch_array(struct look *l);

/* Buckets of the array the cursor is in; 0 when there is none yet. */
uint64_t look_buckets(const struct map *m, bool old);

#endif
