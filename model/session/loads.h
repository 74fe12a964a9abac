/* SPDX-License-Identifier: MIT */
/*
 * Why a map grows where it does: maps of the session's type, filled anew to each load. Of the
 * classic map it is the table that stands above the runtime's map code.
 */
#ifndef MODEL_SESSION_LOADS_H
#define MODEL_SESSION_LOADS_H

#include "model/figures/loads.h"
#include "model/session/session.h"

enum { LOADS_MOST = 16 };

struct loads {
	uint64_t edition;  /* of the timeline that they were made for */
	const struct loads_form *form;
	unsigned most;     /* half entries for each unit: then it grows */
	unsigned count;
	struct load_row rows[LOADS_MOST];
};

/*
 * For maps of the session's type, on its target, a row for each half more. They are the session's
 * own, made once for each edition. NULL with err filled when the type's keys do not suffice.
 */
const struct loads *session_loads(struct session *s, struct error *err);

#endif
