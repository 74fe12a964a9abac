/* SPDX-License-Identifier: MIT */
/*
 * What a map that was made with a hint, and filled, comes to: what it takes, and the parts that
 * its design allocates it in. Which parts there are is the design's: a form says so.
 */
#ifndef MODEL_FIGURES_HINTED_H
#define MODEL_FIGURES_HINTED_H

#include "model/map/map.h"

enum { HINT_PARTS = 4 }; /* at most */

struct hinted {
	uint64_t parts[HINT_PARTS];
	bool roughly[HINT_PARTS];    /* the map itself keeps no exact count of them */
	struct account in_use, allocated;
};

struct hint_part {
	const char *name;            /* "B"; in JSON, too */
	int width;
};

struct hint_form {
	const struct hint_part *parts;
	unsigned nparts;
	const char *roughly;         /* what is about of a plan */
	/* The parts of a map that was filled. */
	void (*take)(const struct map *m, struct hinted *h);
	/* All of it by chance, unfilled; false when there is no room for so many entries. */
	bool (*plan)(const struct maptype *t, uint64_t hint, uint64_t entries, struct hinted *h);
	/* What make alone comes to, exact; false where a hint is too large to be meant. */
	bool (*made)(const struct maptype *t, uint64_t hint, struct hinted *h);
};

/* Hints with which make does the same. */
struct hint_step {
	uint64_t from, to;
	struct hinted map;
};

/*
 * The steps from the one before that of the hint `around` on, at most `most`, as far as hints are
 * meant. Returns how many.
 */
unsigned hint_steps(const struct maptype *t, uint64_t around, struct hint_step *list,
	unsigned most);

#endif
