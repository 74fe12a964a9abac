/* SPDX-License-Identifier: MIT */
/* The laws of the classic map. */
#ifndef MODEL_FIGURES_CLASSIC_LAWS_H
#define MODEL_FIGURES_CLASSIC_LAWS_H

#include "model/figures/check.h"

/* X(id, name, the law) */
#define CLASSIC_LAWS_TABLE(X) \
	X(HEADER, "header", "hmap, mapextra and the arrays lie in the heap") \
	X(FLAGS, "flags", "flags fit the arrays, and nobody is writing") \
	X(COUNT, "count", "count is the number of live cells") \
	X(REST, "emptyrest", "nothing follows emptyRest in a chain") \
	X(TOPHASH, "tophash", "a tophash is the top byte of its key's hash") \
	X(INDEX, "index", "a key lies in the bucket that its hash leads to") \
	X(TWICE, "twice", "a key is there once") \
	X(POINTERS, "pointers", "what live cells point to lies in the heap") \
	X(STALE, "stale", "the elem of a dead cell is zero") \
	X(CHAIN, "chain", "chains end, and stay in memory that is theirs") \
	X(SHARED, "shared", "an overflow bucket belongs to one chain") \
	X(NEVACUATE, "nevacuate", "all old buckets below nevacuate are evacuated") \
	X(MARKS, "marks", "evacuation marks are where they may be, and are true") \
	X(WAITING, "waiting", "new buckets are empty while their old one waits") \
	X(SPARE, "spare", "spare buckets are taken in order, and the last one is marked") \
	X(NOVERFLOW, "noverflow", "noverflow is the number of overflow buckets") \
	X(LISTS, "lists", "without pointers, all overflow buckets are on a list")

enum classic_law {
#define X(id, name, law) LAW_##id,
	CLASSIC_LAWS_TABLE(X)
#undef X
	CLASSIC_LAWS,
};

extern const struct law_book classic_laws;

#endif
