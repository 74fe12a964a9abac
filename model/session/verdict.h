/* SPDX-License-Identifier: MIT */
/*
 * Verdicts: what there is to say about a map's memory, one sentence each, with figures. Most are
 * silent about most maps. A figure behind "about" leaves out overflow buckets to come.
 *
 * A map is called emptied, or its hint too large, when a new map for the entries that are left
 * would have fewer buckets and save a quarter of the bytes or more. A map half as full as it may be
 * saves about a half, a little more or less by its overflow buckets: a limit there would be a toss.
 * Without deletes or a hint the new map has as many buckets, and nothing is said.
 */
#ifndef MODEL_SESSION_VERDICT_H
#define MODEL_SESSION_VERDICT_H

#include "model/figures/classic/forecast.h"
#include "model/session/session.h"

/* X(id, name) */
#define VERDICTS_TABLE(X) \
	X(EMPTIED, "emptied") \
	X(HINT_LARGE, "hint too large") \
	X(HINT_SMALL, "hint too small") \
	X(CHAINS, "overflow chains") \
	X(GROWING, "in a growth") \
	X(APART, "stored apart") \
	X(COLLECTOR, "collector")

enum verdict_kind {
#define X(id, name) VERDICT_##id,
	VERDICTS_TABLE(X)
#undef X
	VERDICTS,
};

struct verdicts {
	bool holds[VERDICTS];        /* there is something to say */
	struct text says[VERDICTS];  /* a sentence, without a full stop */
	uint64_t saves[VERDICTS];    /* bytes that following it would save; 0: nothing to do */
};

/* From the ledger and the forecast of the same moment. Free with verdicts_free(). */
void verdicts_find(const struct session *s, const struct ledger *l, const struct forecast *f,
	struct verdicts *v);
void verdicts_free(struct verdicts *v);

const char *verdict_name(enum verdict_kind kind);

#endif
