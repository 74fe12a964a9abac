/* SPDX-License-Identifier: MIT */
/*
 * The laws of a map, checked on its bytes. The bytes may be anything: no pointer is followed before
 * it is known to lead into the heap, no chain or way longer than it can be. Which laws there are is
 * the design's.
 *
 * Between operations the real runtime keeps every one of these; inside of one it breaks some.
 */
#ifndef MODEL_FIGURES_CHECK_H
#define MODEL_FIGURES_CHECK_H

#include "model/base/text.h"
#include "model/map/map.h"

enum {
	LAWS_MOST = 20,
	FINDINGS_MOST = 100, /* that are kept; all are counted */
};

struct law {
	const char *name, *text;
};

struct check;

/* The laws of a design. */
struct law_book {
	const struct law *laws;
	unsigned nlaws;
	void (*check)(const struct map *m, struct check *c); /* a map that there is */
};

struct finding {
	unsigned law;        /* its number */
	struct text says;    /* where, and what is wrong there */
};

struct check {
	const struct law_book *book;
	uint64_t broken[LAWS_MOST]; /* how often each law is */
	uint64_t faults;            /* all of them */
	uint64_t cells, units;      /* live cells and units that were looked at */
	struct finding list[FINDINGS_MOST];
	unsigned count;
};

/* Whether all laws hold; c says which do not. A nil map has nothing to break. Free it. */
bool check_map(const struct map *m, struct check *c);
void check_free(struct check *c);

/* For those who check: one more finding, and its text to be filled; NULL when there are
   too many. */
struct text *check_finding(struct check *c, unsigned law);

/* A finding of no certain place. */
void check_say(struct check *c, unsigned law, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

#endif
