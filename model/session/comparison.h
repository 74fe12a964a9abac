/* SPDX-License-Identifier: MIT */
/*
 * Map types beside each other: what an entry of each costs, and what each takes when it is filled
 * with the same number of generated keys. Each is filled in a session of its own, which has this
 * one's target, release, hash, seed and first hint; so the figures are those of `fill N`.
 *
 * What pointers lead to is counted too. A generated pointer is nil, so that is by the types: a
 * value of its own for each (model/figures/pointees.h); what generated strings lead to is theirs.
 */
#ifndef MODEL_SESSION_COMPARISON_H
#define MODEL_SESSION_COMPARISON_H

#include "model/session/session.h"

enum { COMPARED_MOST = 32, COMPARED_ENTRIES = 1000 /* where nobody says how many */ };

struct compared {
	char *name;              /* the type, as asked for; owned */
	bool known;              /* else the type cannot be had here, and `why` says why not */
	struct error why;
	uint64_t key, elem;      /* bytes in a slot, */
	uint64_t padding;        /* of which so many are padding */
	uint64_t unit;           /* bytes of a bucket or group */
	bool scanned;            /* by the collector */
	double full, typical;    /* bytes for each entry of a large map: full, on the way there */
	uint64_t led_each;       /* bytes that the pointers of an entry lead to, by their types; */
	bool leads_on;           /* and these to what no type tells: strings, maps, unknown types */
	bool filled;             /* the rest is known; else `why` says why not */
	struct account in_use, allocated;
	uint64_t led;            /* bytes that its entries lead to */
	uint64_t together;       /* those, and in_use */
};

struct comparison {
	const struct target *target;   /* it was made for; with */
	const struct release *release;
	uint64_t hint, seed;
	uint64_t edition;              /* of the timeline */
	uint64_t entries;              /* of each */
	bool chosen;                   /* by who asked, not by the view */
	unsigned count;
	struct compared rows[COMPARED_MOST];
};

/*
 * The types to compare from now on, and with how many entries. False with err filled where one is
 * none, or they are too many; then all stays as it was.
 */
bool session_compare(struct session *s, const char *const *types, unsigned count,
	uint64_t entries, struct error *err);

/*
 * What was chosen; else the session's own type and these others, with as many entries as its map
 * has. Made when it is asked for, and kept. NULL with err filled when who watches stops it.
 */
const struct comparison *session_comparison(struct session *s, const char *const *others,
	unsigned count, struct error *err);

/* The row that takes least together, where entries were filled in, else typically; NULL: none. */
const struct compared *comparison_least(const struct comparison *c);

void comparison_free(struct comparison *c);

#endif
