/* SPDX-License-Identifier: MIT */
/*
 * How the entries lie, and how that compares with a perfect hash, which would throw them into
 * their units at random (chance.h). A shape is a few counts and histograms; which ones is the
 * design's: a form says so.
 */
#ifndef MODEL_FIGURES_SHAPE_H
#define MODEL_FIGURES_SHAPE_H

#include "model/map/map.h"

enum { SHAPE_PARTS = 6, SHAPE_BARS = 33, SHAPE_OWN = 24 }; /* at most */

/* Nothing but uint64_t in it. */
struct shape {
	uint64_t homes;              /* where a search begins: chains, or groups */
	uint64_t entries;
	uint64_t extra;              /* what the form calls so */
	/* Looked at by lookups: of each entry once, and of a miss from each home. */
	uint64_t hit_probes, miss_probes;
	uint64_t counts[SHAPE_PARTS][SHAPE_BARS];
	uint64_t own[SHAPE_OWN];     /* what the design counts besides */
};

/* A histogram: how many of something have 0, 1, 2, .. of something else. */
struct shape_part {
	const char *field;           /* "fills" */
	const char *by, *by_title;   /* what they are told apart by: "entries" */
	const char *of;              /* what is counted: "chains" */
	unsigned bars;
	bool open;                   /* the last bar stands for all above, too */
	bool log2;                   /* bar k stands for 2^k */
	bool fills;                  /* all up to the last are shown, against chance */
};

struct shape_form {
	const struct shape_part *parts;
	unsigned nparts;
	const char *words;           /* what the histograms are; NULL: their names say it */
	const char *homes;           /* "chains" */
	const char *probes;          /* "slots": what lookups look at */
	const char *extra, *extra_word; /* what `extra` is, in words; its field; */
	const char *extra_ideal_word;   /* and that of what chance makes of it */
	/* How many homes a perfect hash would give k entries; the last stands for all above. */
	double (*ideal)(const struct shape *s, unsigned k);
	double (*ideal_extra)(const struct shape *s); /* NULL: nothing is known of that */
	/* Walks a map that there is; all is zero before. */
	void (*take)(const struct map *m, struct shape *s);
};

const struct shape_form *shape_form(const struct map *m);

/* Walks the whole map. */
void shape_take(const struct map *m, struct shape *s);

/* One more in the bar that stands for k. */
static inline void shape_count(struct shape *s, unsigned part, unsigned bars, uint64_t k)
{
	s->counts[part][k < bars - 1 ? k : bars - 1]++;
}

#endif
