/* SPDX-License-Identifier: MIT */
/*
 * The maps of a census under another release of Go: what each of them would take there. A design
 * that stays the same lays the arrays that a map has by that release's rules. One that is another
 * would have other arrays: they are estimated for as many entries as the map is known to have had
 * room for, as if these had come one by one; what was deleted before is not known.
 */
#ifndef MODEL_LIVE_UNDER_H
#define MODEL_LIVE_UNDER_H

#include <stdbool.h>
#include <stdint.h>

#include "model/base/text.h"

struct census;
struct census_map;
struct census_wish;
struct error;
struct live;
struct release;

/* Of one map. */
struct under {
	bool known;              /* its type is, and that release takes it */
	bool estimated;          /* the design is another */
	bool pointers;           /* its units have some */
	uint64_t entries;        /* for so many, */
	uint64_t bytes;          /* and so many it takes; */
	uint64_t split; /* with the split groups that the release can be built with; or 0 */
	uint64_t padding, slot;  /* bytes of a slot, and of these the padding */
};

/* Maps that grow, and by how much; with split groups. */
struct under_growth {
	uint64_t maps, more, split_more;
};

/* Of all maps together. */
struct under_sum {
	const struct release *release; /* NULL: nobody asked */
	const struct release *split; /* the same with split groups; NULL: it has none, or is one */
	uint64_t unknown;              /* maps that nothing is known of; of all others */
	uint64_t was, bytes, with_split;
	struct under_growth all, plain; /* those that grow; of these, those without pointers */
};

/* Adds to the census, which is one of that program, what it would take there. */
void census_under(struct census *c, struct live *l, const struct release *r);

/* Takes a census, and adds that where a release is named; NULL: none is. */
bool census_take_under(struct census *c, struct live *l, const struct census_wish *wish,
	const char *release, struct error *err);

/* Whether it takes so much more there that it is worth a word; and the word: why. */
bool under_grows(const struct census_map *m);
void under_add_why(const struct census_map *m, struct text *out);

/* Sentences on all of them. */
void under_add_sum(const struct under_sum *s, struct text *out);
void under_add_growth(const struct under_sum *s, struct text *out);

#endif
