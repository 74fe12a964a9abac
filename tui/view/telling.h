/* SPDX-License-Identifier: MIT */
/* What the stories of all designs have in common: see story.h. */
#ifndef TUI_VIEW_TELLING_H
#define TUI_VIEW_TELLING_H

#include "tui/view/story.h"

enum { TOLD_KEY_MOST = 32 }; /* bytes of a key that are shown */

/* What an operation's trace says at a glance, for any design; the last of each kind. */
struct outcome {
	const struct map_event *hash; /* the first */
	const struct map_event *claim, *update, *delete, *found, *miss;
	const struct map_event *seed, *clear, *gc, *make, *anew;
};

void outcome_note(struct outcome *o, const struct map_event *e);

/*
 * What became of the key, up to its place: "takes ", "found in ". *at is the event of that place;
 * NULL with "not there". NULL where the operation had no key.
 */
const char *outcome_words(const struct outcome *o, bool brief, const struct map_event **at);

/* It looked for a key in vain, and did nothing else. */
bool outcome_missed(const struct outcome *o);

/* Operations without a key. Of a clear: what becomes of the memory. */
void tell_cleared(struct text *out, uint64_t entries, const char *memory);
void tell_collected(struct text *out, const struct map_event *gc);

/* What stands before the place that a hash leads to: the hash as far as there is room. */
void tell_hash_first(struct text *out, const struct session *s, uint64_t hash,
	enum brevity brevity);

/* Where a story of one step is: the last of the first n events, and so many of its slots. */
struct step {
	const struct session *s;
	const struct map_event *list, *e;
	size_t n;
	unsigned slots;
};

/* The last event of a kind before this one; NULL when there is none. */
const struct map_event *step_before(const struct step *p, unsigned kind);

/* "key 17": in the memory as it is shown. */
void tell_key(struct text *out, const struct step *p, uint64_t addr, unsigned slot);

/* An event that is told alike for all designs; false, and nothing said, for any other. */
bool tell_neutral(struct text *out, const struct step *p);

/* The same of those that name a slot: what stands before it. NULL for any other. */
const char *tell_slot_words(const struct map_event *e);

/* "allocated: WHAT at 0x…, N bytes" */
void tell_allocated(struct text *out, const struct map_event *e, const char *what);

#endif
