/* SPDX-License-Identifier: MIT */
/*
 * What the map would take under the newest release, where none was chosen: the default is an older
 * one, and nobody should take its figures for those of their Go.
 */
#ifndef MODEL_SESSION_NEWEST_H
#define MODEL_SESSION_NEWEST_H

#include "model/base/text.h"
#include "model/session/session.h"

struct newest_kept;

struct newest_kept *newest_new(void);
void newest_free(struct newest_kept *kept);

struct newest {
	const struct release *release;
	uint64_t bytes;       /* in use */
	bool about;           /* by the number of entries alone, see below */
};

/*
 * The operations up to the present are run again beside the session when they are few enough to
 * cost no time, or `patient` and they cost little; else, or where they mean nothing there, the
 * bytes are about those of as many entries. False where a release was chosen, and without a map.
 */
bool session_newest(const struct session *s, bool patient, struct newest *out);

/* "Go 1.27 would take 3,544 B: --go 1.27"; with few words "1.27: 3,544 B". */
void newest_words(const struct newest *n, bool brief, struct text *out);

#endif
