/* SPDX-License-Identifier: MIT */
/*
 * What comes next, as a design foretells it: when the map grows again, how, what that costs. In
 * sentences for people, in numbers for programs.
 */
#ifndef MODEL_FIGURES_FORETOLD_H
#define MODEL_FIGURES_FORETOLD_H

#include "model/base/text.h"
#include "model/figures/ledger.h"

struct span {
	uint64_t least, most;
};

/* Adds "3 to 6 writes" or "1 write". */
void span_add(struct text *out, struct span span, const char *what);

struct foretold_fact {
	const char *field;       /* of JSON */
	uint64_t value;
	bool flag;               /* the value is a yes or no */
};

enum { FORETOLD_FACTS = 16, FORETOLD_LINES = 3 };

struct foretold {
	struct foretold_fact facts[FORETOLD_FACTS];
	unsigned nfacts;
	struct text lines[FORETOLD_LINES];
};

void foretold_number(struct foretold *f, const char *field, uint64_t value);
void foretold_flag(struct foretold *f, const char *field, bool flag);
void foretold_span(struct foretold *f, const char *least, const char *most, struct span span);
void foretold_free(struct foretold *f);

/* From the map and its ledger of the same moment. Free it. */
void foretell(const struct map *m, const struct ledger *l, struct foretold *f);

/*
 * A growth to come, of a map that only gets new keys. Bytes are those by chance; the entry is exact
 * where the design has one array.
 */
struct growth_point {
	uint64_t entry;          /* the one whose insert starts it */
	uint64_t size;           /* that it leads to: the design's size_word */
	uint64_t units;
	uint64_t before, during, after;
	uint64_t least;          /* `after`, without what only chance adds */
};

/* What a design foretells. There is a map. */
struct foresight {
	void (*foretell)(const struct map *m, const struct ledger *l, struct foretold *f);
	unsigned (*points)(const struct map *m, struct growth_point *list, unsigned most);
	const char *size_word;       /* what growth_point.size is: "B"; */
	const char *points_note;     /* and how exact the points are */
};

/* The next ones, at most `most`, as far as memory can be had. Returns how many. */
unsigned growth_points(const struct map *m, struct growth_point *list, unsigned most);

#endif
