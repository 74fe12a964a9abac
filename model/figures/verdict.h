/* SPDX-License-Identifier: MIT */
/*
 * Verdicts: what there is to say about a map's memory, one sentence each, with figures. Most are
 * silent about most maps. A figure behind "about" leaves something to chance.
 *
 * A map is called emptied, or its hint too large, when a new map for the entries that are left
 * would have fewer units and save a quarter of the bytes or more. A map half as full as it may be
 * saves about a half, a little more or less by chance: a limit there would be a toss. Without
 * deletes or a hint the new map has as many units, and nothing is said.
 */
#ifndef MODEL_FIGURES_VERDICT_H
#define MODEL_FIGURES_VERDICT_H

#include "model/base/text.h"
#include "model/figures/ledger.h"
#include "model/figures/shape.h"

/* X(id, name) */
#define VERDICTS_TABLE(X) \
	X(EMPTIED, "emptied") \
	X(HINT_LARGE, "hint too large") \
	X(HINT_SMALL, "hint too small") \
	X(CHAINS, "overflow chains") \
	X(GROWING, "in a growth") \
	X(TOMBSTONES, "tombstones") \
	X(SPARSE, "half empty") \
	X(APART, "stored apart") \
	X(INSIDE, "in the slots") \
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

void verdicts_free(struct verdicts *v);

const char *verdict_name(enum verdict_kind kind);

/* What is judged: a map, and how it came to be. */
struct court {
	const struct map *m;
	const struct maptype *t;
	const struct ledger *ledger; /* of the moment */
	uint64_t hint;               /* that it was made with */
	struct account allocated;    /* so far */
	const struct shape *(*shape)(const void *data); /* of the moment, asked for seldom */
	const void *data;
	struct verdicts *v;
};

/* All that the map's design has to say. */
void judge(struct court *c);

/* For the designs: a verdict holds; its sentence is to be filled. */
struct text *verdict_speak(struct court *c, enum verdict_kind kind, uint64_t saves);

/*
 * What is on the stack of a map in this one's stead, made with that hint for so many entries: of
 * what it has in use then, or has allocated. Nothing, where this one is an object.
 */
struct account court_stacked(const struct court *c, uint64_t hint, uint64_t entries, bool in_use);

/* "entry" or "entries" */
const char *verdict_entries(uint64_t n);

/*
 * What a new map would save, `about` before it where that is left to chance: of one of which clear
 * would keep so much, and of which delete gives that back. What growing has cost, where a hint
 * would have allocated the right amount.
 */
void judge_emptied(struct court *c, uint64_t saves, const char *about, uint64_t kept_by_clear,
	const char *by_delete);
void judge_small_hint(struct court *c, struct account right);

/*
 * What is said of any design: of objects apart; of large keys and elems that are not, which slots
 * without an entry have room for, too; and of the collector, which may skip the units.
 */
void judge_apart(struct court *c);
void judge_inside(struct court *c);
void judge_collector(struct court *c, const char *units);

#endif
