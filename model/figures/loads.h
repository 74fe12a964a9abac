/* SPDX-License-Identifier: MIT */
/*
 * What a load costs and gives, found by filling maps with generated keys: why a map grows where it
 * does. Each design says which maps, and what is told of them.
 */
#ifndef MODEL_FIGURES_LOADS_H
#define MODEL_FIGURES_LOADS_H

#include "model/figures/shape.h"

struct load_row {
	double load;      /* entries for each unit */
	double passed;    /* percent of the units that a search goes on from */
	double bytes;     /* for each entry, on top of its key and elem */
	double hit, miss; /* what a lookup looks at on average */
};

struct loads_form {
	const char *units;              /* "buckets" */
	uint64_t in_a_map;              /* units of a map that is filled, and */
	unsigned maps;                  /* how many are, each with another seed */
	const char *passed[3]; /* the second column on a pane, in documents, and its field */
	/* To how many entries for each unit, in halves, it can be filled without growing. */
	unsigned (*most)(const struct release *r);
	uint64_t (*hint)(const struct release *r); /* that makes such a map */
	/* The figures of all maps together. */
	struct load_row (*row)(const struct maptype *t, const struct shape *s);
	const char *words;              /* what the columns are */
};

#endif
