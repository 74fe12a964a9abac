/* SPDX-License-Identifier: MIT */
/*
 * A trial: what a map with a hint comes to when it is really filled. It runs beside a session,
 * for the same type, target, release, hash and seed, and leaves it alone.
 */
#ifndef MODEL_SESSION_TRIAL_H
#define MODEL_SESSION_TRIAL_H

#include "model/figures/hinted.h"
#include "model/figures/shape.h"
#include "model/session/session.h"

struct trial {
	uint64_t hint, entries;
	struct hinted map;
	struct shape shape;
	bool about;      /* by chance, not run; then there is no shape */
};

enum { TRIAL_MOST = 200000 }; /* entries; to fill more takes longer than to read a page */

/* A session for a trial, of whatever type; to be closed when that went well. And its entries. */
bool trial_open(const struct session *like, const char *type, uint64_t seed, uint64_t hint,
	struct session *s, struct error *err);
bool trial_fill(struct session *s, uint64_t entries, struct error *err);

/* make(map[K]V, hint), then the first `entries` generated keys. */
bool trial_run(const struct session *like, uint64_t seed, uint64_t hint, uint64_t entries,
	struct trial *t, struct error *err);

/* The same by chance alone, however many entries. False when there is no room for them. */
bool trial_plan(const struct maptype *type, bool stays, uint64_t hint, uint64_t entries,
	struct trial *t);

/*
 * The hint calculator: the map's entries without a hint, with the right one, and with the one
 * that it was made with. Run where that is quick, else by chance. Returns how many there are:
 * none for an empty map.
 */
enum { TRIALS = 3 };
unsigned trials_make(const struct session *s, struct trial list[TRIALS]);

/* What make alone comes to by its hint: the steps around the map's entries, hinted.h. */
unsigned trial_steps(const struct session *s, struct hint_step *list, unsigned most);

#endif
