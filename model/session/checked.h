/* SPDX-License-Identifier: MIT */
/* The check of a session's memory, which walks the map: done once, until the memory is another. */
#ifndef MODEL_SESSION_CHECKED_H
#define MODEL_SESSION_CHECKED_H

#include "model/figures/check.h"
#include "model/session/session.h"

struct checked;

/* Of the present; the session's own, good until the session changes. */
const struct check *session_check(struct session *s);
void checked_drop(struct checked *kept);

#endif
