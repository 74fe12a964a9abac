/* SPDX-License-Identifier: MIT */
/*
 * What the last operation did, in words. Read from its trace; nothing is computed again. What is
 * said of the events is each design's own, see design.h; how it is made to fit stands here.
 */
#ifndef TUI_VIEW_STORY_H
#define TUI_VIEW_STORY_H

#include "model/session/session.h"
#include "tui/canvas/pane.h"

enum { STORY_LINES = 4 };

struct story {
	struct text lines[STORY_LINES]; /* the first one says most */
	int rows[STORY_LINES];          /* that each one takes, from story_fit(): 0 is not seen */
	int count;
};

/* What the first line leaves out, each one more than the one before; the result stays. */
enum brevity {
	SAY_ALL,
	NO_BITS,     /* and of the hash its ends */
	NO_HASH,
	NO_TOPHASH,
	SHORT_PLACE,
	NO_UNIT,
	CUT_LABEL,   /* shortened as a whole */
	BREVITIES
};

/* How much the lines below the first say. */
enum story_detail { TELL_ALL, TELL_BRIEF, TELL_LEAST };

/* The story of the last lookup, or else of the step that led to the present point; all of it. */
void story_tell(struct story *st, const struct session *s);

/*
 * The same for a pane that may have too little room. A line goes on in rows that the others leave
 * free. Where that is not enough the first one says less: keys and elems are shortened in their
 * middle, the hash and then its part in the control byte are left out; the result stays. The lines
 * below share the last row, in fewer words; where the first has the only row, a sign at its end
 * says so.
 */
void story_fit(struct story *st, const struct session *s, const struct pane *p);
void story_free(struct story *st);

/* One more line of a story, for what tells it; the last one again when there are enough. */
struct text *story_line(struct story *st);

/* What was done, as typed; NULL when that is not known. */
const char *story_done(const struct session *s);

/* The same for a title; of a key or elem that is very long its beginning. */
void story_label(struct text *out, const char *label);

/*
 * In one line, what the last of the first n events did, or its slot number `slots` when that is
 * not 0. The memory is shown as it is just then: keys are read there.
 */
typedef void story_of_step(const struct session *s, const struct map_event *list, size_t n,
	unsigned slots, struct text *out);
story_of_step story_step;

/* What an ANEW says: what the map before took, and what this one takes. */
void story_add_anew(struct text *out, const struct map_event *e);

/* What the events of a range come to. */
struct range_walk {
	uint64_t first, came;   /* entries before it, and after it */
	unsigned waited;        /* units that were walked in place of new ones */
	unsigned again, gone;   /* keys that were looked up, and those that were not there */
};

/* What the events of a range come to. */
struct range_walk story_range_sum(const struct session *s, const struct map_event *list, size_t n);

/* Of a range: behind its label, and in the lines below. */
void story_range(struct text *out, const struct session *s, const struct map_event *list, size_t n,
	bool brief);
void story_range_below(struct story *st, const struct session *s, const struct map_event *list,
	size_t n);

/* The low bits of a hash that choose the unit, as digits: at most 16 of them. */
void story_add_bits(struct text *out, uint64_t index, unsigned B);

#endif
