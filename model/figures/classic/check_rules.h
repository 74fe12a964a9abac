/* SPDX-License-Identifier: MIT */
/* What the files of the check share: check.c (chains), check_cell.c, check_header.c. */
#ifndef MODEL_FIGURES_CLASSIC_CHECK_RULES_H
#define MODEL_FIGURES_CLASSIC_CHECK_RULES_H

#include "model/figures/classic/laws.h"
#include "model/map/classic/rules.h"

/* An array as far as its header can be believed. */
struct array {
	bool old;
	uint64_t addr, main, all; /* main: 2^B; all: with the spare ones; 0 without an array */
	uint64_t linked, spare;   /* overflow buckets in chains; of these, once spare ones */
};

struct checking {
	const struct map *m;
	struct check *c;
	struct array arrays[2];   /* the new one, the old one */
	uint64_t *overflow;       /* addresses of all overflow buckets */
	size_t noverflow, cap;
	bool same_size;
};

/* Where something is; slot SLOTS stands for the bucket as a whole. */
void check_find_at(struct checking *k, enum classic_law law, const struct place *at,
	const char *format, ...) __attribute__((format(printf, 4, 5)));

/* check_cell.c: a slot of a chain; *rest says whether emptyRest came before. */
void check_slot(struct checking *k, const struct place *at, bool *rest);

/* check_header.c: fills k->arrays; false when they cannot be looked at. */
bool check_header(struct checking *k);

/* check_header.c: what the header says about the chains, when these were walked. */
void check_sums(struct checking *k);

#endif
