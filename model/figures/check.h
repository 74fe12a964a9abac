/* SPDX-License-Identifier: MIT */
/*
 * The laws of the classic map, checked on its bytes. The bytes may be anything: no pointer is
 * followed before it is known to lead into the heap, no chain longer than it can be.
 *
 * Between operations the real runtime keeps every one of these; inside of one it breaks some.
 */
#ifndef MODEL_FIGURES_CHECK_H
#define MODEL_FIGURES_CHECK_H

#include "model/base/text.h"
#include "model/map/map.h"

/* X(id, name, the law) */
#define LAWS_TABLE(X) \
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

enum law {
#define X(id, name, law) LAW_##id,
	LAWS_TABLE(X)
#undef X
	LAWS,
};

const char *law_name(enum law law);
const char *law_text(enum law law);

enum { FINDINGS_MOST = 100 }; /* that are kept; all are counted */

struct finding {
	enum law law;
	struct text says; /* where, and what is wrong there */
};

struct check {
	uint64_t broken[LAWS];   /* how often each law is */
	uint64_t faults;         /* all of them */
	uint64_t cells, buckets; /* live cells and buckets that were looked at */
	struct finding list[FINDINGS_MOST];
	unsigned count;
};

/* Whether all laws hold; c says which do not. A nil map has nothing to break. Free it. */
bool check_map(const struct map *m, struct check *c);
void check_free(struct check *c);

#endif
